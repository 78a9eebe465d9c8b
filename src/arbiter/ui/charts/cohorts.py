"""Cohorts by age: a field for each, darker the higher its value; greyed when few stand behind it, empty when not there yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from arbiter.ui.charts.figures import Figure, Reading, fixed, known
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number

LEVELS = 5


@dataclass(frozen=True)
class Field:
    """One cohort at one age. `level` is 0 where too few stand behind the value, else 1 to 5."""

    shown: str
    n: str
    about: str
    level: int
    url: str = ""

    @property
    def is_few(self) -> bool:
        return self.level == 0


@dataclass(frozen=True)
class Cohort:
    label: str
    n: str
    url: str
    fields: tuple[Field | None, ...]


@dataclass(frozen=True)
class Shades:
    """From which value to which the fields grow darker, and from how many on they count."""

    low: float
    high: float
    few: int

    def level(self, figure: Figure) -> int:
        if figure.value is None or (figure.n is not None and figure.n < self.few):
            return 0
        if self.high <= self.low:
            return (LEVELS + 1) // 2
        position = (figure.value - self.low) / (self.high - self.low)
        return min(max(int(position * LEVELS), 0), LEVELS - 1) + 1


def shades(
    given: Iterable[Any], *, few: int, low: Number | None = None, high: Number | None = None
) -> Shades:
    """Over the values that enough stand behind, unless the ends are given."""
    figures = [
        Figure.of(cell) for item in given for cell in value_of(item, "cells") if cell is not None
    ]
    counted = [
        each.value
        for each in figures
        if each.value is not None and not (each.n is not None and each.n < few)
    ]
    bottom, top = known(low), known(high)
    return Shades(
        min(counted, default=0.0) if bottom is None else bottom, max(counted, default=1.0) if top is None else top, few,
    )  # fmt: skip


def cohorts_of(
    given: Iterable[Any], ages: Sequence[str], *, reading: Reading, shading: Shades
) -> list[Cohort]:
    """Each cohort with one field for each age; what is missing at the end is not there yet."""
    return [_cohort(item, ages, reading, shading) for item in given]


def _cohort(item: Any, ages: Sequence[str], reading: Reading, shading: Shades) -> Cohort:
    cells = list(value_of(item, "cells"))
    if len(cells) > len(ages):
        raise ValueError(f"A cohort has {len(cells)} fields for {len(ages)} ages.")
    cells += [None] * (len(ages) - len(cells))
    n = known(value_of(item, "n"))
    return Cohort(
        label=str(value_of(item, "label")),
        n="" if n is None else fixed(n, 0),
        url=str(value_of(item, "url") or ""),
        fields=tuple(_field(cell, reading, shading) for cell in cells),
    )


def _field(cell: Any, reading: Reading, shading: Shades) -> Field | None:
    if cell is None:
        return None
    figure = Figure.of(cell)
    if figure.value is None:
        return None
    shown = figure.said(reading)
    return Field(
        shown=shown,
        n="" if " of " in shown else figure.shown_n,
        about=figure.sentence(reading),
        level=shading.level(figure),
        url=str(value_of(cell, "url") or ""),
    )
