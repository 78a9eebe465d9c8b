"""Answers, bars and marks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from arbiter.ui.charts import five_states as fives
from arbiter.ui.charts import goal_track as tracks
from arbiter.ui.charts.contribution import contribution
from arbiter.ui.charts.forecast_mark import forecast_mark as draw_forecast
from arbiter.ui.charts.gap_bar import gap_bar as draw_gap
from arbiter.ui.charts.progress import progress as draw_progress
from arbiter.ui.charts.segment_bar import segment_bar as draw_segments
from arbiter.ui.charts.sparkline import Point
from arbiter.ui.charts.sparkline import sparkline as draw_sparkline
from arbiter.ui.charts.states import ANSWERS, SEALED, VERDICTS, state
from arbiter.ui.components import render
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number, percents, signed

register = template.Library()
_answers = {**ANSWERS, **SEALED}


@register.simple_tag(takes_context=True)
def answer_badge(
    context: Context, answer: str, text: str = "", compact: bool = False
) -> SafeString:
    return render(
        context, "answer_badge", {"state": _answers[answer], "text": text, "compact": compact}
    )


@register.simple_tag(takes_context=True)
def verdict_badge(
    context: Context, verdict: str, text: str = "", stale: bool = False, compact: bool = False
) -> SafeString:
    values = {"state": VERDICTS[verdict], "text": text, "stale": stale, "compact": compact}
    return render(context, "verdict_badge", values)


@register.simple_tag(takes_context=True)
def answer_dots(context: Context, people: Iterable[Any], most: int = 6) -> SafeString:
    everyone = [_person(each) for each in people]
    values = {"people": everyone[:most], "more": max(len(everyone) - most, 0)}
    return render(context, "answer_dots", values)


@register.simple_tag(takes_context=True)
def segment_bar(
    context: Context, states: Iterable[Any], label: str = "", size: str = ""
) -> SafeString:
    drawing = draw_segments(states, label=label, size=size)
    return render(context, "segment_bar", {"drawing": drawing, "size": size})


@register.simple_tag(takes_context=True)
def legend(context: Context, items: Iterable[tuple[str, str]]) -> SafeString:
    return render(context, "legend", {"items": [(state(key), text) for key, text in items]})


@register.simple_tag(takes_context=True)
def five_states(
    context: Context, states: list[Mapping[str, Any]], currency: str = ""
) -> SafeString:
    five = fives.standings(states, currency)
    in_money, in_customers = fives.bars(five)
    return render(
        context, "five_states", {"five": five, "in_money": in_money, "in_customers": in_customers}
    )


@register.simple_tag(takes_context=True)
def gap_bar(
    context: Context,
    said: Number | None = None,
    believed: Number | None = None,
    label: str = "",
    **shown: str,
) -> SafeString:
    """`shown`: said_shown, believed_shown – words in place of the percentages."""
    return render(context, "gap_bar", {"drawing": draw_gap(said, believed, label=label, **shown)})


@register.simple_tag(takes_context=True)
def goal_track(context: Context, **values: Any) -> SafeString:
    """Takes what `Track` takes: baseline, target, value, confirmed, plan, direction, unit, end, name, words."""
    track = tracks.Track(**{"baseline": None, "target": None, **values})
    return render(context, "goal_track", {"track": track, "drawing": tracks.goal_track(track)})


@register.simple_tag(takes_context=True)
def sparkline(
    context: Context,
    points: Sequence[Point],
    target: Number | None = None,
    confirmed: date | int | None = None,
    name: str = "",
    unit: str = "",
) -> SafeString:
    drawing = draw_sparkline(points, target=target, confirmed=confirmed, name=name, unit=unit)
    return render(context, "sparkline", {"drawing": drawing})


@register.simple_tag(takes_context=True)
def forecast_mark(
    context: Context,
    probability: Number | None,
    low: Number | None = None,
    high: Number | None = None,
    size: str = "",
    **more: Any,
) -> SafeString:
    """`more`: inner_low, inner_high, base."""
    drawing = draw_forecast(probability, low, high, size=size, **more)
    return render(context, "forecast_mark", {"drawing": drawing, "size": size})


@register.simple_tag(takes_context=True)
def forecast_cell(
    context: Context,
    probability: Number | None,
    low: Number | None = None,
    high: Number | None = None,
    **more: Any,
) -> SafeString:
    drawing = draw_forecast(probability, low, high, size="small", **more)
    between = "" if low in (None, "") else percents(low, high).rstrip("%")
    values = {"drawing": drawing, "probability": probability, "between": between}
    return render(context, "forecast_cell", values)


@register.simple_tag(takes_context=True)
def reasons(context: Context, items: Iterable[Any]) -> SafeString:
    given = [(item, float(value_of(item, "effect") or 0)) for item in items]
    largest = max((abs(effect) for _, effect in given), default=0.0)
    shown = [_reason(item, effect, largest) for item, effect in given]
    return render(context, "reasons", {"items": shown})


@register.simple_tag(takes_context=True)
def progress(
    context: Context, value: float | None = None, total: float | None = None, label: str = ""
) -> SafeString:
    values = {
        "value": value,
        "total": total,
        "label": label,
        "drawing": draw_progress(value, total),
    }
    return render(context, "progress", values)


def _reason(item: Any, effect: float, largest: float) -> dict[str, Any]:
    weak, unknown = bool(value_of(item, "weak")), bool(value_of(item, "unknown"))
    return {
        "label": value_of(item, "label"),
        "source": value_of(item, "source"),
        "weak": weak,
        "shown": value_of(item, "shown") or signed(effect),
        "drawing": contribution(effect, largest=largest, weak=weak, unknown=unknown),
    }


def _person(given: Any) -> dict[str, Any]:
    answer = _answers[value_of(given, "answer") or "never_asked"]
    about = ", ".join(filter(None, [value_of(given, "name"), value_of(given, "role")]))
    return {"state": answer, "about": f"{about}: {answer.word}" if about else answer.word}
