"""What a measure is: its words, how it is computed, and who stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from arbiter.metrics.picture.columns import Column, Mask, Table
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.rules import BusinessModel, months_before
from arbiter.science.estimate import NOBODY, Estimate
from arbiter.science.value import coverage

LEADING, TRAILING = "leading", "trailing"
OURS, THEIRS = "ours", "theirs"
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Part:
    """A kind of customers behind a measure, and what to do about them next.

    `step` is a code, empty for none; `step_label` its words. `value` says what stands beside each name:
    "money", "days", "answer" or nothing.
    """

    kind: str
    label: str
    step: str = ""
    step_label: str = ""
    value: str = ""


@dataclass(frozen=True)
class Listed:
    """Customers by their places, the most telling first, and a value of each (NaN for unknown)."""

    customer: Column
    value: Column


@dataclass(frozen=True)
class Found:
    """What a measure came to. `count` is the k of a share k of n; `behind` lists customers by part."""

    estimate: Estimate
    count: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    currency: str = ""
    behind: Mapping[str, Listed] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """A measure of the catalogue.

    `timing` tells whether it moves before the money does, `side` whether it is the customers' word or our
    own count, `better` which way is good. `kind` is how its value is shown; `base` names what n counts.
    `method` changes when the way of computing does. `judged_as` is what science calls it where it says
    which measures fit a way of doing business; without it the measure fits everywhere, or in `only`.
    """

    name: str
    title: str
    question: str
    formula: str
    group: str
    compute: Callable[[Picture], Found]
    doc: str
    method: str
    kind: str = "percent"
    unit: str = ""
    digits: int | None = None
    timing: str = TRAILING
    side: str = OURS
    better: str = UP
    base: str = "customers"
    parts: tuple[Part, ...] = ()
    judged_as: str = ""
    only: BusinessModel | None = None

    def fits(self, model: BusinessModel) -> bool:
        """Say whether it says anything in a way of doing business."""
        if self.only is not None:
            return model == self.only
        return not self.judged_as or model.told.measures[self.judged_as].fits


def counted(count: int, n: int, nobody: str = NOBODY) -> Estimate:
    """Return k of n of all there are: a share without an interval, for nobody was left out."""
    return coverage(np.arange(n) < count) if n else Estimate.too_few(0, nobody)


def listed(which: Mask, value: Column | None = None, *, least_first: bool = False) -> Listed:
    """List those of whom something holds, by a value of each, the greatest first; unknown ones last."""
    places = np.flatnonzero(which)
    beside = np.full(len(places), np.nan) if value is None else value[places].astype(float)
    order = np.argsort(beside if least_first else -beside, kind="stable")
    return Listed(places[order], beside[order])


def listed_rows(rows: Table, value: Column, customers: int) -> Listed:
    """List the customers of some rows by the sum of a value over them, the greatest first."""
    has = np.bincount(rows.customer, minlength=customers) > 0
    return listed(has, np.bincount(rows.customer, value, minlength=customers))


def by_amount(picture: Picture, base: Mask, known: Mask) -> dict[str, Any]:
    """Return the same share of the money: of what the base pays, how much do they pay of whom it holds?"""
    amount = picture.now.amount
    paying = base & ~np.isnan(amount) & (amount > 0)
    share = coverage(known[paying], amount=amount[paying]) if paying.any() else None
    return {
        "value": share.value if share else None,
        "amount": float(amount[paying & known].sum()),
        "total": float(amount[paying].sum()),
        "currency": picture.currency,
    }


def money_told(picture: Picture, terms: Table) -> dict[str, Any]:
    """Return in which currency money is told, and what is left out since its currency has no rate, for the details."""
    apart = [
        {"currency": each.currency, "contracts": each.contracts, "amount": each.amount}
        for each in picture.apart(terms)
    ]
    return {"currency": picture.currency, "left_out": apart}


def money_note(picture: Picture, terms: Table) -> str:
    """Say which money is left out; empty when none is."""
    found = picture.apart(terms)
    if not found:
        return ""
    named = ", ".join(
        f"{each.amount:,.0f} {each.currency} ({_contracts(each.contracts)})" for each in found
    )
    return f"Left out for want of a rate into {picture.currency}: {named}."


def with_range(told: Estimate) -> dict[str, float | None]:
    """Return a value with its range, for the details."""
    return {"value": told.value, "low": told.low, "high": told.high}


def sentences(*parts: str) -> str:
    """Join what there is to say."""
    return " ".join(part for part in parts if part)


def period_months(picture: Picture) -> int:
    """Return how far a measure of a period looks back: a year, or a month where all is monthly."""
    return picture.business_model.told.period_months


def period_start(picture: Picture, months: int | None = None) -> date:
    """Return the day at whose end the period begins."""
    return months_before(picture.today, period_months(picture) if months is None else months)


def _contracts(count: int) -> str:
    return "1 contract" if count == 1 else f"{count} contracts"
