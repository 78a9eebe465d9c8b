"""The pulse of customers: what was done on each of the last days, and all figures of the windows that follow from it.

A customer of whom nothing new is learnt changes only because its windows move. Each figure is a sum over days, so
that the days alone are enough: people active in a window are those last seen in it, and people new in it are those
first seen in it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.science.interval import t_quantile

WEEKS = 12
DAYS = 7 * WEEKS
WINDOW = 28
FEWEST = 3
"""Below three weeks a line has no interval."""
EVENTS, PEOPLE, COMING, LEAVING, OF_FEATURES = (
    0,
    DAYS,
    DAYS + WINDOW,
    DAYS + 2 * WINDOW,
    DAYS + 3 * WINDOW,
)
A_FEATURE = 3 * WINDOW
"""Of each feature: the events of 56 days, then the people last seen with it on each of 28."""
PERSON = np.dtype([("who", "<u8"), ("first", "<i4")])
"""A person under a hash, and the day on which it was first seen."""
Whole = NDArray[np.signedinteger[Any]]
Numbers = NDArray[np.float64]
People = NDArray[Any]


def width(features: int) -> int:
    """Return how many numbers the pulse of a customer has."""
    return OF_FEATURES + A_FEATURE * features


def packed(counts: Whole) -> bytes:
    """Return the numbers of one customer as they are kept."""
    return zlib.compress(counts.astype("<i4").tobytes(), 1)


def unpacked(kept: Iterable[bytes], features: int) -> Whole:
    """Return the numbers of many customers, a row each."""
    found = b"".join([zlib.decompress(each) for each in kept])
    return np.frombuffer(found, "<i4").reshape(-1, width(features))


def person(user: str) -> bytes:
    """Return the hash under which a person is remembered."""
    return blake2b(user.encode(), digest_size=8).digest()


def people(users: Sequence[str], first_days: Whole) -> People:
    """Return people with the day on which each was first seen."""
    found = np.empty(len(users), PERSON)
    found["who"] = np.frombuffer(b"".join(map(person, users)), "<u8")
    found["first"] = first_days
    return found


def joined(known: People, more: People) -> People:
    """Return the people of both, each once, first seen on the earlier of two days."""
    every = np.sort(np.concatenate([known, more]), order=("who", "first"))
    return every[np.append(True, every["who"][1:] != every["who"][:-1])] if len(every) else every


def coming(known: People, until: date) -> Whole:
    """Return how many people were first seen on each day of a window, the newest first."""
    back = until.toordinal() - known["first"].astype(np.int64)
    return np.bincount(back[back < WINDOW], minlength=WINDOW)


def moved(counts: Whole, days: Whole) -> Whole:
    """Return pulses so many days later, when nothing else happened: each day lies further back."""
    later = np.zeros_like(counts)
    features = (counts.shape[1] - OF_FEATURES) // A_FEATURE
    starts = [EVENTS, PEOPLE, COMING, LEAVING]
    ends = [PEOPLE, COMING, LEAVING, OF_FEATURES]
    for place in range(features):
        at = OF_FEATURES + A_FEATURE * place
        starts += [at, at + 2 * WINDOW]
        ends += [at + 2 * WINDOW, at + A_FEATURE]
    for step in np.unique(days).tolist():
        which = np.flatnonzero(days == step)
        for start, end in zip(starts, ends, strict=True):
            if step < end - start:
                later[which, start + step : end] = counts[which, start : end - step]
    return later


@dataclass(frozen=True)
class Uses:
    """What was done with each feature, a row for each customer and a column for each feature."""

    users: Whole
    events: Whole
    active_days: Whole
    events_before: Whole
    last: Whole
    """How many days back it was used last; of who did not use it in eight weeks a number beyond them."""


def uses(counts: Whole) -> Uses:
    """Return the figures of features."""
    by_day = counts[:, OF_FEATURES:].reshape(len(counts), -1, A_FEATURE)
    now, before = by_day[:, :, :WINDOW], by_day[:, :, WINDOW : 2 * WINDOW]
    eight = by_day[:, :, : 2 * WINDOW] > 0
    return Uses(
        users=by_day[:, :, 2 * WINDOW :].sum(axis=2),
        events=now.sum(axis=2),
        active_days=(now > 0).sum(axis=2),
        events_before=before.sum(axis=2),
        last=np.where(eight.any(axis=2), eight.argmax(axis=2), 2 * WINDOW),
    )


@dataclass(frozen=True)
class Figures:
    """The figures of many customers, by their fields."""

    columns: dict[str, list[Any]]
    uses: Uses


def figures(counts: Whole, *, total: Whole, began: Whole, until: date) -> Figures:
    """Return what the windows that end with a day hold.

    Args:
        counts: pulses up to that day.
        total: how many people of each were ever seen.
        began: the day of the first event of each, as its number.
        until: the day.
    """
    leaving = counts[:, LEAVING:OF_FEATURES]
    four = leaving.sum(axis=1)
    new = counts[:, COMING:LEAVING].sum(axis=1)
    weekly = counts[:, EVENTS:PEOPLE].reshape(len(counts), WEEKS, 7).sum(axis=2)
    seen = np.minimum((until.toordinal() - began) // 7 + 1, WEEKS)
    weeks = np.where(weekly.any(axis=1), seen, 0)
    used = uses(counts)
    person_days = counts[:, PEOPLE:COMING].sum(axis=1)
    people_a_feature = used.users.sum(axis=1)
    is_used = (used.last < 2 * WINDOW).any(axis=1)
    features = used.users.shape[1]
    breadth = (used.events > 0).sum(axis=1) / features if features else np.full(len(four), np.nan)
    slope, low, high = trend(weekly, weeks)
    return Figures(
        {
            "users_1d": leaving[:, 0].tolist(),
            "users_7d": leaving[:, :7].sum(axis=1).tolist(),
            "users_28d": four.tolist(),
            "events_28d": counts[:, :WINDOW].sum(axis=1).tolist(),
            "breadth": _known(breadth),
            "per_person": _known(_ratio(people_a_feature, np.where(is_used, four, 0))),
            "frequency": _known(_ratio(person_days, four * WINDOW)),
            "trend": _known(slope),
            "trend_low": _known(low),
            "trend_high": _known(high),
            "trend_weeks": weeks.tolist(),
            "weekly": weekly[:, ::-1].tolist(),
            "users_new": new.tolist(),
            "users_returning": (four - new).tolist(),
            "users_dormant": (total - four).tolist(),
        },
        used,
    )


def trend(weekly: Whole, weeks: Whole, *, level: float = 0.95) -> tuple[Numbers, Numbers, Numbers]:
    """Return the slope of ln(1 + events) a week with its interval, as `expressions.trend.weekly` tells it.

    Args:
        weekly: the events of each week, the newest first; those before the first event are 0.
        weeks: how many of them count. With fewer than three nothing is known.
        level: the share of such intervals that hold the truth.
    """
    y = np.log(weekly + 1.0)
    n = np.where(weeks >= FEWEST, weeks, np.nan)
    middle, spread = (n - 1.0) / 2.0, n * (n * n - 1.0) / 12.0
    ago = np.arange(weekly.shape[1])[None, :]
    rises = middle[:, None] - ago
    slope = _sum(rises * y) / spread
    off = y - (_sum(y) / n)[:, None] - slope[:, None] * rises
    squares = np.where(ago < weeks[:, None], off * off, 0.0)
    error = np.sqrt(_sum(squares) / (n - 2.0) / spread)
    quantiles = [np.nan] * FEWEST + [t_quantile(level, k - 2) for k in range(FEWEST, WEEKS + 1)]
    reach = np.array(quantiles)[np.maximum(weeks, 0)] * error
    return slope, slope - reach, slope + reach


def _sum(columns: Numbers) -> Numbers:
    """The sum of columns in one order, so that it does not matter of how many customers at once."""
    total = columns[:, 0].copy()
    for place in range(1, columns.shape[1]):
        total += columns[:, place]
    return total


def _ratio(part: Whole, whole: Whole) -> Numbers:
    return np.where(whole > 0, part, np.nan) / np.where(whole > 0, whole, 1)


def _known(values: Numbers) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
