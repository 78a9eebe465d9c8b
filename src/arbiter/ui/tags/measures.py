"""Charts and tables of measures. Each tells its numbers in words too."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from arbiter.ui.charts import cohorts, curves, reliability, rows, series, waterfall
from arbiter.ui.charts.figures import Reading
from arbiter.ui.charts.measure_tile import Measure
from arbiter.ui.charts.states import ANSWERS
from arbiter.ui.charts.survival import survival_chart as draw_survival
from arbiter.ui.charts.trend import trend_chart as draw_trend
from arbiter.ui.charts.voices import Voices
from arbiter.ui.charts.voices import voices as draw_voices
from arbiter.ui.components import render
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number

register = template.Library()


@register.simple_tag(takes_context=True)
def trend_chart(
    context: Context,
    series_given: Iterable[Any],
    label: str = "",
    annotations: Iterable[Any] = (),
    **values: Any,
) -> SafeString:
    """`values`: kind, currency, unit, digits, and what `Trend` takes: every, target, target_label, bottom, top, name, base, size."""
    events = tuple(
        (value_of(each, "at"), str(value_of(each, "text"))) for each in annotations or ()
    )
    reading, others = _reading(values)
    trend = series.Trend(
        series.series_of(series_given or ()), reading, annotations=events, **others
    )
    shown = {
        "drawing": draw_trend(trend, label=label),
        "keys": series.keys(trend),
        "notes": series.notes(trend),
        "table": series.as_table(trend) if any(each.last for each in trend.series) else None,
        "size": trend.size,
    }
    return render(context, "trend_chart", shown)


@register.simple_tag(takes_context=True)
def survival_chart(
    context: Context, curves_given: Any, label: str = "", **values: Any
) -> SafeString:
    """`values`: what `Survival` takes: unit, name, rising, until, median, happened."""
    chart = curves.Survival(
        curves.curves_of(() if curves_given in (None, "") else curves_given), **_given(values)
    )
    shown = {
        "drawing": draw_survival(chart, label=label),
        "keys": curves.keys(chart),
        "table": curves.as_table(chart),
    }
    return render(context, "survival_chart", shown)


@register.simple_tag(takes_context=True)
def reliability_chart(
    context: Context, bins: Iterable[Any], label: str = "", **values: str
) -> SafeString:
    """`values`: outcome, name."""
    chart = reliability.Reliability(reliability.bins_of(bins or ()), **_given(values))
    drawing = reliability.reliability_chart(chart, label=label)
    shown = {"drawing": drawing, "table": reliability.as_table(chart)}
    return render(context, "reliability_chart", shown)


@register.simple_tag(takes_context=True)
def interval_plot(
    context: Context,
    given: Iterable[Any],
    reference: Number | None = None,
    reference_label: str = "",
    low: Number | None = None,
    high: Number | None = None,
    **values: Any,
) -> SafeString:
    """`values`: kind, currency, unit, digits; name_label, value_label, n_label, caption."""
    reading, words = _reading({"kind": "number", "digits": 2, **values})
    found = rows.rows_of(given, reading)
    axis = rows.interval_axis(
        found, reading, reference=reference, reference_label=reference_label, low=low, high=high
    )
    drawn = [replace(row, drawing=rows.whisker(row, axis)) for row in found]
    return _row_plot(context, drawn, axis, words)


@register.simple_tag(takes_context=True)
def bar_table(
    context: Context,
    given: Iterable[Any],
    reference: Number | None = None,
    reference_label: str = "",
    high: Number | None = None,
    **values: Any,
) -> SafeString:
    """`values`: kind, currency, unit, digits; name_label, value_label, n_label, caption."""
    reading, words = _reading(values)
    found = rows.rows_of(given, reading)
    axis = rows.bar_axis(
        found, reading, reference=reference, reference_label=reference_label, high=high
    )
    drawn = [replace(row, drawing=rows.bar(row, axis)) for row in found]
    return _row_plot(context, drawn, axis, words)


@register.simple_tag(takes_context=True)
def answer_rates(
    context: Context,
    given: Iterable[Any],
    base: Number | None = None,
    base_label: str = "all",
    **values: Any,
) -> SafeString:
    """All five answers in their order with the rate behind each. `values`: value_label, n_label, caption."""
    by_answer = {value_of(item, "answer"): item for item in given}
    unknown = set(by_answer) - set(ANSWERS)
    if unknown:
        raise ValueError(f"There is no answer {', '.join(map(str, unknown))}.")
    five = [by_answer.get(key, {"answer": key, "n": 0}) for key in ANSWERS]
    words = {"name_label": "They said", "value_label": "Renewed", **_given(values)}
    return bar_table(context, five, reference=base, reference_label=base_label, **words)


@register.simple_tag(name="waterfall", takes_context=True)
def waterfall_table(
    context: Context,
    start: Number,
    steps: Iterable[Any],
    start_label: str = "Start",
    end_label: str = "End",
    start_url: str = "",
    end_url: str = "",
    **values: Any,
) -> SafeString:
    """`values`: kind, currency, unit, digits; name_label, value_label, n_label, caption."""
    reading, words = _reading({"kind": "money", **values})
    found = waterfall.steps_of(
        start,
        steps,
        start_label=start_label,
        end_label=end_label,
        start_url=start_url,
        end_url=end_url,
    )
    axis = waterfall.waterfall_axis(found, reading)
    labels = {"n_label": "Customers", "value_label": "Of the start", **words}
    return _row_plot(context, waterfall.waterfall_rows(found, axis), axis, labels)


@register.simple_tag(takes_context=True)
def cohort_table(
    context: Context,
    given: Iterable[Any],
    ages: Sequence[str],
    few: int = 5,
    low: Number | None = None,
    high: Number | None = None,
    **values: Any,
) -> SafeString:
    """`values`: kind, currency, unit, digits; name_label, n_label, caption."""
    reading, words = _reading(values)
    items = list(given)
    shading = cohorts.shades(items, few=few, low=low, high=high)
    shown = {
        "cohorts": cohorts.cohorts_of(items, ages, reading=reading, shading=shading),
        "ages": ages,
        "few": few,
        "levels": range(1, cohorts.LEVELS + 1),
        "lowest": reading.say(shading.low),
        "highest": reading.say(shading.high),
        "name_label": "Started",
        "n_label": "n",
        "caption": "Cohorts by age",
        **words,
    }
    return render(context, "cohort_table", shown)


@register.simple_tag(takes_context=True)
def voices(
    context: Context,
    answer: str = "never_asked",
    belief: Number | None = None,
    forecast: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    size: str = "",
    **values: Any,
) -> SafeString:
    """`values`: said_by, said_at, believed_by, believed_at, forecast_at."""
    given = Voices(answer, belief, forecast, low, high)
    reading = Reading("percent")
    shown = {
        "given": given,
        "drawing": draw_voices(given, size=size),
        "size": size,
        "between": reading.between(low, high),
        **values,
    }
    return render(context, "voices", shown)


@register.simple_tag(takes_context=True)
def measure_tile(context: Context, label: str, **values: Any) -> SafeString:
    """Takes what `Measure` takes: estimate or value, low, high, n, count; kind, formula, timing, side, points and so on."""
    return render(context, "measure_tile", {"measure": Measure(label, **_given(values))})


def _row_plot(
    context: Context, found: Sequence[rows.Row], axis: rows.Axis, words: dict[str, Any]
) -> SafeString:
    shown = {
        "rows": found,
        "axis": axis.drawn(),
        "tells_n": any(row.figure.n is not None for row in found),
        "name_label": "",
        "value_label": "",
        "n_label": "n",
        "caption": "",
        **words,
    }
    return render(context, "row_plot", shown)


def _reading(values: dict[str, Any]) -> tuple[Reading, dict[str, Any]]:
    """How the values are said, and the rest."""
    given = _given(values)
    told = {
        name: given.pop(name) for name in ("kind", "currency", "unit", "digits") if name in given
    }
    return Reading(**told), given


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What a page really has to say: a variable that is not there comes as an empty text, and leaves the default."""
    return {key: value for key, value in values.items() if value is not None and value != ""}
