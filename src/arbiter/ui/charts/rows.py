"""Figures below one another on a common axis: dots with their whiskers, bars, or the steps from one sum to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from arbiter.ui.charts.figures import Figure, Reading, known
from arbiter.ui.charts.plot import anchor, fitting
from arbiter.ui.charts.scales import Scale
from arbiter.ui.charts.states import state
from arbiter.ui.charts.svg import element, share, words
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number

HEIGHT, _BAR, _DOT = 28, 10, 4.5
MIDDLE = HEIGHT / 2
# Lines along the axis go on beyond a row, so that the rows' pieces meet.
BEYOND = 12
_AXIS = 30
# A drawing between its columns.
_NARROWEST = 170
TICKS_MOST = 5
FEW_TO_SAY = "too few to say"


@dataclass(frozen=True)
class Row:
    """One figure with what stands around it."""

    label: str
    figure: Figure
    shown: str
    between: str
    url: str = ""
    note: str = ""
    detail: str = ""
    strong: bool = False
    few: bool = False
    answer: str = ""
    drawing: SafeString | None = None


@dataclass(frozen=True)
class Axis:
    """The scale that the rows share, and the line they are compared with."""

    scale: Scale
    reading: Reading
    reference: float | None = None
    reference_label: str = ""

    def drawn(self) -> SafeString:
        """The marks of the axis, and the name of its reference line above them."""
        called = [(self.scale.share(tick), self._called(tick)) for tick in self.scale.ticks]
        fits = fitting(called, width=_NARROWEST)
        marks = [_mark(*mark) for mark, is_room in zip(called, fits, strict=True) if is_room]
        above = []
        if self.reference is not None:
            at = self.scale.share(self.reference)
            text = f"{self.reference_label} {self.reading.say(self.reference)}".strip()
            look = "row-plot__word row-plot__word--strong"
            above = [
                words(text, class_=look, x=share(at), y=11, text_anchor=_side(at)),
                upright("row-plot__reference", at, 16, _AXIS + BEYOND),
            ]
        return row_picture(*marks, *above, height=_AXIS)

    def behind(self) -> list[SafeString]:
        """What each row stands on: faint marks and the reference line."""
        marks = [
            upright("row-plot__mark", self.scale.share(tick), -BEYOND, HEIGHT + BEYOND)
            for tick in self.scale.ticks
        ]
        if self.reference is not None:
            at = self.scale.share(self.reference)
            marks.append(upright("row-plot__reference", at, -BEYOND, HEIGHT + BEYOND))
        return marks

    def _called(self, tick: float) -> str:
        return self.reading.at_tick(tick, self.scale.step)


def rows_of(given: Iterable[Any], reading: Reading) -> list[Row]:
    return [_row(item, reading) for item in given]


def interval_axis(
    rows: Sequence[Row], reading: Reading, *, reference: Number | None, reference_label: str,
    low: Number | None, high: Number | None,
) -> Axis:  # fmt: skip
    """As much as the values, their ranges and the reference need."""
    line = known(reference)
    seen = [end for row in rows for end in (row.figure.value, row.figure.low, row.figure.high)]
    scale = Scale.over([*seen, line], low=known(low), high=known(high), most=TICKS_MOST)
    return Axis(scale, reading, line, reference_label)


def bar_axis(
    rows: Sequence[Row], reading: Reading, *, reference: Number | None, reference_label: str, high: Number | None
) -> Axis:  # fmt: skip
    """From nothing: a bar's length is its value."""
    line = known(reference)
    seen = [end for row in rows for end in (row.figure.value, row.figure.low, row.figure.high)]
    low = min([0.0, *(value for value in seen if value is not None)])
    most = known(high)
    top = max([low, *(value for value in [*seen, line] if value is not None)])
    if most is None and reading.kind == "percent" and 0.5 < top <= 1:
        most = 1.0
    scale = Scale.over(
        [*seen, line, low], low=low if low == 0 else None, high=most, most=TICKS_MOST
    )
    return Axis(scale, reading, line, reference_label)


def whisker(row: Row, axis: Axis) -> SafeString:
    """A dot on its range; dashed and hollow where there is too little to say."""
    look = " row-plot--few" if row.few else ""
    inside = axis.behind()
    figure, scale = row.figure, axis.scale
    if figure.low is not None and figure.high is not None:
        inside.append(
            level(f"row-plot__whisker{look}", scale.share(figure.low), scale.share(figure.high))
        )
    elif figure.value is None:
        inside.append(level("row-plot__nothing", 0.0, 1.0))
    if figure.value is not None:
        at = share(scale.share(figure.value))
        inside.append(element("circle", class_=f"row-plot__dot{look}", cx=at, cy=MIDDLE, r=_DOT))
    return row_picture(*inside, height=HEIGHT)


def bar(row: Row, axis: Axis) -> SafeString:
    """A bar from nothing to its value with the range on it; an answer's bar in that answer's colour."""
    inside, figure, scale = axis.behind(), row.figure, axis.scale
    if figure.value is None:
        return row_picture(*inside, level("row-plot__nothing", 0.0, 1.0), height=HEIGHT)
    look = f"segment segment--{state(row.answer).look}" if row.answer else "row-plot__bar"
    few = " row-plot__bar--few" if row.few else ""
    start, end = sorted((scale.share(0.0), scale.share(figure.value)))
    inside.append(block(f"{look}{few}", start, end))
    if figure.low is not None and figure.high is not None:
        low, high = scale.share(figure.low), scale.share(figure.high)
        inside.append(level("row-plot__range", low, high))
    return row_picture(*inside, height=HEIGHT)


def _row(item: Any, reading: Reading) -> Row:
    figure = Figure.of(item)
    answer = str(value_of(item, "answer") or "")
    few = value_of(item, "few")
    is_few = figure.is_of_few if few is None else bool(few)
    unsaid = FEW_TO_SAY if few else ("–" if figure.n == 0 or figure.value is None else "")
    return Row(
        label=str(value_of(item, "label") or (state(answer).word if answer else "")),
        figure=figure,
        shown=str(value_of(item, "shown") or unsaid or figure.said(reading)),
        between="" if few else figure.between(reading),
        strong=bool(value_of(item, "strong")),
        few=is_few,
        answer=answer,
        url=_words(item, "url"),
        note=_words(item, "note"),
        detail=_words(item, "detail"),
    )


def _words(item: Any, name: str) -> str:
    return str(value_of(item, name) or "")


def _mark(at: float, text: str) -> SafeString:
    return words(text, class_="row-plot__word", x=share(at), y=26, text_anchor=anchor(at))


def _side(at: float) -> str:
    return "start" if at < 0.15 else "end" if at > 0.85 else "middle"


def row_picture(*inside: str, height: int) -> SafeString:
    """Hidden from readers: the numbers stand beside it."""
    return element(
        "svg", *inside, class_="row-plot__drawing", width="100%", height=height, aria_hidden="true"
    )


def upright(class_: str, at: float, low: float, high: float) -> SafeString:
    return element("line", class_=class_, x1=share(at), x2=share(at), y1=low, y2=high)


def level(class_: str, start: float, end: float) -> SafeString:
    return element("line", class_=class_, x1=share(start), x2=share(end), y1=MIDDLE, y2=MIDDLE)


def block(class_: str, start: float, end: float, fill: str | None = None) -> SafeString:
    return element(
        "rect",
        class_=class_,
        x=share(start),
        width=share(end - start),
        y=MIDDLE - _BAR / 2,
        height=_BAR,
        rx=2,
        fill=fill,
    )
