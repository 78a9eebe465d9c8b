"""Counts, shares and scores as a page says them: below ten in the base no percentage and no score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arbiter.science.estimate import proportion
from arbiter.science.survey import Nps
from arbiter.ui import wording
from arbiter.voice.queries.responses import FEW_ANSWERS, Tally, Window

if TYPE_CHECKING:
    from arbiter.science.estimate import Estimate
    from arbiter.voice.queries.chosen import Chosen
    from arbiter.voice.queries.ratings import Series

QUESTIONS = {
    "intent": "Will you continue?",
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "goal": "What do you want?",
    "check_in": "Check-in",
    "custom": "Own question",
    "verdict": "Did you get it?",
}
ROLES = {
    "decision_maker": "Decision maker",
    "sponsor": "Sponsor",
    "procurement": "Procurement",
    "champion": "Champion",
    "user": "User",
    "other": "Other",
}
NOT_YET = "Too few to say"


@dataclass(frozen=True)
class Share:
    """A part of a whole in words, with its interval; counts alone where there are few."""

    shown: str
    between: str = ""


def share(count: int, whole: int, estimate: Estimate) -> Share:
    """Say a share: `34%` with `28–41%`, `5 of 8` of few, a dash of none."""
    if not whole:
        return Share("–")
    if whole < FEW_ANSWERS or estimate.value is None:
        return Share(f"{count} of {whole}")
    return Share(wording.percent(estimate.value), _between(estimate))


def rate(told: Tally) -> Share:
    """Say a response rate."""
    return share(told.due_answered, told.due, told.rate)


def rate_points(by_month: Any, window: Window) -> list[dict[str, Any]]:
    """The response rate of each month for a chart; a month with few is a gap, told in counts."""
    points = []
    for place, start in enumerate(window.starts):
        told = by_month.get(place, Tally())
        enough = told.due >= FEW_ANSWERS
        points.append(
            {
                "at": start,
                "value": told.rate.value if enough else None,
                "low": told.rate.low if enough else None,
                "high": told.rate.high if enough else None,
                "n": told.due,
                "count": told.due_answered,
                "note": "" if enough else f"{told.due_answered} of {told.due}",
            }
        )
    return points


@dataclass(frozen=True)
class Score:
    """One question on one scale: its score, its spread and its months, where a month has answers enough for one."""

    title: str
    sub: str
    kind: str
    shown: str
    between: str
    n: int
    formula: str
    points: list[dict[str, Any]]
    spread: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    mean: str = ""


def score(series: Series, window: Window, names: Any) -> Score:
    """Say what a series holds; `names` gives the address behind a band."""
    told, estimate = series.score(), series.estimate()
    is_nps = isinstance(told, Nps)
    enough = series.n >= FEW_ANSWERS
    mean = "" if isinstance(told, Nps) or not enough else _mean(told.mean)
    points = [_point(series, place, start) for place, start in enumerate(window.starts)]
    return Score(
        title=series.name or QUESTIONS[series.kind],
        sub=f"on {series.scale}" if not is_nps else "on 0-10",
        kind="points" if is_nps else "percent",
        shown=_score(estimate, points=is_nps) if enough else NOT_YET,
        between=_between(estimate, points=is_nps) if enough else "",
        n=series.n,
        formula="share of 9 and 10 less the share of 0 to 6, in points"
        if is_nps
        else "share of the best two answers of the scale",
        points=points if any(point["value"] is not None for point in points) else [],
        spread=[
            {"value": value, "count": series.whole[value]}
            for value in range(series.scale.lowest, series.scale.highest + 1)
        ],
        bands=_bands(told, names) if isinstance(told, Nps) else [],
        mean=mean,
    )


def chosen(told: Chosen) -> dict[str, Any]:
    """Say how many chose each answer, or where the middle of the numbers lies."""
    ends = told.ends
    return {
        "title": told.survey,
        "n": told.n,
        "rows": [
            {"label": label, "count": count, **_part(count, told.n)}
            for label, count in told.choices.items()
        ],
        "middle": wording.number(told.middle) if told.middle is not None else NOT_YET,
        "between": f"{wording.number(ends[0])} to {wording.number(ends[1])}" if ends else "",
        "is_number": bool(told.numbers),
        "is_few": told.n < FEW_ANSWERS,
    }


def _part(count: int, whole: int) -> dict[str, Any]:
    """A share with its interval; of few the count alone, which the table tells."""
    told = proportion(count, whole)
    return {"value": told.value, "low": told.low, "high": told.high, "n": whole}


def _point(series: Series, place: int, start: Any) -> dict[str, Any]:
    estimate = series.estimate(place)
    enough = estimate.n >= FEW_ANSWERS
    return {
        "at": start,
        "value": estimate.value if enough else None,
        "low": estimate.low if enough else None,
        "high": estimate.high if enough else None,
        "n": estimate.n,
        "note": "" if enough or not estimate.n else NOT_YET.lower(),
    }


def _bands(told: Nps, names: Any) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count, "url": names(band)}
        for label, count, band in (
            ("Promoters, 9 and 10", told.promoters, "promoter"),
            ("Passives, 7 and 8", told.passives, "passive"),
            ("Detractors, 0 to 6", told.detractors, "detractor"),
        )
    ]


def _score(estimate: Estimate, *, points: bool) -> str:
    if estimate.value is None:
        return NOT_YET
    return wording.signed(round(estimate.value)) if points else wording.percent(estimate.value)


def _between(estimate: Estimate, *, points: bool = False) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    if points:
        return f"{wording.signed(round(estimate.low))} to {wording.signed(round(estimate.high))}"
    return wording.percents(estimate.low, estimate.high)


def _mean(told: Estimate) -> str:
    if told.value is None:
        return ""
    between = (
        f", {told.low:.1f} to {told.high:.1f}"
        if told.low is not None and told.high is not None
        else ""
    )
    return f"Mean {told.value:.1f}{between}"
