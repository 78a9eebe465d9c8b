"""Decided renewals, and what was known of each some time before: what a forecast learns from and is judged by.

A renewal is looked at 180, 90 and 30 days before it was due, by the code that forecasts today, from what was
true and recorded by the end of that day. The embargo: a look on or after the day on which the decision was
made or told is left out, so that nothing that follows from a decision can foretell it. A decision that came
before the first look, as an early termination does, counts at the day it was told, whenever the term ends.
A contract of several years comes in when it falls due, and an open one not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import numpy as np

from arbiter.accounts.queries import contracts, signals
from arbiter.accounts.queries.choices import Decision
from arbiter.accounts.rules import day, is_decided
from arbiter.forecast import rules
from arbiter.forecast.queries import past, snapshot
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.open_contracts import FIELDS, OpenContract
from arbiter.forecast.queries.past import TABLE_SIGNALS, Past
from arbiter.forecast.queries.snapshot import batched
from arbiter.foundation import garbage
from arbiter.science import renewal
from arbiter.science.renewal import Cases, History, Known

CHUNK = 500
"""Customers whose whole past is read together."""
MOST_SIGNALS = 60
"""Of more names than that the most frequent are looked at."""
MOST_RENEWALS = 25_000
"""Of more than that the newest are looked at: what a model learns from renewals long gone is next to nothing."""

LEAD_DAYS = 90
"""Before anybody was told: what was said later could not have been acted upon."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Decided:
    """A renewal that was decided. `due_on` is the day it counts at, `told_on` the first day of the embargo."""

    contract: OpenContract
    decision: str
    due_on: date
    told_on: date
    decided_on: date | None
    recorded_at: datetime
    archived_at: datetime | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Decided:
        """A row of the database: the decision, then the contract."""
        decision, decided_on, recorded_at, archived_at, *about = row
        contract = OpenContract(*about)
        told_on = rules.told_on(
            decided_on=decided_on, ends_on=contract.ends_on, recorded_on=day(recorded_at)
        )
        due_on = rules.due_on(ends_on=contract.ends_on, told_on=told_on)
        return cls(contract, decision, due_on, told_on, decided_on, recorded_at, archived_at)

    def is_past(self, *, as_of: datetime) -> bool:
        """Whether it was due, decided and known at a moment."""
        return self.due_on <= day(as_of) and is_decided(
            decided_on=self.decided_on, recorded_at=self.recorded_at, as_of=as_of
        )

    @property
    def renewed(self) -> bool:
        """Whether the customer stayed, at whatever size."""
        return self.decision != Decision.CHURNED

    @property
    def quarter(self) -> str:
        """The quarter in which it was due."""
        return f"{self.due_on.year}-{(self.due_on.month + 2) // 3}"

    @property
    def in_time(self) -> datetime:
        """The last moment at which a warning could have been acted upon."""
        return datetime.combine(self.told_on - timedelta(days=LEAD_DAYS), time.max, UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """A decided renewal, so many days before it was due."""

    decided: Decided
    lead: int

    @property
    def on(self) -> date:
        """The day of the look."""
        return self.decided.due_on - timedelta(days=self.lead)

    @property
    def moment(self) -> datetime:
        """The end of that day."""
        return datetime.combine(self.on, time.max, UTC)

    @property
    def is_fair(self) -> bool:
        """Whether the contract ran on the day, in service, and nobody had been told how it would end."""
        archived = self.decided.archived_at
        return self.decided.contract.starts_on <= self.on < self.decided.told_on and (
            archived is None or archived > self.moment
        )


@dataclass(frozen=True)
class Gathered:
    """Looks with what was known at each, as columns."""

    looks: list[Look]
    cases: Cases

    def __len__(self) -> int:
        return len(self.looks)

    def take(self, rows: Sequence[int]) -> Gathered:
        """Some of the looks, by their numbers."""
        return Gathered(
            [self.looks[row] for row in rows], self.cases.take(np.asarray(rows, dtype=np.intp))
        )

    def history(self, *, as_of: datetime) -> History:
        """What a model learns from at a moment: the looks at renewals that were due and told by then."""
        rows = [row for row, look in enumerate(self.looks) if look.decided.is_past(as_of=as_of)]
        found = self.take(rows)
        decided = [look.decided for look in found.looks]
        return renewal.history_of(
            found.cases,
            renewed=[float(each.renewed) for each in decided],
            renewal=np.array([each.contract.key for each in decided], dtype=np.str_),
            customer=np.array([each.contract.customer_key for each in decided], dtype=np.str_),
            age_months=[_age_months(each, as_of) for each in decided],
        )


def decided(as_of: datetime, *, customer_ids: Collection[int] | None = None) -> list[Decided]:
    """Every renewal that was due and decided by a moment, sorted by customer: one query."""
    rows = contracts.decided_by(as_of).order_by("contract__customer_id", "contract__ends_on", "pk")
    if customer_ids is not None:
        rows = rows.filter(contract__customer__in=customer_ids)
    columns = ("decision", "decided_on", "recorded_at", "contract__customer__archived_at")
    about = ("contract_id" if field == "pk" else f"contract__{field}" for field in FIELDS)
    found = map(Decided.of, rows.values_list(*columns, *about))
    return [each for each in found if each.is_past(as_of=as_of)]


def looks(found: Collection[Decided], *, leads: Collection[int] = renewal.LEADS) -> list[Look]:
    """The fair looks at some renewals, in their order, the earliest first."""
    wanted = (Look(each, lead) for each in found for lead in sorted(leads, reverse=True))
    return [look for look in wanted if look.is_fair]


def own_signals(as_of: datetime) -> list[str]:
    """The names of the company's own dated numbers at a moment: all that the forecast's table does not know."""
    return signals.names_in_use(as_of, but=TABLE_SIGNALS, most=MOST_SIGNALS)


def gather(
    as_of: datetime,
    *,
    leads: Collection[int] = renewal.LEADS,
    signal_names: Collection[str] = (),
    progress: Progress | None = None,
) -> Gathered:
    """What was known of every decided renewal at its looks: some dozen queries per five hundred customers.

    Args:
        as_of: only renewals that were due and decided by then.
        leads: so many days before they were due.
        signal_names: which of the company's own dated numbers.
        progress: told after every chunk how many of how many customers are done.
    """
    kept: list[Look] = []
    parts: list[Cases] = []
    for chunk in chunks(_newest(decided(as_of)), progress=progress):
        found = looks(chunk, leads=leads)
        kept += found
        parts.append(renewal.cases(known(found, signal_names=signal_names)))
    return Gathered(kept, renewal.joined(parts))


def chunks(
    found: Sequence[Decided], *, progress: Progress | None = None
) -> Iterator[list[Decided]]:
    """Renewals sorted by customer, those of five hundred customers at a time.

    Args:
        found: the renewals, from `decided`.
        progress: told after every chunk, when the next is asked for, how many of how many customers are done.
    """
    groups = [
        list(group) for _, group in groupby(found, key=lambda each: each.contract.customer_id)
    ]
    for number, chunk in enumerate(batched(groups, CHUNK), start=1):
        yield [each for group in chunk for each in group]
        if progress is not None:
            progress(min(number * CHUNK, len(groups)), len(groups))


@garbage.kept()
def known(found: Sequence[Look], *, signal_names: Collection[str] = ()) -> list[Known]:
    """What was known at each of some looks, of some thousand customers at most: a dozen queries."""
    if not found:
        return []
    on_file = past.read(
        Ids(sorted({look.decided.contract.customer_id for look in found})),
        until=max(look.moment for look in found),
        whole=True,
        signal_names=(*TABLE_SIGNALS, *signal_names),
    )
    return [_known(look, on_file) for look in found]


def _newest(found: list[Decided]) -> list[Decided]:
    """The newest renewals, still sorted by customer."""
    if len(found) <= MOST_RENEWALS:
        return found
    first = sorted((each.due_on for each in found), reverse=True)[MOST_RENEWALS - 1]
    return [each for each in found if each.due_on >= first]


def _known(look: Look, on_file: Past) -> Known:
    contract = look.decided.contract
    seen = snapshot.look_back(on_file, contract.customer_id, as_of=look.moment)
    return snapshot.known(contract, seen)


def _age_months(each: Decided, as_of: datetime) -> float:
    due_at = datetime.combine(each.due_on, time.min, UTC)
    return round(rules.months_between(due_at, as_of), 2)
