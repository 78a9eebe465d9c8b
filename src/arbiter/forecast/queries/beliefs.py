"""What our people believed, and whether they said so before they could read an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from arbiter.accounts.queries import contracts
from arbiter.forecast import rules
from arbiter.forecast.models import Belief, Opening
from arbiter.voice.queries import answers

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    """A belief as it stands, and whether it was logged before any answer of the term was in."""

    belief: Belief
    blind: bool


def visible_to(person: Person) -> QuerySet[Belief]:
    """Every belief this person may see."""
    return Belief.objects.filter(contract__in=contracts.visible_to(person))


@dataclass(frozen=True)
class Past:
    """Beliefs by contract, the oldest first, from which any moment can be told."""

    said: Mapping[int, list[tuple[datetime, datetime, float]]]

    def at(self, contract_id: int, *, as_of: datetime) -> float | None:
        """The newest probability that was said and known by a moment."""
        known = (
            probability
            for at, recorded_at, probability in reversed(self.said.get(contract_id, []))
            if at <= as_of and recorded_at <= as_of
        )
        return next(known, None)


def past_of(contract_ids: Collection[int]) -> Past:
    """Read everything believed of some contracts: one query."""
    said: dict[int, list[tuple[datetime, datetime, float]]] = {}
    told = Belief.objects.filter(contract__in=contract_ids).order_by("at", "pk")
    for contract_id, at, recorded_at, probability in told.values_list(
        "contract_id", "at", "recorded_at", "probability"
    ):
        said.setdefault(contract_id, []).append((at, recorded_at, float(probability)))
    return Past(said)


def latest(contract_ids: Collection[int], *, as_of: datetime) -> dict[int, Belief]:
    """The newest belief about each contract, some thousand at most: one query."""
    told = _known(as_of).filter(contract__in=contract_ids)
    return {belief.contract_id: belief for belief in told.order_by("at", "pk")}


def history(contract: Contract, *, as_of: datetime) -> list[Told]:
    """Every belief about a contract, newest first: two queries."""
    told = list(_known(as_of).filter(contract=contract).select_related("by").order_by("-at", "-pk"))
    given = answers.intents_given([contract.customer_id], as_of=as_of)
    counting = [
        answer.recorded_at for answer in given.get(contract.customer_id, ()) if not answer.flagged
    ]
    return [
        Told(
            belief,
            blind=rules.is_blind(
                recorded_at=belief.recorded_at,
                starts_on=contract.starts_on,
                answers_recorded=counting,
            ),
        )
        for belief in told
    ]


def opened(contract_ids: Collection[int], *, as_of: datetime) -> dict[int, set[int]]:
    """The ids of the sealed answers that were opened, by contract: one query."""
    found: dict[int, set[int]] = {}
    rows = Opening.objects.filter(contract__in=contract_ids, at__lte=as_of)
    for contract_id, answer_id in rows.values_list("contract_id", "answer_id"):
        found.setdefault(contract_id, set()).add(answer_id)
    return found


def last_logged_at(person: Person) -> datetime | None:
    """When a person last said what they believed."""
    moment: datetime | None = Belief.objects.filter(by=person).aggregate(at=Max("at"))["at"]
    return moment


def _known(as_of: datetime) -> QuerySet[Belief]:
    return Belief.objects.filter(at__lte=as_of, recorded_at__lte=as_of)
