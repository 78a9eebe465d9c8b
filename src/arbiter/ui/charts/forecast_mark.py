"""Our forecast on a line from 0 to 100 %: two nested bands, a dot, a small triangle where similar customers start."""

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.svg import element, picture, share, within, words
from arbiter.ui.wording import Number

_SMALL_WIDTH = 96
_AXIS = (
    (0.0, "0%", "start"),
    (0.25, "25%", "middle"),
    (0.5, "50%", "middle"),
    (0.75, "75%", "middle"),
    (1.0, "100%", "end"),
)


def forecast_mark(
    probability: Number | None,
    low: Number | None,
    high: Number | None,
    *,
    inner_low: Number | None = None,
    inner_high: Number | None = None,
    base: Number | None = None,
    size: str = "",
) -> SafeString:
    """Draw the mark, wide with its axis or 96 px for a table."""
    small = size == "small"
    middle = 8 if small else 16
    label = sentence(probability, low, high, base=base)
    inside = [element("line", class_="forecast__line", x1="0%", x2="100%", y1=middle, y2=middle)]
    inside += [] if small else [_tick(at, middle) for at, _, _ in _AXIS]
    inside += _band("forecast__outer", low, high, middle, 6 if small else 8)
    inside += _band("forecast__inner", inner_low, inner_high, middle, 6 if small else 8)
    inside += _dot(probability, middle, 4 if small else 5) + _base(base, middle)
    inside += [] if small else [_word(*each) for each in _AXIS]
    return picture(
        *inside,
        label=label,
        class_="forecast",
        height=16 if small else 38,
        width=_SMALL_WIDTH if small else "100%",
    )


def sentence(
    probability: Number | None,
    low: Number | None,
    high: Number | None,
    *,
    base: Number | None = None,
) -> str:
    if probability in (None, ""):
        return "No forecast yet."
    start = "" if base in (None, "") else f" Similar customers: {wording.percent(base)}."
    between = "" if low in (None, "") else f", could be {wording.percents(low, high)}"
    return f"Our forecast: {wording.percent(probability)} likely to renew{between}.{start}"


def _band(
    class_: str, low: Number | None, high: Number | None, middle: int, height: int
) -> list[SafeString]:
    if low in (None, "") or high in (None, ""):
        return []
    start, end = within(float(low or 0)), within(float(high or 0))
    return [
        element(
            "rect", class_=class_, x=share(start), y=middle - height / 2, width=share(end - start), height=height,
            rx=height / 2,
        )
    ]  # fmt: skip


def _dot(probability: Number | None, middle: int, radius: int) -> list[SafeString]:
    if probability in (None, ""):
        return []
    return [
        element(
            "circle",
            class_="forecast__dot",
            cx=share(within(float(probability or 0))),
            cy=middle,
            r=radius,
        )
    ]


def _base(base: Number | None, middle: int) -> list[SafeString]:
    """A triangle cannot be placed by percentages, so it sits at the origin of a small box that can."""
    if base in (None, ""):
        return []
    triangle = element("path", class_="forecast__base", d="M-3.5 0h7L0 5z")
    top = middle - (8 if middle < 10 else 12)
    return [element("svg", triangle, x=share(within(float(base or 0))), y=top, overflow="visible")]


def _tick(at: float, middle: int) -> SafeString:
    return element(
        "line", class_="forecast__tick", x1=share(at), x2=share(at), y1=middle, y2=middle + 4
    )


def _word(at: float, text: str, anchor: str) -> SafeString:
    return words(text, class_="forecast__word", x=share(at), y=36, text_anchor=anchor)
