"""What people answered on a scale: NPS, satisfaction and effort, each scale by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from arbiter.metrics.measures.measure import (
    THEIRS,
    Found,
    Listed,
    Measure,
    Part,
    sentences,
    with_range,
)
from arbiter.metrics.picture.columns import MICROSECONDS_A_DAY, Mask, Table
from arbiter.metrics.picture.picture import Picture
from arbiter.science.estimate import Estimate
from arbiter.science.survey import CES, CSAT, Nps, Ratings, Scale, nps, top_box

GROUP = "surveys"
WINDOW_DAYS = 365
NO_ANSWERS = "No answers in the last year."
DEFAULTS = {"csat": CSAT, "ces": CES}
EFFORT = Scale(1, 5, high_is_good=False)
"""The older effort question: 5 is much effort."""


def newest(table: Table, kind: str, picture: Picture) -> Table:
    """The last row of each person within a year, of one kind of question."""
    oldest = picture.moment - WINDOW_DAYS * MICROSECONDS_A_DAY
    rows = table.where((table["kind"] == kind) & (table["at"] >= oldest))
    # Rows come the oldest first, so the first seen from the end is a person's newest.
    _, last = np.unique(rows["contact"][::-1], return_index=True)
    keep = np.zeros(len(rows), bool)
    keep[len(rows) - 1 - last] = True
    return rows.where(keep)


def _asked(picture: Picture, kind: str, answers: Table) -> int:
    asked = newest(picture.asks, kind, picture)["contact"]
    return len(np.union1d(asked, answers["contact"]))


def _is_whole(values: Any, lowest: int, highest: int) -> Mask:
    return np.asarray((values >= lowest) & (values <= highest) & (values % 1 == 0))


def _score(picture: Picture) -> tuple[Nps, Table]:
    given = newest(picture.answers, "nps", picture)
    fit = given.where(_is_whole(given["value"], 0, 10))
    return nps(fit["value"], asked=_asked(picture, "nps", given)), fit


def _nps(picture: Picture) -> Found:
    told, fit = _score(picture)
    estimate = told.estimate if told.n else Estimate.too_few(0, NO_ANSWERS)
    return Found(
        estimate,
        details={
            "parts": {
                "promoters": told.promoters,
                "passives": told.passives,
                "detractors": told.detractors,
                "asked": told.asked,
                "margin": told.margin,
            },
        },
        behind={
            "detractors": _people(fit, fit["value"] <= 6),
            "passives": _people(fit, (fit["value"] > 6) & (fit["value"] < 9)),
            "promoters": _people(fit, fit["value"] >= 9),
        },
    )


def _nps_response_rate(picture: Picture) -> Found:
    told, fit = _score(picture)
    rate = told.response_rate
    asked = newest(picture.asks, "nps", picture)
    silent = asked.where(~np.isin(asked["contact"], fit["contact"]))
    return Found(
        rate if told.asked else Estimate.too_few(0, "Nobody was asked in the last year."),
        count=told.n,
        behind={"no_reply": _people(silent, np.ones(len(silent), bool))},
    )


def _ratings(kind: str) -> Callable[[Picture], Found]:
    def compute(picture: Picture) -> Found:
        given = newest(picture.answers, kind, picture)
        scales = _by_scale(kind, given)
        told = [(scale, *_rated(picture, kind, scale, rows)) for scale, rows in scales.items()]
        told.sort(key=lambda each: (-each[1].n, str(each[0])))
        if not told or not told[0][1].n:
            return Found(Estimate.too_few(0, NO_ANSWERS), details={"scales": []})
        scale, main, fit = told[0]
        others = sum(each.n for _, each, _ in told[1:])
        more = f"{others} answers on other scales are told apart." if others else ""
        note = sentences(f"Share of the best two on {main.top_two.note}.", more)
        return Found(
            replace(main.top_two, note=note),
            count=int(np.isin(fit["value"], scale.best_two).sum()),
            details={"scales": [_details(each) for _, each, _ in told]},
            behind={"low": _people(fit, ~np.isin(fit["value"], scale.best_two))},
        )

    return compute


def _by_scale(kind: str, given: Table) -> dict[Scale, Table]:
    """Answers by the scale they were given on; one that cannot be read is nobody's."""
    found: dict[Scale, Table] = {}
    texts = given["scale"]
    for text in np.unique(texts).tolist():
        scale = _scale(kind, text)
        if scale is not None and scale not in found:
            alike = [each for each in np.unique(texts).tolist() if _scale(kind, each) == scale]
            found[scale] = given.where(np.isin(texts, alike))
    return found


def _scale(kind: str, text: str) -> Scale | None:
    if not text:
        return DEFAULTS[kind]
    numbers, _, direction = text.partition(" ")
    try:
        read = Scale.parse(numbers, high_is_good=direction != "down")
    except ValueError:
        return None
    undirected = kind == "ces" and not direction
    older_effort = undirected and (read.lowest, read.highest) == (EFFORT.lowest, EFFORT.highest)
    return EFFORT if older_effort else read


def _rated(picture: Picture, kind: str, scale: Scale, rows: Table) -> tuple[Ratings, Table]:
    fit = rows.where(_is_whole(rows["value"], scale.lowest, scale.highest))
    return top_box(fit["value"], scale=scale), fit


def _details(told: Ratings) -> dict[str, Any]:
    return {
        "scale": str(told.scale),
        "n": told.n,
        "mean": _noted(told.mean),
        "top_two": _noted(told.top_two),
    }


def _noted(told: Estimate) -> dict[str, Any]:
    return {**with_range(told), "n": told.n, "note": told.note}


def _people(rows: Table, which: Mask) -> Listed:
    """The customers of those who answered so, the lowest answer first."""
    inside = rows.where(which)
    if not len(inside):
        return Listed(np.array([], dtype=np.int64), np.array([], dtype=float))
    value = inside.columns.get("value", np.zeros(len(inside)))
    order = np.argsort(value, kind="stable")
    customers, first = np.unique(inside.customer[order], return_index=True)
    back = np.argsort(first, kind="stable")
    shown = value[order][first][back] if "value" in inside.columns else np.full(len(back), np.nan)
    return Listed(customers[back], shown)


def _on_scales(kind: str, title: str, question: str) -> Measure:
    return Measure(
        name=kind,
        title=title,
        question=question,
        formula="answers in the best two of the scale ÷ answers, one scale at a time",
        group=GROUP,
        compute=_ratings(kind),
        doc="csat-and-ces",
        method=f"{kind}/1",
        side=THEIRS,
        base="people",
        parts=(Part("low", "Below the best two", "find_out", "Find out why", "answer"),),
    )


MEASURES = (
    Measure(
        name="nps",
        title="NPS",
        question="How many more would recommend us than would warn of us?",
        formula="% of 9–10 minus % of 0–6, of each person's newest answer within a year",
        group=GROUP,
        compute=_nps,
        doc="nps",
        method="nps/1",
        kind="points",
        side=THEIRS,
        base="people",
        parts=(
            Part("detractors", "Answered 0 to 6", "find_out", "Find out why", "answer"),
            Part("passives", "Answered 7 or 8", value="answer"),
            Part("promoters", "Answered 9 or 10", "ask_verdict", "Ask for a verdict", "answer"),
        ),
    ),
    Measure(
        name="nps_response_rate",
        title="NPS response rate",
        question="For how many of those asked does the score speak?",
        formula="people who answered within a year ÷ people who were asked or answered",
        group=GROUP,
        compute=_nps_response_rate,
        doc="nps",
        method="nps-response-rate/1",
        side=THEIRS,
        base="people",
        parts=(Part("no_reply", "Asked, no reply", "ask_again", "Ask again"),),
    ),
    _on_scales("csat", "CSAT", "How many are satisfied?"),
    _on_scales("ces", "CES", "How many found it easy?"),
)
