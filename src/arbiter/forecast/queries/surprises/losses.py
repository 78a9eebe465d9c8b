"""What was lost: every contract that ended without its customer, and the day on which notice was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.accounts import permissions as accounts
from arbiter.accounts.queries import contracts
from arbiter.accounts.queries.choices import Decision
from arbiter.accounts.rules import day
from arbiter.forecast import rules

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person

_COLUMNS = (
    "contract_id",
    "contract__key",
    "contract__customer_id",
    "contract__customer__key",
    "contract__customer__name",
    "contract__customer__segment",
    "contract__customer__since",
    "contract__starts_on",
    "contract__ends_on",
    "contract__notice_days",
    "contract__arr",
    "contract__currency",
    "decided_on",
    "recorded_at",
    "new_arr",
    "churn_cause",
    "churn_reason",
    "avoidable",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A contract that was lost, or kept for less, with what the decision says of itself."""

    contract_id: int
    contract_key: str
    customer_id: int
    customer_key: str
    customer_name: str
    segment: str
    customer_since: date | None
    starts_on: date
    ends_on: date
    notice_days: int | None
    arr: Decimal | None
    currency: str
    decided_on: date | None
    recorded_at: datetime
    new_arr: Decimal | None
    cause: str
    reason: str
    avoidable: bool | None
    evidence: str

    @property
    def notice_on(self) -> date:
        """The first day on which somebody may have known.

        Where nobody told the day of the decision, notice came at the latest when it was due.
        """
        latest = self.ends_on - timedelta(days=self.notice_days or 0)
        return rules.told_on(
            decided_on=self.decided_on, ends_on=latest, recorded_on=day(self.recorded_at)
        )

    @property
    def eve(self) -> datetime:
        """The end of the last day before notice."""
        return datetime.combine(self.notice_on - timedelta(days=1), time.max, UTC)

    @property
    def lost_on(self) -> date:
        """The day on which the loss counts: that of the decision, or the end of the term."""
        return self.decided_on or self.ends_on

    @property
    def month(self) -> date:
        """The month in which the loss counts."""
        return self.lost_on.replace(day=1)


def everything(as_of: datetime, *, decision: str = Decision.CHURNED) -> list[Lost]:
    """Every loss that was true and known by a moment, the newest first: one query."""
    return _read(contracts.decided_by(as_of).filter(decision=decision))


def visible_to(person: Person, *, as_of: datetime, decision: str = Decision.CHURNED) -> list[Lost]:
    """Every loss this person may see, the newest first: one query."""
    reach = accounts.within_reach(person, via="contract__customer__")
    return _read(contracts.decided_by(as_of).filter(reach, decision=decision))


def of_contracts(contract_ids: list[int], *, as_of: datetime) -> list[Lost]:
    """Those of some contracts that were lost by a moment: one query."""
    found = contracts.decided_by(as_of).filter(contract__in=contract_ids)
    return _read(found.filter(decision=Decision.CHURNED))


def _read(found: QuerySet[Any]) -> list[Lost]:
    lost = [Lost(*row) for row in found.values_list(*_COLUMNS)]
    return sorted(lost, key=lambda each: (each.lost_on, each.contract_id), reverse=True)
