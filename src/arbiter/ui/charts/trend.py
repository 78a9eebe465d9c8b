"""A measure over time, drawn: a line with its range, breaks where nothing is known, the target dashed."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from django.utils.safestring import SafeString

from arbiter.ui.charts import plot
from arbiter.ui.charts.figures import Figure, known
from arbiter.ui.charts.plot import Frame, Place
from arbiter.ui.charts.scales import Scale, TimeScale, moment
from arbiter.ui.charts.series import Point, Series, Trend, sentence
from arbiter.ui.charts.svg import element, picture, share, words

_DOTS_MOST = 24
_HEIGHTS = {"": 236, "small": 168}
_ABOVE, _ABOVE_NUMBERED = 12, 26
_SPARK = Frame(height=46, top=5, foot=5)


@dataclass(frozen=True)
class _Ground:
    """Where a value on a day lies."""

    frame: Frame
    scale: Scale
    times: TimeScale

    def place(self, point: Point, value: float | None) -> Place:
        return self.times.share(point.at), self.y(value)

    def y(self, value: float | None) -> float:
        return self.frame.y(self.scale.share(value or 0.0))


def trend_chart(trend: Trend, *, label: str = "") -> SafeString:
    """Draw the lines over their dates."""
    about = label or sentence(trend)
    frame = Frame(_HEIGHTS[trend.size], top=_ABOVE_NUMBERED if trend.annotations else _ABOVE)
    if all(each.last is None for each in trend.series):
        return plot.unknown(label=about)
    ground = _Ground(frame, trend.scale, trend.times)
    inside = [
        *plot.levels(frame, ground.scale, trend.reading),
        *plot.foot(frame, ground.times.ticks()),
        *_gaps(trend, ground),
        *_annotations(trend, ground),
        *_target(trend, ground),
        *(part for each in reversed(trend.series) for part in _drawn(each, ground)),
        *_ends(trend, ground),
        *_moments(trend, ground),
    ]
    ends = [each.last.figure.said(trend.reading) for each in trend.series if each.last is not None]
    looks = plot.looks_of(ground.scale, trend.reading, ends=ends, named=len(trend.series) > 1)
    return plot.plot(*inside, label=about, frame=frame, looks=looks)


def spark(trend: Trend, *, label: str = "") -> SafeString:
    """The first line without its axes, for a tile. Empty while nothing is known."""
    first = trend.series[0] if trend.series else None
    if first is None or first.last is None:
        return SafeString("")
    ground = _Ground(_SPARK, trend.scale, trend.times)
    inside = _drawn(first, ground, dots=False)
    if known(trend.target) is not None:
        y = ground.y(known(trend.target))
        inside.insert(0, element("line", class_="plot__target", x1="0%", x2="100%", y1=y, y2=y))
    x, y = ground.place(first.last, first.last.figure.value)
    inside.append(plot.dot(x, y, class_=_dot_class(first.last, first.look), r=3))
    about = label or sentence(trend)
    return picture(*inside, label=about, class_="plot plot--bare", height=_SPARK.height)


def _drawn(series: Series, ground: _Ground, *, dots: bool = True) -> list[SafeString]:
    """Bands first, then lines, then dots: what is surest lies on top."""
    stretched: list[SafeString] = []
    marks: list[SafeString] = []
    for run in series.runs:
        values = [ground.place(point, point.figure.value) for point in run]
        stretched += _bands(run, series.look, ground)
        if len(values) > 1:
            stretched.append(plot.line(values, class_=f"plot__line plot__line--{series.look}"))
        marks += _whisker(run, series.look, ground)
        if len(run) == 1 or (dots and len(series.points) <= _DOTS_MOST):
            marks += [
                plot.dot(x, y, class_=_dot_class(point, series.look))
                for point, (x, y) in zip(run, values, strict=True)
            ]
    return [plot.layer(ground.frame, *stretched), *marks]


def _bands(run: list[Point], look: str, ground: _Ground) -> list[SafeString]:
    grouped = groupby(run, key=lambda point: _has_range(point.figure))
    stretches = [list(stretch) for has_range, stretch in grouped if has_range]
    return [
        plot.band(
            [ground.place(point, point.figure.low) for point in stretch],
            [ground.place(point, point.figure.high) for point in stretch],
            class_=f"plot__band plot__band--{look}",
        )
        for stretch in stretches
        if len(stretch) > 1
    ]


def _has_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None


def _whisker(run: list[Point], look: str, ground: _Ground) -> list[SafeString]:
    """A lonely point has no band: its range stands upright through it."""
    figure = run[0].figure
    if len(run) > 1 or not _has_range(figure):
        return []
    x = ground.times.share(run[0].at)
    class_ = f"plot__whisker plot__whisker--{look}"
    return [plot.upright(x, ground.y(figure.high), ground.y(figure.low), class_=class_)]


def _dot_class(point: Point, look: str) -> str:
    """Hollow where few customers stand behind it."""
    hollow = " plot__dot--few" if point.figure.is_of_few else ""
    return f"plot__dot plot__dot--{look}{hollow}"


def _gaps(trend: Trend, ground: _Ground) -> list[SafeString]:
    """The axis is broken where no line has anything to show."""
    y = ground.frame.floor
    days = sorted({moment(point.at): point.at for point in trend.points}.items())
    told = {moment(point.at) for point in trend.points if point.figure.value is not None}
    seen = [day for at, day in days if at in told]
    missing = {at for at, _ in days} - told
    pairs = pairwise(seen)
    return [
        element(
            "line", class_="plot__gap", x1=share(ground.times.share(before)), x2=share(ground.times.share(after)),
            y1=y, y2=y,
        )
        for before, after in pairs
        if any(moment(before) < at < moment(after) for at in missing)
    ]  # fmt: skip


def _annotations(trend: Trend, ground: _Ground) -> list[SafeString]:
    drawn = []
    for at, (when, _) in enumerate(trend.annotations, start=1):
        x = ground.times.share(when)
        drawn.append(plot.upright(x, 16, ground.frame.floor, class_="plot__event"))
        drawn.append(words(at, class_="plot__word", x=share(x), y=12, text_anchor=plot.anchor(x)))
    return drawn


def _target(trend: Trend, ground: _Ground) -> list[SafeString]:
    goal = known(trend.target)
    if goal is None:
        return []
    text = f"{trend.target_label} {trend.reading.say(goal)}"
    return plot.level_line(ground.frame, ground.scale.share(goal), text, class_="plot__target")


def _ends(trend: Trend, ground: _Ground) -> list[SafeString]:
    """What each line ends with; its name too, where there is more than one. Above it, where another goes on."""
    ends, above = [], []
    for each in trend.series:
        if each.last is None:
            continue
        x, y = ground.place(each.last, each.last.figure.value)
        said = each.last.figure.said(trend.reading)
        if x < 1 and len(trend.series) > 1:
            above.append(plot.word_above(said, x, y))
        else:
            ends.append((x, y, said, each.name if len(trend.series) > 1 else ""))
    return [*plot.end_words(ends, floor=ground.frame.floor), *above]


def _moments(trend: Trend, ground: _Ground) -> list[SafeString]:
    """For each date an unseen column that tells its numbers when pointed at."""
    by_day: dict[date, list[str]] = {}
    for each in trend.series:
        for point in each.points:
            by_day.setdefault(point.at, []).append(_hover(each, point, trend))
    days = sorted(by_day, key=moment)
    xs = [ground.times.share(day) for day in days]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(xs)), 1.0]
    return [
        plot.moment(ground.frame, [trend.day(day), *by_day[day]], at=x, start=start, end=end)
        for day, x, start, end in zip(days, xs, edges, edges[1:], strict=False)
    ]


def _hover(series: Series, point: Point, trend: Trend) -> str:
    name = f"{series.name}: " if series.name else ""
    if point.figure.value is None:
        return f"{name}no data"
    note = f" ({point.note})" if point.note else ""
    return f"{name}{point.figure.sentence(trend.reading, base=trend.base)}{note}"
