"""Did it happen as often as forecast? A dot for each group of forecasts, its range, and the line where both agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from arbiter.ui.charts import plot
from arbiter.ui.charts.figures import Figure, Reading, known
from arbiter.ui.charts.plot import Frame
from arbiter.ui.charts.scales import Scale
from arbiter.ui.charts.svg import element, share, within, words
from arbiter.ui.charts.tables import Cell, Column, Table, table
from arbiter.ui.items import value_of

_READING = Reading("percent")
_SCALE = Scale(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
_AXIS = tuple((tick, _READING.at_tick(tick, 0.25)) for tick in _SCALE.ticks)
_FRAME = Frame(height=344, top=26, foot=84)
_BARS_TOP, _BARS = 44, 26
_LEAST_APART = 0.09


@dataclass(frozen=True)
class Bin:
    """Forecasts of about one size: what was forecast on average, and the share that came about."""

    forecast: float
    figure: Figure
    url: str = ""


@dataclass(frozen=True)
class Reliability:
    bins: tuple[Bin, ...]
    outcome: str = "renewed"
    name: str = "Forecast"

    @property
    def n(self) -> float:
        return sum(each.figure.n or 0 for each in self.bins)


def bins_of(given: Iterable[Any]) -> tuple[Bin, ...]:
    """Bins as pages hand them over, from the smallest forecast; those that nothing stands in are left out."""
    bins = [_bin(item) for item in given]
    return tuple(sorted(filter(None, bins), key=lambda each: each.forecast))


def reliability_chart(chart: Reliability, *, label: str = "") -> SafeString:
    """Draw the bins against the line on which forecast and share are equal."""
    about = label or sentence(chart)
    if not chart.bins:
        return plot.unknown(label=about)
    agreed = plot.line([_FRAME.place(0, 0), _FRAME.place(1, 1)], class_="plot__target")
    inside = [
        *plot.levels(_FRAME, _SCALE, _READING),
        *plot.foot(_FRAME, _AXIS),
        plot.layer(_FRAME, agreed),
        *_names(chart),
        *(part for each in chart.bins for part in _drawn(each)),
        *_counts(chart),
        *_moments(chart),
    ]
    return plot.plot(*inside, label=about, frame=_FRAME, looks=["square"])


def sentence(chart: Reliability) -> str:
    """How many of the ranges hold what was forecast, and which way the others lie."""
    if not chart.bins:
        return f"{chart.name}: nothing has been decided yet."
    held = [each for each in chart.bins if _holds(each)]
    missed = [
        f"{_READING.say(each.forecast)} forecast, {each.figure.sentence(_READING)}"
        for each in chart.bins
        if not _holds(each)
    ]
    others = f" Outside: {'; '.join(missed)}." if missed else ""
    return (
        f"{chart.name} against what happened: in {len(held)} of {len(chart.bins)} groups the range of the share "
        f"that {chart.outcome} holds the forecast.{others}"
    )


def as_table(chart: Reliability) -> Table:
    columns = [
        Column(chart.name), Column(chart.outcome.capitalize(), number=True), Column("Could be", number=True),
        Column("n", number=True),
    ]  # fmt: skip
    rows = [_row(each) for each in chart.bins]
    return table(f"{chart.name} and share that {chart.outcome}", columns, rows)


def _bin(item: Any) -> Bin | None:
    forecast, figure = known(value_of(item, "forecast")), Figure.of(item)
    if figure.value is None:
        happened = known(value_of(item, "happened"))
        figure = Figure(happened, figure.low, figure.high, figure.n, figure.count)
    if forecast is None or figure.value is None:
        return None
    return Bin(forecast, figure, str(value_of(item, "url") or ""))


def _holds(each: Bin) -> bool:
    low, high = each.figure.low, each.figure.high
    return low is None or high is None or low <= each.forecast <= high


def _row(each: Bin) -> list[Cell | str]:
    figure = each.figure
    return [
        Cell(_READING.say(each.forecast), each.url), figure.said(_READING), figure.between(_READING), figure.shown_n,
    ]  # fmt: skip


def _names(chart: Reliability) -> list[SafeString]:
    """What lies up and across, and what either side of the line means."""
    floor = _FRAME.floor
    return [
        words(f"share that {chart.outcome}", class_="plot__word", x="0%", y=12),
        words("more than forecast", class_="plot__word plot__word--faint", x="0%", dx=6, y=44),
        words("less than forecast", class_="plot__word plot__word--faint", x="100%", dx=-6, y=floor - 8, text_anchor="end"),
        words(chart.name.lower(), class_="plot__word", x="100%", y=floor + 34, text_anchor="end"),
    ]  # fmt: skip


def _drawn(each: Bin) -> list[SafeString]:
    x, figure = within(each.forecast), each.figure
    y = _FRAME.y(_SCALE.share(figure.value or 0.0))
    whisker = []
    if figure.low is not None and figure.high is not None:
        low, high = (_FRAME.y(_SCALE.share(end)) for end in (figure.low, figure.high))
        whisker = [plot.upright(x, high, low, class_="plot__whisker plot__whisker--forecast")]
    few = " plot__dot--few" if figure.is_of_few else ""
    return [*whisker, plot.dot(x, y, class_=f"plot__dot plot__dot--forecast{few}", r=4.5)]


def _counts(chart: Reliability) -> list[SafeString]:
    """How many stand in each bin: a bar below the axis, and its number where there is room."""
    most = max((each.figure.n or 0 for each in chart.bins), default=0)
    if not most:
        return []
    base, drawn, last = _FRAME.floor + _BARS_TOP + _BARS, [], -1.0
    for each in chart.bins:
        x, height = within(each.forecast), _BARS * (each.figure.n or 0) / most
        drawn.append(_bar(x, base, max(height, 1.0)))
        if x - last >= _LEAST_APART:
            shown = each.figure.shown_n
            drawn.append(
                words(
                    shown, class_="plot__word", x=share(x), y=base + 13, text_anchor=plot.anchor(x)
                )
            )
            last = x
    drawn.append(words("n", class_="plot__word", x="0%", dx=-8, y=base + 13, text_anchor="end"))
    return drawn


def _bar(x: float, base: float, height: float) -> SafeString:
    """A bar of fixed width cannot be placed by percentages, so it stands at the origin of a small box that can."""
    bar = element("rect", class_="plot__bar", x=-5, y=-height, width=10, height=height)
    return element("svg", bar, x=share(x), y=base, overflow="visible")


def _moments(chart: Reliability) -> list[SafeString]:
    xs = [within(each.forecast) for each in chart.bins]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(xs)), 1.0]
    return [
        plot.moment(
            _FRAME,
            [
                f"{chart.name} {_READING.say(each.forecast)}",
                f"{chart.outcome}: {each.figure.sentence(_READING)}",
            ],
            at=x,
            start=start,
            end=end,
        )
        for each, x, start, end in zip(chart.bins, xs, edges, edges[1:], strict=False)
    ]
