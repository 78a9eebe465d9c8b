"""The Mann–Whitney test: would shuffled outcomes separate as far?"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from arbiter.science.discrimination.placements import Codes, Floats, Sample, codes, sample

NORMAL_FROM = 20
"""From so many rows of the rarer class on, blocks added up, the normal distribution may stand for the shuffles."""
OVERLAP_FROM = 5
"""So many of them must be expected among the scores that are not the most common one: a flag that three
customers ever had makes coarse shuffles, however many were lost."""
_AT_ONCE = 2_000_000
"""So many random numbers are drawn at a time: about 16 MB."""

Method = Literal["normal", "permutation"]


@dataclass(frozen=True, slots=True)
class RankTest:
    """Whether a score and an outcome have to do with each other at all.

    Attributes:
        z: how many standard deviations of the shuffles the outcome lies from their mean; above 0 where
            it happened to the higher scores.
        p: two-sided p-value, in (0, 1].
        n: rows.
        positives: rows where it happened.
        negatives: rows where it did not.
        method: whether the p-value comes from the normal distribution or from draws.
        draws: how many shuffles were drawn; 0 for the normal distribution.
    """

    z: float
    p: float
    n: int
    positives: int
    negatives: int
    method: Method
    draws: int


@dataclass(frozen=True, slots=True)
class _Units:
    """What is shuffled: per unit its mean rank, how often it happened, and among whom it is dealt."""

    rank: Floats
    happened: Floats
    stratum: Codes
    rarer: int
    """Rows of the rarer class within their stratum, added up."""
    uncommon: float
    """Share of rows whose score is not the most common one."""

    @property
    def are_smooth(self) -> bool:
        """Whether the shuffles lie close enough to a normal distribution."""
        return self.rarer >= NORMAL_FROM and self.rarer * self.uncommon >= OVERLAP_FROM


def mann_whitney(
    score: ArrayLike,
    happened: ArrayLike,
    *,
    blocks: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    draws: int = 9999,
    seed: int = 0,
    method: Method | None = None,
) -> RankTest:
    """Return the p-value of an AUC: how often would shuffled outcomes separate at least as far?

    T = Σ rank⁺, the sum of the mid-ranks where it happened, is compared with what it is when outcomes
    are dealt anew. Given blocks, they are dealt within each block only: a bad quarter or segment then
    proves nothing. Given clusters, the rows of one customer within one block stay together: their
    outcomes go as one to another customer with as many rows there, against the mean of its ranks.

    The shuffles' mean and variance are known exactly, ties included:

        E T = Σ_b D_b r̄_b,    Var T = Σ_b Σ(d − d̄_b)² Σ(r − r̄_b)² / (n_b − 1).

    From 20 rows of the rarer class on, 5 of them expected among the less common scores, z is held
    against the normal distribution. Below that, shuffles are drawn and p = (b + 1) / (draws + 1), where b
    of them lie at least as far from their mean.

    Args:
        score: the signal's value, any unit, never NaN. Shape (n,).
        happened: 1 where the event came about, else 0; both occur. Shape (n,).
        blocks: the block of each row, such as quarter and segment as one label. Shape (n,).
        clusters: the customer of each row; whole numbers are fastest. Shape (n,).
        draws: how many shuffles, at least 1.
        seed: where the shuffles start; the same seed gives the same p.
        method: "normal" or "permutation" where the choice is not left to the rule above.

    Raises:
        ValueError: columns of different length, a score of NaN, an outcome that is neither 0 nor 1, only
            one class, or less than one draw.

    References:
        Mann, H. B. and Whitney, D. R. (1947). On a test of whether one of two random variables is
        stochastically larger than the other. Annals of Mathematical Statistics, 18(1), 50-60.
        Hoeffding, W. (1951). A combinatorial central limit theorem. Annals of Mathematical Statistics,
        22(4), 558-566.
        Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
        Applications in Genetics and Molecular Biology, 9(1).

    Examples:
        >>> test = mann_whitney([40, 33, 9, 21, 3, 12, 5, 30, 1, 8], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
        >>> round(test.z, 2), round(test.p, 2), test.method
        (1.92, 0.07, 'permutation')
    """
    if draws < 1:
        raise ValueError("At least one shuffle must be drawn.")
    rows = sample(score, happened, clusters)
    units = _units(rows, codes(blocks, len(rows.score)) if blocks is not None else None)
    observed, variance = _moments(units)
    counts = (len(rows.score), rows.positives, rows.negatives)
    chosen = method or ("normal" if units.are_smooth else "permutation")
    if variance == 0:
        return RankTest(0.0, 1.0, *counts, "normal", 0)
    z = observed / sqrt(variance)
    if chosen == "normal":
        return RankTest(z, float(2 * ndtr(-abs(z))), *counts, "normal", 0)
    p = _share_as_far(units, observed, draws, np.random.default_rng(seed))
    return RankTest(z, p, *counts, "permutation", draws)


def _units(rows: Sample, block: Codes | None) -> _Units:
    """Put the rows of one customer in one block together, and units of one size in one block in a stratum."""
    ranks, most_common = _mid_ranks(rows.score)
    whose = (
        rows.owner
        if block is None
        else codes(block * (int(rows.owner.max()) + 1) + rows.owner, len(ranks))
    )
    size = np.bincount(whose)
    rank = np.bincount(whose, ranks) / size
    happened = np.bincount(whose, rows.happened).astype(float)
    stratum = size.copy()
    if block is not None:
        place = np.zeros(len(size), dtype=np.int64)
        place[whose] = block
        stratum += place * (int(size.max()) + 1)
    stratum = codes(stratum, len(size))
    often, all_rows = np.bincount(stratum, happened), np.bincount(stratum, size)
    rarer = int(np.minimum(often, all_rows - often).sum())
    return _Units(rank, happened, stratum, rarer, 1 - most_common / len(ranks))


def _mid_ranks(score: Floats) -> tuple[Floats, int]:
    """Return the ranks, ties sharing theirs, and how many rows have the most common score."""
    _, value_of, at = np.unique(score, return_inverse=True, return_counts=True)
    return (np.cumsum(at) - (at - 1) / 2)[value_of], int(at.max())


def _moments(units: _Units) -> tuple[float, float]:
    """Return how far the sum of ranks lies from the mean of the shuffles, and their variance."""
    count = np.bincount(units.stratum)
    rank = units.rank - (np.bincount(units.stratum, units.rank) / count)[units.stratum]
    often = units.happened - (np.bincount(units.stratum, units.happened) / count)[units.stratum]
    of_rank, of_often = (np.bincount(units.stratum, part**2) for part in (rank, often))
    variance = float(np.sum(of_rank * of_often / np.maximum(count - 1, 1)))
    return float(np.sum(rank * often)), variance if variance > 1e-12 else 0.0


def _share_as_far(units: _Units, observed: float, draws: int, random: np.random.Generator) -> float:
    shuffled = np.zeros(draws)
    for stratum in _informative(units):
        rank = units.rank[stratum] - units.rank[stratum].mean()
        shuffled += _dealt(rank, units.happened[stratum], draws, random)
    # Sums of half ranks differ by rounding only where they are equal.
    as_far = np.count_nonzero(np.abs(shuffled) >= abs(observed) * (1 - 1e-12) - 1e-9)
    return (int(as_far) + 1) / (draws + 1)


def _informative(units: _Units) -> Iterator[Codes]:
    """Yield the units of each stratum in which not all outcomes are alike."""
    order = np.argsort(units.stratum, kind="stable")
    for stratum in np.split(order, np.flatnonzero(np.diff(units.stratum[order])) + 1):
        if np.ptp(units.happened[stratum]) > 0:
            yield stratum


def _dealt(rank: Floats, happened: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Return Σ happened · rank for so many shuffles; the ranks have mean 0.

    Most units share one outcome, or one rank, so only those that differ from it are dealt.
    """
    dealt, places = sorted((_odd(rank), _odd(happened)), key=lambda column: len(column.odd))
    n, k = len(rank), len(dealt.odd)
    step = max(1, _AT_ONCE // (n if _is_dense(n, k) else k + 1))
    sums = [
        places.values[_places(n, k, min(step, draws - start), random)] @ dealt.odd
        for start in range(0, draws, step)
    ]
    return np.asarray(np.concatenate(sums) + dealt.usual * places.values.sum())


@dataclass(frozen=True, slots=True)
class _Column:
    values: Floats
    usual: float
    odd: Floats
    """How far those lie from the usual that are not."""


def _odd(values: Floats) -> _Column:
    kinds, often = np.unique(values, return_counts=True)
    usual = float(kinds[np.argmax(often)])
    return _Column(values, usual, values[values != usual] - usual)


def _is_dense(n: int, k: int) -> bool:
    """Whether drawing k places of n at random would too often hit one twice."""
    return n <= 64 or k * k > 6 * n


def _places(n: int, k: int, draws: int, random: np.random.Generator) -> Codes:
    """Draw k different places of n, in random order, so many times. Shape (draws, k)."""
    if _is_dense(n, k):
        return np.argsort(random.random((draws, n)), axis=1)[:, :k]
    places = random.integers(n, size=(draws, k))
    again = np.flatnonzero(_repeats(places))
    while len(again):
        places[again] = random.integers(n, size=(len(again), k))
        again = again[_repeats(places[again])]
    return places


def _repeats(places: Codes) -> np.ndarray:
    """Tell which draws hold one place twice."""
    ordered = np.sort(places, axis=1)
    return np.asarray((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
