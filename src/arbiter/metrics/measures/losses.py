"""Losses told apart: whose doing, by whose will, and could they have been kept?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from arbiter.metrics.measures.measure import (
    DOWN,
    Found,
    Measure,
    Part,
    listed_rows,
    money_note,
    money_told,
    period_months,
    sentences,
)
from arbiter.metrics.measures.staying import due_terms
from arbiter.metrics.picture.columns import Mask, Table
from arbiter.metrics.picture.picture import Picture
from arbiter.science.retention import Losses, LossSplit, split_losses

GROUP = "standard"
AVOIDABLE = {1: True, 0: False, -1: None}


def _losses(picture: Picture) -> Table:
    """The contracts lost in the last year, or month: always a year, for a month holds too few."""
    due = due_terms(picture, max(12, period_months(picture)))
    return due.where(due["known"] & due["churned"])


def _split(lost: Table) -> LossSplit:
    return split_losses(
        lost["cause"].tolist(),
        [AVOIDABLE[flag] for flag in lost["avoidable"].tolist()],
        np.nan_to_num(lost["amount"]),
    )


def _part(
    pick: Callable[[LossSplit], Losses], whose: Callable[[Table], Mask]
) -> Callable[[Picture], Found]:
    def compute(picture: Picture) -> Found:
        lost = _losses(picture)
        split = _split(lost)
        part = pick(split)
        inside = lost.where(whose(lost))
        note = sentences("Over the last 12 months.", part.share.note, money_note(picture, lost))
        return Found(
            replace(part.share, note=note),
            count=part.count,
            currency=picture.currency,
            details={
                "parts": {
                    way: _told(getattr(split, way))
                    for way in ("by_will", "by_cause", "by_avoidability")
                },
                "by_amount": {
                    "value": part.amount_share.value,
                    "amount": part.amount,
                    "total": split.amount,
                    "currency": picture.currency,
                },
                "money": money_told(picture, lost),
            },
            behind={"lost": listed_rows(inside, inside["amount"], len(picture))},
        )

    return compute


def _told(parts: Mapping[str, Losses]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "count": part.count,
            "amount": part.amount,
            "share": part.share.value,
            "low": part.share.low,
            "high": part.share.high,
            "n": part.share.n,
        }
        for name, part in parts.items()
    ]


def _cause(*causes: str) -> Callable[[Table], Mask]:
    return lambda lost: np.isin(lost["cause"], causes)


def _measure(
    name: str,
    title: str,
    question: str,
    formula: str,
    compute: Callable[[Picture], Found],
    *,
    step: tuple[str, str] = ("learn", "Find out why"),
) -> Measure:
    return Measure(
        name=name,
        title=title,
        question=question,
        formula=formula,
        group=GROUP,
        compute=compute,
        doc="churn-causes",
        method="churn-causes/1",
        better=DOWN if name != "losses_external" else "",
        base="lost contracts",
        parts=(Part("lost", title, *step, "money"),),
        judged_as="survival",
    )


MEASURES = (
    _measure(
        "losses_voluntary",
        "Losses by their will",
        "How many left because they wanted to?",
        "contracts lost for a cause of ours or an external one ÷ contracts lost in 12 months",
        _part(lambda split: split.by_will["voluntary"], _cause("ours", "external")),
    ),
    _measure(
        "losses_involuntary",
        "Losses without their will",
        "How many were lost to a payment that failed?",
        "contracts lost for a failed payment ÷ contracts lost in 12 months",
        _part(lambda split: split.by_will["involuntary"], _cause("payment")),
        step=("call", "Call about the payment"),
    ),
    _measure(
        "losses_avoidable",
        "Avoidable losses",
        "How many could have been kept?",
        "contracts lost that were judged avoidable ÷ contracts lost in 12 months",
        _part(
            lambda split: split.by_avoidability["avoidable"], lambda lost: lost["avoidable"] == 1
        ),
    ),
    _measure(
        "losses_external",
        "Losses for external causes",
        "How many left for reasons that were not ours?",
        "contracts lost for an external cause ÷ contracts lost in 12 months",
        _part(lambda split: split.by_cause["external"], _cause("external")),
    ),
)
