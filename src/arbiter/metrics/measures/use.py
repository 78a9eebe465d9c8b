"""Do the customers' people use what they have? Evidence beside the goals, never success."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from arbiter.metrics.measures.measure import (
    LEADING,
    OURS,
    Found,
    Measure,
    Part,
    listed,
    sentences,
)
from arbiter.metrics.picture.columns import Column
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.words import LATELY
from arbiter.science.adoption import seat_adoption, typical
from arbiter.science.estimate import Estimate

GROUP = "usage"
HALF = 0.5
NOTHING_COUNTED = "Of no customer are both the seats and the people on them known."
NOBODY_ACTIVE = "Nobody was active, or no feature has a name."


def _adoption(picture: Picture) -> Found:
    users, seats = _lately(picture, "users"), _seats(picture)
    base = picture.current & ~np.isnan(users) & (seats > 0)
    unknown = picture.current & ~base & (~np.isnan(users) | (seats > 0))
    behind = {"unknown": listed(unknown)}
    if not base.any():
        return Found(Estimate.too_few(0, NOTHING_COUNTED), behind=behind)
    on_seats = np.minimum(users[base], seats[base])
    told = seat_adoption(int(on_seats.sum()), int(seats[base].sum()))
    share = np.zeros(len(picture))
    share[base] = on_seats / seats[base]
    return Found(
        replace(told, note=sentences(_whose(int(base.sum())), _left_out(int(unknown.sum())))),
        count=int(on_seats.sum()),
        details={"customers": int(base.sum()), "unknown": int(unknown.sum())},
        behind=behind
        | {
            "below_half": listed(base & (share < HALF), share, least_first=True),
            "on_their_seats": listed(base & (share >= HALF), share),
        },
    )


def _breadth(picture: Picture) -> Found:
    share, users = _lately(picture, "breadth"), _lately(picture, "users")
    base = picture.current & ~np.isnan(share) & (users > 0)
    if not base.any():
        return Found(Estimate.too_few(0, NOBODY_ACTIVE))
    return Found(
        typical(share[base], most=1.0),
        behind={
            "below_half": listed(base & (share < HALF), share, least_first=True),
            "half_or_more": listed(base & (share >= HALF), share),
        },
    )


def _lately(picture: Picture, name: str) -> Column:
    """A number of each customer, by the newest count; NaN where it is not known."""
    told = np.full(len(picture), np.nan)
    rows = picture.more.get(LATELY)
    if rows is not None:
        told[rows.customer] = rows[name]
    return told


def _seats(picture: Picture) -> Column:
    """The seats of the terms that run on the day; 0 where none are on file."""
    terms = picture.terms
    runs = terms.where((terms["start"] <= picture.day) & (terms["end"] >= picture.day))
    return runs.per_customer(len(picture), runs["seats"].astype(float))


def _whose(customers: int) -> str:
    return (
        "The seats of one customer." if customers == 1 else f"The seats of {customers:,} customers."
    )


def _left_out(unknown: int) -> str:
    if not unknown:
        return ""
    return f"Left out, since their seats or their people are not known: {unknown:,}."


MEASURES = (
    Measure(
        name="adoption",
        title="Seats in use",
        question="Of the seats that are paid for, how many have somebody on them?",
        formula="people active in 28 days, at most as many as seats ÷ seats of the terms that run",
        group=GROUP,
        compute=_adoption,
        doc="adoption",
        method="adoption/1",
        timing=LEADING,
        side=OURS,
        base="seats",
        parts=(
            Part(
                "below_half", "Fewer than half of their seats in use", "talk", "Plan a conversation"
            ),
            Part("on_their_seats", "Half of their seats or more in use"),
            Part("unknown", "Seats or people not known"),
        ),
        judged_as="adoption",
    ),
    Measure(
        name="breadth",
        title="Features in use",
        question="Of the features you have named, how many does a customer that is active use?",
        formula="mean over active customers of (named features anybody used in 28 days ÷ named features)",
        group=GROUP,
        compute=_breadth,
        doc="adoption",
        method="breadth/1",
        timing=LEADING,
        side=OURS,
        parts=(
            Part(
                "below_half",
                "Fewer than half of the features in use",
                "talk",
                "Plan a conversation",
            ),
            Part("half_or_more", "Half of the features or more in use"),
        ),
    ),
)
