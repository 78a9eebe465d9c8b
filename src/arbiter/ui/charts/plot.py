"""The ground that charts with two axes stand on. Across in shares of the width, up in pixels: text never shrinks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString

from arbiter.ui.charts.figures import Reading
from arbiter.ui.charts.scales import Scale
from arbiter.ui.charts.svg import element, picture, share, words

Place = tuple[float, float]
LOOKS = ("first", "second", "third", "fourth")
_LINE_OF_TEXT = 14
_WIDE_WORD, _LONG_WORD = 6, 5
# A plot on a phone, and a letter of its small words.
_NARROWEST, _LETTER = 225, 6.2


@dataclass(frozen=True)
class Frame:
    """How high a plot is, and how much of it lies above the scale and below it."""

    height: int = 236
    top: int = 12
    foot: int = 22

    @property
    def floor(self) -> int:
        """Pixels from the top to the axis."""
        return self.height - self.foot

    def y(self, position: float) -> float:
        """Pixels from the top for a share of the scale."""
        return self.top + (1 - position) * (self.floor - self.top)

    def place(self, x: float, position: float) -> Place:
        return x, self.y(position)


_EMPTY = Frame(height=84)


def plot(*inside: str, label: str, frame: Frame, looks: Iterable[str] = ()) -> SafeString:
    """The drawing, with room for the words around it. The stylesheet gives the room."""
    names = " ".join(["plot", *(f"plot--{look}" for look in looks)])
    return picture(*inside, label=label, class_=names, height=frame.height)


def unknown(*, label: str) -> SafeString:
    """An empty plot that says so."""
    middle = _EMPTY.height / 2
    return plot(
        element("line", class_="plot__unknown", x1="0%", x2="100%", y1=middle, y2=middle),
        words("nothing is known yet", class_="plot__word", x="0%", y=middle - 8),
        label=label,
        frame=_EMPTY,
        looks=["bare"],
    )


def looks_of(scale: Scale, reading: Reading, *, ends: Sequence[str], named: bool) -> list[str]:
    """Where the words need more room than most: before the plot, behind it, and for the lines' names."""
    wide = any(len(reading.at_tick(tick, scale.step)) > _WIDE_WORD for tick in scale.ticks)
    long = any(len(end) > _LONG_WORD for end in ends)
    told = (("wide", wide), ("long", long), ("named", named))
    return [look for look, holds in told if holds]


def levels(frame: Frame, scale: Scale, reading: Reading) -> list[SafeString]:
    """A line across for each mark of the scale, with its word before it."""
    drawn = []
    for tick in scale.ticks:
        y = frame.y(scale.share(tick))
        drawn.append(element("line", class_="plot__level", x1="0%", x2="100%", y1=y, y2=y))
        shown = reading.at_tick(tick, scale.step)
        drawn.append(words(shown, class_="plot__word", x="0%", dx=-8, y=y + 4.0, text_anchor="end"))
    return drawn


def foot(frame: Frame, marks: Iterable[tuple[float, str]]) -> list[SafeString]:
    """The axis across with its marks."""
    y, given = frame.floor, list(marks)
    drawn = [element("line", class_="plot__axis", x1="0%", x2="100%", y1=y, y2=y)]
    drawn += [upright(at, y, y + 4, class_="plot__axis") for at, _ in given]
    return [*drawn, *row_of_words(given, y + 17)]


def row_of_words(marks: Sequence[tuple[float, str]], y: float) -> list[SafeString]:
    """Words below the axis. Those that a phone has no room for are left out there."""
    return [
        words(
            text,
            class_="plot__word" if fits else "plot__word plot__word--roomy",
            x=share(at),
            y=y,
            text_anchor=anchor(at),
        )
        for (at, text), fits in zip(marks, fitting(marks, width=_NARROWEST), strict=True)
    ]


def fitting(marks: Sequence[tuple[float, str]], *, width: float) -> list[bool]:
    """Which words can stand in a row of so many pixels without touching the one before."""
    fits, free = [], float("-inf")
    for at, text in marks:
        long = len(text) * _LETTER
        start = at * width - {"start": 0.0, "middle": long / 2, "end": long}[anchor(at)]
        fits.append(start >= free)
        if fits[-1]:
            free = start + long + _LETTER
    return fits


def anchor(at: float) -> str:
    """Words at the ends stay inside."""
    return "start" if at < 0.02 else "end" if at > 0.98 else "middle"


def layer(frame: Frame, *inside: str) -> SafeString:
    """A box whose width is 100, stretched over the plot: points of a path cannot be percentages."""
    return element(
        "svg", *inside, viewBox=f"0 0 100 {frame.height}", preserveAspectRatio="none", width="100%", height=frame.height,
        overflow="visible",
    )  # fmt: skip


def line(places: Sequence[Place], *, class_: str) -> SafeString:
    return element(
        "polyline", class_=class_, points=_points(places), vector_effect="non-scaling-stroke"
    )


def band(low: Sequence[Place], high: Sequence[Place], *, class_: str) -> SafeString:
    """The area between two lines over the same stretch."""
    return element("polygon", class_=class_, points=_points([*low, *reversed(high)]))


def dot(x: float, y: float, *, class_: str, r: float = 2.5) -> SafeString:
    return element("circle", class_=class_, cx=share(x), cy=y, r=r)


def upright(x: float, low: float, high: float, *, class_: str) -> SafeString:
    return element("line", class_=class_, x1=share(x), x2=share(x), y1=low, y2=high)


def level_line(frame: Frame, position: float, text: str, *, class_: str) -> list[SafeString]:
    """A dashed line across with its word on it, such as a target."""
    y = frame.y(position)
    above = y - 5 if y > frame.top + _LINE_OF_TEXT else y + 13
    return [
        element("line", class_=class_, x1="0%", x2="100%", y1=y, y2=y),
        words(text, class_="plot__word plot__word--halo", x="0%", dx=4, y=above),
    ]


def end_words(ends: Sequence[tuple[float, float, str, str]], *, floor: float) -> list[SafeString]:
    """What each line is, at its end: (x, y, value, name). Kept a line of text apart."""
    heights = spread([y for _, y, _, _ in ends], least=_LINE_OF_TEXT, floor=floor)
    drawn = []
    for (x, _, shown, name), y in zip(ends, heights, strict=True):
        value = element("tspan", escape(shown), class_="plot__value")
        behind = element("tspan", escape(name), class_="plot__name", dx=5) if name else ""
        look = "plot__word plot__word--halo"
        drawn.append(element("text", value, behind, class_=look, x=share(x), dx=8, y=y + 4))
    return drawn


def word_above(shown: str, x: float, y: float) -> SafeString:
    value = element("tspan", escape(shown), class_="plot__value")
    look = "plot__word plot__word--halo"
    return element("text", value, class_=look, x=share(x), y=y - 10, text_anchor=anchor(x))


def moment(
    frame: Frame, lines: Sequence[str], *, at: float, start: float, end: float
) -> SafeString:
    """An unseen column over a stretch of the axis: pointed at, it shows a guide and tells these lines."""
    title = element("title", escape("\n".join(lines)))
    column = element(
        "rect",
        class_="plot__column",
        x=share(start),
        width=share(end - start),
        y=0,
        height=frame.floor,
    )
    guide = upright(at, frame.top, frame.floor, class_="plot__guide")
    return element("g", title, column, guide, class_="plot__moment")


def spread(heights: Sequence[float], *, least: float, floor: float) -> list[float]:
    """The heights moved apart as little as needed, in their order, none below the floor."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for before, at in pairwise(order):
        placed[at] = max(placed[at], placed[before] + least)
    limit = floor
    for at in reversed(order):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - least
    return placed


def _points(places: Sequence[Place]) -> str:
    return " ".join(f"{x * 100:.2f},{y:.2f}" for x, y in places)
