"""The NPS and its changes beside the textbook margin; the top two boxes and the mean of a rating."""

import numpy as np
from numpy.typing import NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.survey import (
    CSAT,
    Scale,
    nps_change,
    nps_change_paired,
    nps_of_counts,
    top_box,
)
from bench.coverage import Row, held, held_by

Shares = tuple[float, float, float]
MOODS: tuple[Shares, ...] = ((0.2, 0.3, 0.5), (0.05, 0.25, 0.7), (0.1, 0.1, 0.8), (0.4, 0.3, 0.3))
"""Shares of detractors, passives and promoters."""
STEPS = np.array([5, 8, 10])
ASKED_OF_NPS = 0.94
STAY = 0.6
"""Share of contacts whose mood is still the same the next time."""
Z = 1.959964


def net_promoters(dice: np.random.Generator, draws: int) -> list[Row]:
    """One score at several sizes, the mean over four moods."""
    return [_mean([_score(mood, n, dice, draws) for mood in MOODS]) for n in (10, 20, 50, 200)]


def changes(dice: np.random.Generator, draws: int) -> list[Row]:
    """The difference of two scores, of strangers and of the same contacts."""
    few = max(200, draws // 10)
    return [
        _mean([change(mood, n, dice, few) for mood in MOODS])
        for n in (10, 30)
        for change in (_strangers, _pairs)
    ]


def ratings(dice: np.random.Generator, draws: int) -> list[Row]:
    """The mean and the top two boxes of a satisfaction rating that leans to the good end."""
    shares = np.array([0.04, 0.08, 0.2, 0.38, 0.3])
    few = max(200, draws // 10)
    return [row for n in (10, 30) for row in _rating(shares, CSAT, n, dice, few)]


def _score(mood: Shares, n: int, dice: np.random.Generator, draws: int) -> Row:
    counts = dice.multinomial(n, mood, size=draws)
    kinds, which = np.unique(counts, axis=0, return_inverse=True)
    told = [nps_of_counts(int(p), int(m), int(d)) for d, m, p in kinds]
    ends = np.array([(one.low, one.high, one.score, one.margin) for one in told], dtype=float)
    low, high, score, margin = ends[which.ravel()].T
    truth = 100 * (mood[2] - mood[0])
    textbook = held(score - margin, truth, score + margin)
    return Row("NPS", n, held(low, truth, high), textbook, draws, ASKED_OF_NPS)


def _strangers(mood: Shares, n: int, dice: np.random.Generator, draws: int) -> Row:
    before = dice.choice(STEPS, p=mood, size=(draws, n))
    after = dice.choice(STEPS, p=_better(mood), size=(draws, n))
    told = [nps_change(*pair) for pair in zip(before, after, strict=True)]
    textbook = Z * np.sqrt((_sign(before).var(axis=1) + _sign(after).var(axis=1)) / n)
    return _change("NPS change, other people", told, textbook, mood, n)


def _pairs(mood: Shares, n: int, dice: np.random.Generator, draws: int) -> Row:
    before = dice.choice(STEPS, p=mood, size=(draws, n))
    fresh = dice.choice(STEPS, p=_better(mood), size=(draws, n))
    # A contact keeps its mood or draws anew, so that the second answers are not quite "better".
    after = np.where(dice.random((draws, n)) < STAY, before, fresh)
    told = [nps_change_paired(*pair) for pair in zip(before, after, strict=True)]
    textbook = Z * (_sign(after) - _sign(before)).std(axis=1) / np.sqrt(n)
    return _change("NPS change, same contacts", told, textbook, mood, n, moved=1 - STAY)


def _change(
    what: str,
    told: list[Estimate],
    textbook: NDArray[np.float64],
    mood: Shares,
    n: int,
    *,
    moved: float = 1.0,
) -> Row:
    better = _better(mood)
    truth = 100 * moved * (better[2] - better[0] - mood[2] + mood[0])
    value = np.array([one.value for one in told], dtype=float)
    plain = held(value - 100 * textbook, truth, value + 100 * textbook)
    return Row(what, n, held_by(told, truth), plain, len(told), ASKED_OF_NPS)


def _rating(
    shares: NDArray[np.float64], scale: Scale, n: int, dice: np.random.Generator, draws: int
) -> list[Row]:
    steps = np.arange(scale.lowest, scale.highest + 1)
    given = dice.choice(steps, p=shares, size=(draws, n))
    told = [top_box(answers, scale=scale) for answers in given]
    good = np.isin(given, scale.best_two).mean(axis=1)
    truth, share = float(steps @ shares), float(shares[-2:].sum())
    reach, wald = Z * given.std(axis=1) / np.sqrt(n), Z * np.sqrt(good * (1 - good) / n)
    middle = given.mean(axis=1)
    return [
        Row(
            "CSAT mean",
            n,
            held_by([one.mean for one in told], truth),
            held(middle - reach, truth, middle + reach),
            draws,
        ),
        Row(
            "CSAT top two",
            n,
            held_by([one.top_two for one in told], share),
            held(good - wald, share, good + wald),
            draws,
        ),
    ]


def _better(mood: Shares) -> Shares:
    """The same people in a better mood: a quarter of the detractors and passives move a step up."""
    detractors, passives, promoters = mood
    return 0.75 * detractors, 0.75 * passives + 0.25 * detractors, promoters + 0.25 * passives


def _sign(answers: NDArray[np.int64]) -> NDArray[np.int64]:
    return (answers >= 9).astype(np.int64) - (answers <= 6)


def _mean(rows: list[Row]) -> Row:
    ours, textbook = (
        float(np.mean([getattr(row, of) for row in rows])) for of in ("ours", "textbook")
    )
    return Row(
        rows[0].what, rows[0].n, ours, textbook, sum(row.draws for row in rows), rows[0].least
    )
