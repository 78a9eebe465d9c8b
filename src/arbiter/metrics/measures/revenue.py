"""What became of the money of those who were customers at the start?"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.metrics.measures import cohorts
from arbiter.metrics.measures.measure import (
    Found,
    Measure,
    Part,
    listed,
    money_note,
    money_told,
    period_months,
    period_start,
    sentences,
)
from arbiter.metrics.measures.staying import LOST, UNDECIDED, Period
from arbiter.metrics.picture.columns import Table, day_number
from arbiter.metrics.picture.picture import Picture
from arbiter.science.estimate import Estimate
from arbiter.science.retention import (
    gross_revenue_retention,
    net_revenue_retention,
    revenue_movement,
)

GROUP = "standard"
Floats = NDArray[np.float64]
PARTS = (
    LOST,
    Part("contracted", "Pay less", "find_out", "Find out why", "money"),
    Part("expanded", "Pay more", value="money"),
    UNDECIDED,
)


class Money:
    """What the customers of the start paid then and pay now; whoever's money cannot be told is left out."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.period = Period(picture, period_months(picture))
        before, after = self.period.before.amount, picture.now.amount
        self.told = self.period.start & ~np.isnan(before) & ~np.isnan(after)
        self.start: Floats = np.where(self.told, before, 0.0)
        self.end: Floats = np.where(self.told, after, 0.0)

    @property
    def note(self) -> str:
        """Over which time, who is left out, and which money."""
        untold = int((self.period.start & ~self.told).sum())
        unsaid = f"Of {untold} more the amount cannot be told." if untold else ""
        return sentences(self.period.note, unsaid, money_note(self.picture, _at_start(self)))

    def found(self, estimate: Estimate, **details: Any) -> Found:
        """A measure of this money, with the way from start to end and the names along it."""
        picture, period = self.picture, self.period
        change = self.end - self.start
        gone = self.told & period.lost
        return Found(
            replace(estimate, note=sentences(estimate.note, self.note)),
            currency=picture.currency,
            details={
                "movement": {**asdict(revenue_movement(self.start, self.end)), "end": self.end_sum},
                "months": period.months,
                "left_out": {"undecided": int(period.unknown.sum())},
                "money": {
                    **money_told(picture, _at_start(self)),
                    "customers_without_amount": int((period.start & ~self.told).sum()),
                },
                **details,
            },
            behind={
                "lost": listed(gone, self.start),
                "contracted": listed(self.told & ~gone & (change < 0), -change),
                "expanded": listed(self.told & (self.start > 0) & (change > 0), change),
                "undecided": listed(period.unknown, period.before.amount),
            },
        )

    @property
    def end_sum(self) -> float:
        """What they pay now, together."""
        return float(revenue_movement(self.start, self.end).end)


def _at_start(money: Money) -> Table:
    """The terms that ran at the start: those whose amounts are asked for first."""
    terms = money.picture.terms.where(money.period.start[money.picture.terms.customer])
    day = day_number(period_start(money.picture))
    return terms.where((terms["start"] <= day) & (terms["end"] >= day))


def _gross(picture: Picture) -> Found:
    money = Money(picture)
    return money.found(gross_revenue_retention(money.start, money.end))


def _net(picture: Picture) -> Found:
    money = Money(picture)
    return money.found(
        net_revenue_retention(money.start, money.end), cohorts=cohorts.revenue(picture)
    )


MEASURES = (
    Measure(
        name="gross_revenue_retention",
        title="Gross revenue retention",
        question="How much of the starting money was kept?",
        formula="Σ min(end, start) ÷ Σ start, capped per customer; customers of the start alone",
        group=GROUP,
        compute=_gross,
        doc="gross-revenue-retention",
        method="gross-revenue-retention/1",
        parts=PARTS,
        judged_as="gross_revenue_retention",
    ),
    Measure(
        name="net_revenue_retention",
        title="Net revenue retention",
        question="What do the customers of the start pay now for each unit they paid then?",
        formula="(start + expansion − contraction − churn) ÷ start; customers of the start alone",
        group=GROUP,
        compute=_net,
        doc="net-revenue-retention",
        method="net-revenue-retention/1",
        parts=PARTS,
        judged_as="net_revenue_retention",
    ),
)
