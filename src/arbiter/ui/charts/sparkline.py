"""A small line of results over time, with the target dashed and a dot where the customer confirmed."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.scales import moment
from arbiter.ui.charts.svg import element, picture, share, words
from arbiter.ui.wording import Number

Point = tuple[date, Number] | Number
_HEIGHT, _MARGIN = 52, 6


def sparkline(
    points: Sequence[Point],
    *,
    target: Number | None = None,
    confirmed: date | int | None = None,
    name: str = "",
    unit: str = "",
) -> SafeString:
    """Draw the results in their order and distance in time. Two are the least that make a line."""
    xs, ys = _places(points), [float(_value(point)) for point in points]
    about = sentence(ys, target=target, name=name, unit=unit)
    if not points:
        return picture(*_empty(), label=about, class_="spark", height=_HEIGHT)
    goal = None if target in (None, "") else float(target or 0)
    heights = _heights([*ys, *([goal] if goal is not None else [])])
    drawn = (
        [*_target(heights[-1]), *_line(xs, heights[: len(ys)])]
        if goal is not None
        else _line(xs, heights)
    )
    dots = [_dot("spark__last", xs[-1], heights[len(ys) - 1])]
    index = _index_of(points, confirmed)
    if index is not None:
        dots.insert(0, _dot("spark__confirmed", xs[index], heights[index]))
    return picture(*drawn, *dots, label=about, class_="spark", height=_HEIGHT)


def sentence(ys: list[float], *, target: Number | None, name: str, unit: str) -> str:
    subject = f"{name}: " if name else ""
    if not ys:
        return f"{subject}no results yet."
    towards = "" if target in (None, "") else f", target {wording.measured(target, unit)}"
    return (
        f"{subject}{len(ys)} results, from {wording.measured(ys[0], unit)} "
        f"to {wording.measured(ys[-1], unit)}{towards}."
    )


def _value(point: Point) -> Number:
    return point[1] if isinstance(point, tuple) else point


def _places(points: Sequence[Point]) -> list[float]:
    whens = [
        moment(point[0]) if isinstance(point, tuple) else float(at)
        for at, point in enumerate(points)
    ]
    if not whens or whens[0] == whens[-1]:
        return [1.0] * len(whens)
    return [(when - whens[0]) / (whens[-1] - whens[0]) for when in whens]


def _heights(values: list[float]) -> list[float]:
    """Pixels from the top; a sparkline need not start at zero."""
    low, high = min(values), max(values)
    room = _HEIGHT - 2 * _MARGIN
    if low == high:
        return [_HEIGHT / 2] * len(values)
    return [_MARGIN + room * (high - value) / (high - low) for value in values]


def _line(xs: list[float], heights: list[float]) -> list[SafeString]:
    """The line lives in its own stretched box: points of a polyline cannot be percentages."""
    if len(xs) < 2:
        return []
    path = " ".join(f"{x * 100:.2f},{y:.2f}" for x, y in zip(xs, heights, strict=True))
    line = element(
        "polyline", class_="spark__line", points=path, vector_effect="non-scaling-stroke"
    )
    return [
        element(
            "svg", line, viewBox=f"0 0 100 {_HEIGHT}", preserveAspectRatio="none", width="100%", height=_HEIGHT,
        )
    ]  # fmt: skip


def _target(height: float) -> list[SafeString]:
    word = height - 5 if height > _HEIGHT / 2 else height + 13
    return [
        element("line", class_="spark__target", x1="0%", x2="100%", y1=height, y2=height),
        words("target", class_="spark__word", x="0", y=word),
    ]


def _empty() -> list[SafeString]:
    middle = _HEIGHT / 2
    return [
        element("line", class_="spark__target", x1="0%", x2="100%", y1=middle, y2=middle),
        words("no results yet", class_="spark__word", x="0", y=middle - 6),
    ]


def _dot(class_: str, x: float, y: float) -> SafeString:
    return element("circle", class_=class_, cx=share(x), cy=y, r=3)


def _index_of(points: Sequence[Point], confirmed: date | int | None) -> int | None:
    """The confirmed point: by its place, or the last result known on the day of the confirmation."""
    if confirmed is None or isinstance(confirmed, int):
        return confirmed
    day = confirmed.toordinal()
    earlier = [
        at
        for at, point in enumerate(points)
        if isinstance(point, tuple) and point[0].toordinal() <= day
    ]
    return earlier[-1] if earlier else None
