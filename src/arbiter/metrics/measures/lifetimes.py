"""What are today's customers still worth, to a horizon, and how sure is it? Refused where the data are thin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.metrics.picture import chains
from arbiter.metrics.picture.chains import Chains
from arbiter.metrics.picture.columns import Column, days_of_moments
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.rules import BusinessModel
from arbiter.science.estimate import Estimate
from arbiter.science.lifetime import (
    RetentionCurve,
    TooThin,
    alive,
    bg_nbd,
    contract_values,
    discount_per_period,
    from_contracts,
    from_orders,
    gamma_gamma,
    order_values,
    retention_curve,
)

Floats = NDArray[np.float64]

DISCOUNT = 0.10
"""Of a year: what money costs most companies."""
DAYS_A_MONTH = 365.25 / 12
WEEKS_A_MONTH = DAYS_A_MONTH / 7
NO_ORDERS = (
    "No orders are on file: they are usage events, named in the settings, or signals named “order”."
)
NOTHING_RUNS = "No contract with a known value runs."


@dataclass(frozen=True)
class Lifetimes:
    """Expected residual values, or the sentence that says why there are none.

    One row per contract that runs, or per buyer: whose, which term (-1 for a buyer), the value with its
    range, and the chance to be still there. `curve` tells how the company's contracts renew.
    """

    method: str
    horizon: str
    currency: str
    customer: Column = field(default_factory=lambda: np.array([], dtype=np.int64))
    term: Column = field(default_factory=lambda: np.array([], dtype=np.int64))
    value: Floats = field(default_factory=lambda: np.array([]))
    low: Floats = field(default_factory=lambda: np.array([]))
    high: Floats = field(default_factory=lambda: np.array([]))
    alive: Floats = field(default_factory=lambda: np.array([]))
    total: Estimate = field(default_factory=lambda: Estimate.too_few(0))
    refusal: str = ""
    curve: dict[str, Any] = field(default_factory=dict)


def of(picture: Picture) -> Lifetimes:
    """Return what the customers of a picture are still worth, by the model that fits the business."""
    if picture.business_model == BusinessModel.ORDERS:
        return _of_orders(picture)
    return _of_contracts(picture)


def refused(picture: Picture, method: str, because: str) -> Lifetimes:
    """Return no values, with the reason."""
    return Lifetimes(
        method, _horizon(picture), picture.currency, refusal=because,
        total=Estimate.too_few(0, because),
    )  # fmt: skip


def _horizon(picture: Picture) -> str:
    months = picture.business_model.told.horizon_months
    return f"{months} months ahead, discounted by {DISCOUNT:.0%} a year".replace("%", " %")


# --- Contracts ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Running:
    """Contracts that run, and what the next payment of each hangs on."""

    customer: Column
    term: Column
    payments: Column
    amount: Floats
    months: Column
    wait: Floats
    promised: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.term)

    def where(self, which: Column) -> _Running:
        return _Running(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def _of_contracts(picture: Picture) -> Lifetimes:
    method = "shifted-beta-geometric and beta-discrete-Weibull, in renewals"
    found = chains.of(picture)
    if not len(found.customer):
        return refused(picture, method, NOTHING_RUNS)
    try:
        curve = retention_curve(
            from_contracts(found.renewals, found.lost, entered_after=found.already)
        )
    except TooThin as thin:
        return refused(picture, method, thin.reason)
    running = _running(picture, found)
    if not len(running):
        return refused(picture, method, NOTHING_RUNS)
    value, low, high = _valued(picture, curve, running)
    return Lifetimes(
        method=method,
        horizon=_horizon(picture),
        currency=picture.currency,
        customer=running.customer,
        term=running.term,
        value=value,
        low=low,
        high=high,
        alive=np.ones(len(value)),
        # One curve is behind all of them, so that their ends are reached together.
        total=Estimate(float(value.sum()), float(low.sum()), float(high.sum()), n=len(value)),
        curve=_told(curve),
    )


def _running(picture: Picture, found: Chains) -> _Running:
    terms, row = picture.terms, found.last
    length = np.maximum(1, terms["end"][row] - terms["start"][row] + 1)
    runs = ~found.lost & (terms["end"][row] >= picture.day) & ~np.isnan(terms["amount"][row])
    promised = terms["known"][row] & ~terms["churned"][row]
    told = ~promised | ~np.isnan(terms["new_amount"][row])
    months = np.maximum(1, np.rint(length / DAYS_A_MONTH)).astype(np.int64)
    next_amount = np.where(promised, terms["new_amount"][row], terms["amount"][row])
    each = _Running(
        customer=found.customer,
        term=row,
        # The first payment is one too, and so is one that is promised but not made yet.
        payments=found.renewals + 1,
        amount=next_amount * months / 12,
        months=months,
        wait=np.clip((terms["end"][row] - picture.day) / length, 0.0, 1.0),
        promised=promised,
    )
    return each.where(np.flatnonzero(runs & told))


def _valued(
    picture: Picture, curve: RetentionCurve, running: _Running
) -> tuple[Floats, Floats, Floats]:
    value, low, high = np.zeros((3, len(running)))
    for places, months in _alike(running):
        some = running.where(places)
        per_period = discount_per_period(per_year=DISCOUNT, periods_per_year=12 / months)
        ahead = max(1, picture.business_model.told.horizon_months // months)
        sure = some.amount * (1 + per_period) ** -some.wait * some.promised
        found = contract_values(
            curve,
            some.payments,
            # What follows a promised payment comes a period later.
            some.amount * np.where(some.promised, 1 / (1 + per_period), 1.0),
            discount=per_period,
            horizon_periods=ahead - 1 if some.promised[0] else ahead,
            until_renewal=some.wait,
        )
        value[places], low[places], high[places] = (
            sure + part for part in (found.value, found.low, found.high)
        )
    return value, low, high


def _alike(running: _Running) -> Iterator[tuple[Column, int]]:
    """The places of contracts of the same length and standing, which share a horizon in renewals."""
    for months in np.unique(running.months).tolist():
        for promised in (False, True):
            places = np.flatnonzero((running.months == months) & (running.promised == promised))
            if len(places):
                yield places, int(months)


def _told(curve: RetentionCurve) -> dict[str, Any]:
    ahead = np.arange(0, max(curve.periods, 5) + 1)
    return {
        "renewals": ahead.tolist(),
        "survival": curve.survival(ahead).tolist(),
        "observed": curve.periods,
        "lost": curve.lost,
        "decisions": curve.decisions,
        "models": [
            {"name": model.name, "weight": weight, "alpha": model.alpha, "beta": model.beta, "c": model.c}
            for model, weight in zip(curve.models, curve.weights, strict=True)
        ],
    }  # fmt: skip


# --- Orders -------------------------------------------------------------------------------------


def _of_orders(picture: Picture) -> Lifetimes:
    method = "BG/NBD for how often they order, Gamma-Gamma for what an order brings"
    orders = picture.more["orders"]
    if not len(orders):
        return refused(picture, method, NO_ORDERS)
    days = days_of_moments(orders["at"])
    found = from_orders(orders.customer, days, orders["amount"], until=picture.day)
    again = found.histories.repeats > 0
    try:
        buying = bg_nbd.fit(found.histories)
        spending = gamma_gamma.fit(found.histories.repeats[again], found.mean_amounts[again])
    except TooThin as thin:
        return refused(picture, method, thin.reason)
    values = order_values(
        buying,
        spending,
        found.histories,
        found.mean_amounts,
        weeks=picture.business_model.told.horizon_months * WEEKS_A_MONTH,
        discount_per_year=DISCOUNT,
    )
    customer = np.asarray(found.customers, dtype=np.int64)
    return Lifetimes(
        method=method,
        horizon=_horizon(picture),
        currency=picture.currency,
        customer=customer,
        term=np.full(len(customer), -1),
        value=values.value,
        low=values.low,
        high=values.high,
        alive=alive(buying, found.histories),
        total=values.total,
        curve={"r": buying.r, "alpha_weeks": buying.alpha_weeks, "a": buying.a, "b": buying.b},
    )
