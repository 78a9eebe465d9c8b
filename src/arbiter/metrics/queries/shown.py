"""A measure in words: what a terminal or a line of text says of it."""

from __future__ import annotations

from dataclasses import dataclass

from arbiter.metrics.measures.measure import Found, Measure
from arbiter.science.estimate import Estimate
from arbiter.ui import wording


@dataclass(frozen=True)
class Shown:
    """The value, its interval and its base, each ready to read."""

    value: str
    interval: str
    base: str


def of(measure: Measure, found: Found) -> Shown:
    """Return a measure in words; of a base below twenty, counts in place of a percentage."""
    told = found.estimate
    if told.value is None:
        return Shown("not enough yet", "", told.note)
    value = _value(measure, found, told)
    interval = _interval(measure, found, told)
    return Shown(value, interval, f"n = {told.n:,} {wording.noun(told.n, measure.base)}")


def _value(measure: Measure, found: Found, told: Estimate) -> str:
    if measure.kind == "percent" and told.shows_counts and found.count is not None:
        return f"{found.count} of {told.n}"
    return _number(measure, found, told.value)


def _interval(measure: Measure, found: Found, told: Estimate) -> str:
    if told.low is None and told.high is None:
        return ""
    low, high = (_number(measure, found, end) for end in (told.low, told.high))
    return f"{low} to {high}"


def _number(measure: Measure, found: Found, value: float | None) -> str:
    if value is None:
        return "unknown"
    if measure.kind == "percent":
        return f"{value:.{measure.digits or 1}%}"
    if measure.kind == "points":
        return f"{value:+.0f}"
    if measure.kind == "money":
        return f"{value:,.0f} {found.currency}"
    return f"{value:,.{1 if measure.digits is None else measure.digits}f} {measure.unit}".strip()
