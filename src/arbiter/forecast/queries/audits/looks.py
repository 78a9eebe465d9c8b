"""What every trusted number said before each decided renewal, at several leads."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from arbiter.forecast.models import Forecast
from arbiter.forecast.queries import beliefs, histories
from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.histories import Decided, Progress
from arbiter.forecast.queries.ids import Ids
from arbiter.foundation import garbage
from arbiter.science.audit import Look
from arbiter.science.renewal import Known

LEADS = (180, 120, 90, 60, 30)
MAIN_LEAD = 90


class Made(NamedTuple):
    """One stored forecast: when it was made, the chance, and why."""

    at: datetime
    probability: float
    reasons: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Rows:
    """Decided renewals at one lead, as they are read."""

    lead: int
    decided: list[Decided] = field(default_factory=list)
    told: list[dict[str, float]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    forecasts: list[Made | None] = field(default_factory=list)

    def add(self, decided: Decided, told: dict[str, float], answer: str, made: Made | None) -> None:
        """One more renewal."""
        self.decided.append(decided)
        self.told.append(told)
        self.answers.append(answer)
        self.forecasts.append(made)

    def look(self, names: Iterable[str]) -> Look:
        """The same as columns."""
        return Look.of(
            self.lead,
            lost=[not each.renewed for each in self.decided],
            signals={name: self.column(name) for name in names},
            customer=[each.contract.customer_id for each in self.decided],
            block=[block(each) for each in self.decided],
        )

    def column(self, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """One number, NaN where it was unknown."""
        return np.array([told.get(name, math.nan) for told in self.told], dtype=float)


def block(decided: Decided) -> str:
    """Quarter and segment: outcomes are dealt anew within them, so that a bad quarter proves nothing."""
    return f"{decided.quarter} {decided.contract.segment}"


class Loss(NamedTuple):
    """A lost contract, and what each number said on the last day before anybody was told."""

    contract_id: int
    customer_id: int
    told_on: date
    numbers: Mapping[str, float]
    answer: str


@dataclass(slots=True)
class Gathered:
    """All that the audit rests on."""

    rows: list[Rows]
    losses: list[Loss]

    def at(self, lead: int) -> Rows:
        """The renewals as they looked that long before."""
        return next(row for row in self.rows if row.lead == lead)


@garbage.kept()
def read(
    as_of: datetime, *, leads: Sequence[int] = LEADS, progress: Progress | None = None
) -> Gathered:
    """Read every look: some dozen queries per five hundred customers.

    Args:
        as_of: only renewals due, decided and known by then.
        leads: so many days before they were due.
        progress: told after every chunk how many of how many customers are done.
    """
    names = histories.own_signals(as_of)
    gathered = Gathered([Rows(lead) for lead in leads], [])
    for chunk in histories.chunks(histories.decided(as_of), progress=progress):
        _add(gathered, chunk, names, as_of)
    return gathered


def _add(
    gathered: Gathered, found: Sequence[Decided], names: Sequence[str], as_of: datetime
) -> None:
    looks = histories.looks(found, leads=[row.lead for row in gathered.rows])
    eves = [eve for each in found if not each.renewed and (eve := eve_of(each)).is_fair]
    contract_ids = Ids(sorted({each.contract.id for each in found}))
    believed = beliefs.past_of(contract_ids)
    forecast = forecasts_of(contract_ids, as_of=as_of)
    rows = {row.lead: row for row in gathered.rows}
    every = [*looks, *eves]
    for place, (look, known) in enumerate(
        zip(every, histories.known(every, signal_names=names), strict=True)
    ):
        contract = look.decided.contract
        belief = believed.at(contract.id, as_of=look.moment)
        made = newest(forecast.get(contract.id, ()), look.moment)
        told = _told(known, belief, made)
        answer = trusted.answer_of(known)
        if place < len(looks):
            rows[look.lead].add(look.decided, told, answer, made)
        else:
            loss = Loss(contract.id, contract.customer_id, look.decided.told_on, told, answer)
            gathered.losses.append(loss)


def eve_of(decided: Decided) -> histories.Look:
    """The look on the last day before anybody was told how it would end."""
    return histories.Look(decided, (decided.due_on - decided.told_on).days + 1)


def _told(known: Known, belief: float | None, made: Made | None) -> dict[str, float]:
    told = trusted.told(known) | dict(known.signals)
    if belief is not None:
        told[trusted.BELIEF.name] = belief
    if made is not None:
        told[trusted.FORECAST.name] = made.probability
    return told


def forecasts_of(contract_ids: Ids, *, as_of: datetime) -> dict[int, list[Made]]:
    """Every stored forecast of some contracts, the oldest first: one query."""
    rows = Forecast.objects.filter(contract__in=contract_ids, as_of__lte=as_of)
    found: dict[int, list[Made]] = defaultdict(list)
    for contract_id, at, probability, reasons in rows.order_by("as_of", "pk").values_list(
        "contract_id", "as_of", "probability", "reasons"
    ):
        found[contract_id].append(Made(at, probability, reasons))
    return found


def newest(made: Sequence[Made], moment: datetime) -> Made | None:
    """The newest of some stored forecasts that was made by a moment."""
    end = bisect_right(made, moment, key=lambda each: each.at)
    return made[end - 1] if end else None
