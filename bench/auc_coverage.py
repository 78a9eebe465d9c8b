"""How often the interval of an AUC holds the truth, beside the plainer intervals and a row for every renewal.

Each line draws many small companies with a known AUC, 85 % of whose contracts renew. The bar: 92 to 97 % of the
95 % intervals hold the true AUC from ten losses on. Baselines in the same run: DeLong's own symmetric interval,
the logit scale with the normal quantile, and, for several renewals of one customer, the interval that takes
every row for an observation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr, ndtri

from arbiter.science.discrimination import Auc, auc, compare

REPLICATES = 2_000
LEAST, MOST = 0.92, 0.97
SIZES = ((5, 28), (10, 57), (20, 113), (30, 170))
AREAS = (0.6, 0.75, 0.9)
Z = 1.959964
CUTS = np.linspace(-1.5, 2.5, 10)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Company:
    """Scores with a known AUC, the outcomes, and whose row each is."""

    score: Floats
    happened: NDArray[np.bool_]
    owner: NDArray[np.int64]


def main(argv: list[str]) -> None:
    """Print the coverage by size and AUC; fail where the bar is missed."""
    replicates = int(argv[0]) if argv else REPLICATES
    random = np.random.default_rng(20_240_611)
    print(f"{replicates:,} companies a line; share of 95 % intervals that hold the true AUC, in %")
    print(f"{'':34}{'ours':>6}{'normal':>8}{'DeLong':>8}{'by row':>8}")
    lines = [*_independent(random, replicates), *_by_customer(random, replicates)]
    lines += list(_differences(random, replicates))
    missed = [name for name, held, counts in lines if counts and not LEAST <= held <= MOST]
    print(f"Bar from ten losses on, {LEAST:.0%} to {MOST:.0%}: {missed or 'ok'}")
    if missed:
        raise SystemExit(1)


Line = tuple[str, float, bool]


def _independent(random: np.random.Generator, replicates: int) -> Iterator[Line]:
    """One contract per customer: smooth scores, and answers from 0 to 10."""
    for answers in (False, True):
        for area in AREAS:
            shift = float(ndtri(area)) * np.sqrt(2)
            truth = _area_of_answers(shift) if answers else area
            for lost, kept in SIZES:
                name = f"{'0–10' if answers else 'smooth'}, AUC {truth:.2f}, {lost}/{kept}"
                draw = partial(_alone, random, shift, lost, kept, answers)
                yield name, _line(name, truth, draw, replicates), lost >= 10


def _alone(
    random: np.random.Generator, shift: float, lost: int, kept: int, answers: bool
) -> Company:
    happened = np.arange(lost + kept) < lost
    score = random.normal(size=lost + kept) + shift * happened
    score = np.searchsorted(CUTS, score).astype(float) if answers else score
    return Company(score, happened, np.arange(lost + kept))


def _area_of_answers(shift: float) -> float:
    """The AUC of two normals cut into eleven answers."""
    below = [np.concatenate([[0.0], ndtr(CUTS - mean), [1.0]]) for mean in (shift, 0.0)]
    higher, lower = (np.diff(one) for one in below)
    return float(np.sum(higher * (np.cumsum(lower) - lower / 2)))


def _by_customer(random: np.random.Generator, replicates: int) -> Iterator[Line]:
    """Three contracts per customer, whose scores and fates have most of their causes in common."""
    truth = _shared_area(np.random.default_rng(1))
    for customers in (40, 80, 160):
        name = f"3 a customer, {customers} customers"
        held = _line(name, truth, partial(_shared, random, customers), replicates)
        yield name, held, customers >= 80


def _shared(random: np.random.Generator, customers: int) -> Company:
    owner = np.repeat(np.arange(customers), 3)
    fate, mood = random.normal(size=(2, customers))
    leaning = 0.8 * fate[owner] + 0.6 * random.normal(size=len(owner))
    score = 0.6 * fate[owner] + 0.7 * mood[owner] + 0.4 * random.normal(size=len(owner))
    return Company(score, leaning > 1.0364, owner)


def _shared_area(random: np.random.Generator) -> float:
    large = _shared(random, 400_000)
    return auc(large.score, large.happened).value


def _differences(random: np.random.Generator, replicates: int) -> Iterator[Line]:
    """Two signals with much in common, on the same contracts."""
    shifts = ndtri(np.array([0.8, 0.7])) * np.sqrt(2)
    for lost, kept in SIZES:
        happened = np.arange(lost + kept) < lost
        held = 0
        for _ in range(replicates):
            noise = random.normal(size=(3, lost + kept))
            first, second = (0.8 * noise[0] + 0.6 * own for own in noise[1:])
            found = compare(first + shifts[0] * happened, second + shifts[1] * happened, happened)
            held += found.low <= 0.1 <= found.high
        name = f"difference 0.80 − 0.70, {lost}/{kept}"
        print(f"{name:34}{100 * held / replicates:6.1f}", flush=True)
        yield name, held / replicates, lost >= 10


def _line(name: str, truth: float, draw: Callable[[], Company], replicates: int) -> float:
    held = np.zeros(4)
    for _ in range(replicates):
        company = draw()
        alone = len(company.owner) == company.owner[-1] + 1
        by_row = auc(company.score, company.happened)
        ours = by_row if alone else auc(company.score, company.happened, clusters=company.owner)
        ends = [(ours.low, ours.high), *_plainer(ours), (by_row.low, by_row.high)]
        held += [low <= truth <= high for low, high in ends]
    shares = 100 * held / replicates
    print(
        f"{name:34}{shares[0]:6.1f}" + "".join(f"{share:8.1f}" for share in shares[1:]), flush=True
    )
    return float(held[0] / replicates)


def _plainer(found: Auc) -> list[tuple[float, float]]:
    """The logit scale with the normal quantile, and value ± 1.96 standard errors."""
    symmetric = (found.value - Z * found.se, found.value + Z * found.se)
    if found.method == "Hanley-McNeil":
        return [(found.low, found.high), symmetric]
    reach = Z * found.se / (found.value * (1 - found.value))
    middle = logit(found.value)
    return [(float(expit(middle - reach)), float(expit(middle + reach))), symmetric]
