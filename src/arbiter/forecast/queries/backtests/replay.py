"""The past forecast again: every look at a decided renewal by the model of its time.

At each day of learning a model learns from the renewals that were due and decided by then, anchored on the
contracts that were open, by the code that does so today. It forecasts the looks until the next such day. Nothing
that was recorded later can reach it: neither in what was known of a renewal nor in what was learnt.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from arbiter.forecast.queries import (
    base_rates,
    beliefs,
    histories,
    open_contracts,
    snapshot,
)
from arbiter.forecast.queries.backtests import origins
from arbiter.forecast.queries.histories import Gathered, Look
from arbiter.forecast.queries.ids import Ids
from arbiter.foundation import garbage
from arbiter.science import renewal
from arbiter.science.renewal import BaseRate, Cases, History, Model

Floats = NDArray[np.float64]
Progress = Callable[[str, int, int], None]

READING, LEARNING = "reading", "learning"
LEAD = "lead"


@dataclass(frozen=True)
class Origin:
    """A day of learning: from how many renewals, how many looks it forecast, and what became of κ."""

    at: datetime
    renewals: int
    looks: int
    temperature: float


@dataclass(frozen=True)
class Replayed:
    """Every look that was forecast, as columns in one order. Shape (n,) each.

    `alone` holds, per signal, the chance of the average contract with this one thing known; `without` the
    forecast without it. A belief is nan where nobody had said one.
    """

    looks: Sequence[Look]
    origin: NDArray[np.int64]
    forecast: Floats
    low: Floats
    high: Floats
    first_day: Floats
    base_rate: Floats
    belief: Floats
    alone: dict[str, Floats]
    without: dict[str, Floats]
    origins: Sequence[Origin]

    @property
    def happened(self) -> Floats:
        """1 where it renewed."""
        return np.array([look.decided.renewed for look in self.looks], dtype=float)

    @property
    def customer(self) -> NDArray[np.int64]:
        """Whose renewal it is."""
        return np.array([look.decided.contract.customer_id for look in self.looks], dtype=np.int64)

    @property
    def lead(self) -> NDArray[np.int64]:
        """How many days before it was due."""
        return np.array([look.lead for look in self.looks], dtype=np.int64)


@garbage.kept()
def replay(
    as_of: datetime, *, months: int = origins.MONTHS, progress: Progress | None = None
) -> Replayed:
    """Forecast every look at the renewals decided by a moment as it would have been forecast then.

    Args:
        as_of: only renewals that were due and decided by then.
        months: how often the model would have learnt.
        progress: told the stage, how much of it is done, and how much there is.
    """
    names = histories.own_signals(as_of)
    gathered = histories.gather(as_of, signal_names=names, progress=_stage(progress, READING))
    gathered = gathered.take(_in_time(gathered.looks))
    parts = list(_parts(gathered, as_of, months, names, _stage(progress, LEARNING)))
    return _joined(gathered, parts)


@dataclass(frozen=True)
class _Part:
    """The forecasts of one day of learning."""

    origin: Origin
    forecast: Floats
    low: Floats
    high: Floats
    first_day: Floats
    base_rate: float
    alone: dict[str, Floats]
    without: dict[str, Floats]


def _stage(progress: Progress | None, stage: str) -> histories.Progress:
    def told(done: int, total: int) -> None:
        if progress is not None:
            progress(stage, done, total)

    return told


def _in_time(looks: Sequence[Look]) -> list[int]:
    """The looks in the order of their moments; of one moment in that of the contracts."""
    return sorted(
        range(len(looks)), key=lambda row: (looks[row].moment, looks[row].decided.contract.key)
    )


def _parts(
    gathered: Gathered,
    as_of: datetime,
    months: int,
    names: Collection[str],
    progress: histories.Progress,
) -> Iterator[_Part]:
    if not gathered.looks:
        return
    moments = [look.moment for look in gathered.looks]
    days = origins.rolling(moments[0], moments[-1], months=months)
    ends = [*(bisect_left(moments, day) for day in days), len(moments)]
    for number, (start, end) in enumerate(pairwise(ends)):
        progress(number, len(days))
        if start < end:
            yield _part(gathered, days[number], range(start, end), names)
    progress(len(days), len(days))


def _part(gathered: Gathered, at: datetime, rows: range, names: Collection[str]) -> _Part:
    past = gathered.history(as_of=at)
    told = base_rates.at(at)
    running = _open(at, names if len(past) else ())
    model = renewal.learn(past, base_rate=told, open_contracts=running)
    seen = gathered.cases.take(np.arange(rows.start, rows.stop))
    made = renewal.from_cases(seen, model)
    first = renewal.from_cases(seen, renewal.anchored(running.x, base_rate=told))
    alone, without = _by_signal(seen, made.probability, model)
    origin = Origin(at, past.renewals, len(rows), float(model.mean[1]))
    return _Part(
        origin=origin,
        forecast=made.probability,
        low=made.low,
        high=made.high,
        first_day=first.probability,
        base_rate=_rate(past, told).probability,
        alone=alone,
        without=without,
    )


def _open(at: datetime, names: Collection[str]) -> Cases:
    running = open_contracts.at(at)
    chunks = snapshot.chunks(running, as_of=at, signal_names=names)
    return renewal.joined([chunk.cases for chunk in chunks])


def _rate(past: History, told: BaseRate) -> BaseRate:
    """The share of the renewals decided by then; before the first, what had been told."""
    if not past.renewals:
        return told
    return BaseRate(renewed=past.renewals - past.churns, due=past.renewals)


def _by_signal(
    seen: Cases, chance: Floats, model: Model
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """What each signal alone would have said, and the forecast without it, by the logistic's effects.

    Signals of which nothing was known are left out, and so is the lead, which is no signal.
    """
    logistic = replace(model, challenger=None, weight=0.0)
    parts = renewal.effects(renewal.from_cases(seen, logistic), logistic)
    base = parts[:, 0]
    shifts = {
        name: shift
        for name, shift in zip(logistic.parts, parts[:, 1:-1].T, strict=True)
        if name != LEAD and np.any(np.abs(shift) > renewal.explanation.NEGLIGIBLE)
    }
    alone = {name: np.asarray(expit(base + shift)) for name, shift in shifts.items()}
    without = {name: np.asarray(expit(logit(chance) - shift)) for name, shift in shifts.items()}
    return alone, without


def _joined(gathered: Gathered, parts: Sequence[_Part]) -> Replayed:
    def column(name: str) -> Floats:
        return np.concatenate([np.empty(0), *(getattr(part, name) for part in parts)])

    sizes = [part.origin.looks for part in parts]
    names = sorted({name for part in parts for name in part.alone})
    rates = [np.full(part.origin.looks, part.base_rate) for part in parts]
    return Replayed(
        looks=gathered.looks,
        origin=np.repeat(np.arange(len(parts)), sizes),
        forecast=column("forecast"),
        low=column("low"),
        high=column("high"),
        first_day=column("first_day"),
        base_rate=np.concatenate([np.empty(0), *rates]),
        belief=_beliefs(gathered.looks),
        alone={name: _of_signal(parts, "alone", name) for name in names},
        without={name: _of_signal(parts, "without", name) for name in names},
        origins=[part.origin for part in parts],
    )


def _of_signal(parts: Sequence[_Part], kind: str, name: str) -> Floats:
    """One signal's column; nan where the model of the time did not know of it."""
    columns = (getattr(part, kind).get(name, np.full(part.origin.looks, np.nan)) for part in parts)
    return np.concatenate([np.empty(0), *columns])


def _beliefs(looks: Sequence[Look]) -> Floats:
    told = beliefs.past_of(Ids(sorted({look.decided.contract.id for look in looks})))
    said = (told.at(look.decided.contract.id, as_of=look.moment) for look in looks)
    return np.array([np.nan if each is None else each for each in said], dtype=float)
