"""What customers are still worth, and who of those that never say goodbye is still there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from arbiter.metrics.measures import lifetimes
from arbiter.metrics.measures.lifetimes import Lifetimes
from arbiter.metrics.measures.measure import (
    Found,
    Measure,
    Part,
    listed,
    money_note,
    money_told,
    sentences,
)
from arbiter.metrics.picture.columns import days_of_moments
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.rules import BusinessModel
from arbiter.science.estimate import Estimate, proportion

GROUP = "value"
OF_REVENUE = "Of revenue: multiply by your margin for what it leaves."


def _lifetime_value(picture: Picture) -> Found:
    found = lifetimes.of(picture)
    note = sentences(OF_REVENUE, money_note(picture, picture.open_terms))
    worth = np.bincount(found.customer, found.value, minlength=len(picture))
    return Found(
        found.total if found.refusal else replace(found.total, note=note),
        currency=picture.currency,
        details={
            "lifetime": _told(found, int((worth > 0).sum())),
            "money": money_told(picture, picture.open_terms),
        },
        behind={"valued": listed(worth > 0, worth)},
    )


def _told(found: Lifetimes, customers: int) -> dict[str, object]:
    return {
        "method": found.method,
        "horizon": found.horizon,
        "discount": lifetimes.DISCOUNT,
        "refusal": found.refusal,
        "customers": customers,
        "per_customer": float(found.value.sum()) / customers if customers else None,
        "curve": found.curve,
    }


def _still_active(picture: Picture) -> Found:
    found = lifetimes.of(picture)
    if found.refusal:
        return Found(Estimate.too_few(0, found.refusal))
    mean = float(found.alive.mean())
    everybody = np.full(len(picture), np.nan)
    everybody[found.customer] = found.alive
    note = "The mean of each buyer's chance; nobody says goodbye, so nobody is counted as lost."
    return Found(
        Estimate(mean, None, None, len(found.alive), note=note),
        behind={"likely_gone": listed(everybody < 0.5, everybody, least_first=True)},
    )


def _repeat_purchases(picture: Picture) -> Found:
    orders = picture.more["orders"]
    if not len(orders):
        return Found(Estimate.too_few(0, lifetimes.NO_ORDERS))
    # Orders of one day are one: who splits a basket did not come back.
    days = np.unique(np.stack([orders.customer, days_of_moments(orders["at"])]), axis=1)
    bought = np.bincount(days[0], minlength=len(picture))
    again = int((bought > 1).sum())
    return Found(
        proportion(again, int((bought > 0).sum())),
        count=again,
        behind={
            "bought_once": listed(bought == 1),
            "bought_again": listed(bought > 1, bought),
        },
    )


MEASURES = (
    Measure(
        name="lifetime_value",
        title="Residual value of today's customers",
        question="What are today's customers still worth to us, to a stated horizon?",
        formula="Σ over the periods ahead of amount × chance to be there ÷ (1 + discount)^time",
        group=GROUP,
        compute=_lifetime_value,
        doc="lifetime-value",
        method="lifetime-value/1",
        kind="money",
        base="contracts",
        parts=(Part("valued", "Expected to bring", value="money"),),
        judged_as="lifetime_value",
    ),
    Measure(
        name="still_active",
        title="Still active",
        question="What share of the buyers is still there, as far as their silence tells?",
        formula="mean over buyers of the chance to be still active (BG/NBD)",
        group=GROUP,
        compute=_still_active,
        doc="lifetime-value",
        method="still-active/1",
        base="buyers",
        parts=(Part("likely_gone", "Probably gone", "call", "Write to them", "answer"),),
        only=BusinessModel.ORDERS,
    ),
    Measure(
        name="repeat_purchase_rate",
        title="Repeat purchase rate",
        question="What share of the buyers came back and bought again?",
        formula="buyers with orders on two days or more ÷ buyers with an order",
        group=GROUP,
        compute=_repeat_purchases,
        doc="repeat-purchase-rate",
        method="repeat-purchase-rate/1",
        base="buyers",
        parts=(
            Part("bought_once", "Bought once", "re_ask_goal", "Ask what they wanted"),
            Part("bought_again", "Bought again", value="days"),
        ),
        only=BusinessModel.ORDERS,
    ),
)
