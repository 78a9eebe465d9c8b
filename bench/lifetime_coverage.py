"""How often the 90 % ranges of lifetime values hold the truth, where the truth is known because it was drawn.

Contracts: vendors whose cohorts are drawn from six different ways of leaving, watched for one to six years; the
question is how many discounted renewals are to come within five, of a new customer and of one who renewed
three times. Orders: shops of three kinds; the question is how many orders all customers place in a year.
The baseline is the range of the sBG alone, without averaging it with the BdW.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.science.lifetime import (
    TooThin,
    bg_nbd,
    fit_shifted_beta_geometric,
    from_survivors,
    log_survival,
    residual_renewals,
    retention_curve,
)
from arbiter.science.lifetime.buying import Pairs, Steps, staying
from tests.science.lifetime.buyers import drawn

Floats = NDArray[np.float64]

VENDORS = 120
SHOPS = 100
LEAVING = {
    "regular": (0.76, 1.3, 1.0),
    "high end": (0.26, 1.72, 1.58),
    "business": (2.0, 11.0, 1.0),
    "loyal": (0.5, 5.0, 0.9),
    "rising": (0.5, 3.0, 1.3),
    "all alike": (20.0, 100.0, 1.0),
}
SEEN = ((60, 1), (60, 3), (30, 5), (300, 3), (300, 6))
BUYING = {
    "record shop": (0.2425945, 4.4136019, 0.7929199, 2.4258881),
    "weekly shop": (1.0, 8.0, 0.5, 4.0),
    "hardly anybody leaves": (2.0, 10.0, 0.8, 20.0),
}
QUESTION: dict[str, Any] = {"discount": 0.1, "horizon_periods": 5}


def main(argv: list[str]) -> None:
    """Print the coverage of each kind, and `ok` or `over` for their mean: within 0.86 and 0.98."""
    contracts = [_contracts(kind, size, years) for kind in LEAVING for size, years in SEEN]
    _verdict("contracts", contracts)
    _verdict("orders", [_orders(kind, count) for kind in BUYING for count in (100, 300, 1_000)])


def _verdict(what: str, shares: list[float]) -> None:
    mean = float(np.mean(shares))
    good = 0.86 <= mean <= 0.98
    print(
        f"{what}: 90 % ranges hold the truth in {mean:.1%} over all kinds (86 to 98 %), "
        f"in {min(shares):.0%} to {max(shares):.0%} of each: {'ok' if good else 'over'}",
        flush=True,
    )


def _contracts(kind: str, size: int, years: int) -> float:
    random, held, bare, refused = np.random.default_rng(5), [], [], 0
    alpha, beta, c = LEAVING[kind]
    truth = {"alpha": alpha, "beta": beta, "c": c}
    share = np.exp(log_survival(np.arange(years + 1), **truth))
    for _ in range(VENDORS):
        tenures = from_survivors(*_cohorts(random, size, share))
        try:
            curve, single = retention_curve(tenures), fit_shifted_beta_geometric(tenures)
        except TooThin:
            refused += 1
            continue
        for made in (1, 4):
            true = residual_renewals(made, **truth, **QUESTION).item()
            held.append(_within(true, _renewals(made, curve.draws(400))))
            bare.append(_within(true, _renewals(made, single.draws(400))))
    print(
        f"contracts, {kind}, {size} new a year for {years}: {np.mean(held):.0%}; sBG alone {np.mean(bare):.0%}; "
        f"{refused} of {VENDORS} refused",
        flush=True,
    )
    return float(np.mean(held))


def _cohorts(random: np.random.Generator, size: int, share: Floats) -> list[list[int]]:
    """One cohort for each year, the oldest seen longest."""
    cohorts = []
    for seen in range(1, len(share)):
        survivors = [size]
        for year in range(1, seen + 1):
            survivors.append(int(random.binomial(survivors[-1], share[year] / share[year - 1])))
        cohorts.append(survivors)
    return cohorts


def _renewals(made: int, shapes: Floats) -> Floats:
    alpha, beta, c = shapes.T
    return residual_renewals(made, alpha=alpha, beta=beta, c=c, **QUESTION)


def _orders(kind: str, count: int) -> float:
    held, from_prior = [], 0
    for seed in range(SHOPS):
        histories = drawn(count, parameters=BUYING[kind], seed=seed)
        pairs, year = Pairs.of(histories), Steps.until(52, discount_per_year=0.0)

        def orders(
            each: Floats, histories: Any = histories, pairs: Any = pairs, year: Any = year
        ) -> float:
            return float((staying(each, histories) * pairs.ahead(each, year)[pairs.place]).sum())

        model = bg_nbd.fit(histories)
        from_prior += model.from_prior
        totals = np.array([orders(each) for each in model.posterior.draws(200)])
        held.append(_within(orders(np.array(BUYING[kind])), totals))
    print(
        f"orders, {kind}, {count} customers: {np.mean(held):.0%}; the prior decided in {from_prior} of {SHOPS}",
        flush=True,
    )
    return float(np.mean(held))


def _within(true: float, draws: Floats) -> bool:
    low, high = np.quantile(draws, [0.05, 0.95])
    return bool(low <= true <= high)
