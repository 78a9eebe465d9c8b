"""A measure as a tile of a page: its figure of the day, its way so far, and where its names are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from arbiter.metrics.queries.measures import Measure
from arbiter.ui import wording
from arbiter.ui.charts.figures import Figure as Said
from arbiter.ui.charts.figures import Reading

if TYPE_CHECKING:
    from arbiter.metrics.queries.snapshots import Figure
    from arbiter.workspace.metrics.choice import Choice


@dataclass(frozen=True)
class Tile:
    """A measure, its figure, and the points before it."""

    measure: Measure
    figure: Figure
    points: Sequence[Figure] = ()
    query: str = ""

    @property
    def kind(self) -> str:
        """How charts say its values: a duration is a number with a unit."""
        return "number" if self.measure.kind == "duration" else self.measure.kind

    @property
    def reading(self) -> Reading:
        """How its values are put into words."""
        return Reading(self.kind, self.figure.currency, self.measure.unit, self.measure.digits)

    @property
    def shown(self) -> str:
        """The value in words; of few, counts in place of a percentage."""
        found = Said.of(self.figure)
        return "Not known yet" if found.value is None else found.said(self.reading)

    @property
    def between(self) -> str:
        """The interval in words; empty where there is none."""
        return Said.of(self.figure).between(self.reading)

    @property
    def between_words(self) -> str:
        """The interval in a sentence's words; empty where there is none."""
        return f"could be {self.between}" if self.between else ""

    @property
    def base_count(self) -> str:
        """How many stand behind it."""
        return f"{self.figure.n:,}"

    @property
    def base_noun(self) -> str:
        """What stands behind it: contracts, and of one a contract."""
        return wording.noun(self.figure.n, self.measure.base)

    @property
    def weighs(self) -> str:
        """As how many equal ones they count, where a few weigh more than the others."""
        equal = self.figure.effective_n
        return f"{equal:,.0f}" if equal is not None and equal < self.figure.n - 0.5 else ""

    @property
    def url(self) -> str:
        """The page of the measure, with the choice kept."""
        return reverse("workspace:metrics-measure", args=[self.measure.name]) + self.query

    @property
    def names_url(self) -> str:
        """Where the customers behind it are; empty for a measure without names."""
        return f"{self.url}#behind" if self.measure.parts and self.figure.n else ""

    @property
    def points_shown(self) -> Sequence[Any]:
        """The way so far, where it has a value to lead to."""
        return self.points if self.figure.value is not None else ()


def of(
    measures: Sequence[Measure],
    board: Mapping[str, Figure],
    trends: Mapping[str, Sequence[Figure]],
    choice: Choice,
) -> list[Tile]:
    """Return a tile for each measure that was computed on the day."""
    return [
        Tile(each, board[each.name], trends.get(each.name, ()), choice.query)
        for each in measures
        if each.name in board
    ]
