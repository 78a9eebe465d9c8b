"""A measure as a tile: its value, how sure it is, how many stand behind it, whose word it is, and how it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from arbiter.ui.charts.figures import Figure, Reading, fixed, known
from arbiter.ui.charts.series import Trend, series_of
from arbiter.ui.charts.trend import spark
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number, noun

TIMINGS = {"": "", "trailing": "Trailing", "leading": "Leading"}
# Whose word a measure rests on, and the key that stands for it everywhere: solid, or striped.
SIDES = {"": ("", ""), "ours": ("Ours", "measured"), "theirs": ("Theirs", "ink")}


@dataclass(frozen=True)
class Measure:
    """What a tile tells. The figure comes as one `estimate`, or value by value."""

    label: str
    estimate: Any = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    n: Number | None = None
    count: Number | None = None
    effective_n: Number | None = None
    kind: str = "percent"
    currency: str = ""
    unit: str = ""
    digits: int | None = None
    base: str = "customers"
    formula: str = ""
    question: str = ""
    note: str = ""
    method_url: str = ""
    timing: str = ""
    side: str = ""
    points: Iterable[Any] | None = None
    target: Number | None = None
    url: str = ""
    names_url: str = ""
    names_text: str = "Names"
    action_url: str = ""
    action_text: str = ""
    level: int = 2

    def __post_init__(self) -> None:
        if self.timing not in TIMINGS or self.side not in SIDES:
            raise ValueError(
                f"A measure is trailing or leading, ours or theirs: {self.timing!r}, {self.side!r}."
            )

    @property
    def reading(self) -> Reading:
        return Reading(self.kind, self.currency, self.unit, self.digits)

    @property
    def figure(self) -> Figure:
        return Figure.of(self if self.estimate is None else self.estimate)

    @property
    def is_known(self) -> bool:
        return self.figure.value is not None

    @property
    def shown(self) -> str:
        return self.figure.said(self.reading) if self.is_known else "Not known yet"

    @property
    def between(self) -> str:
        return self.figure.between(self.reading)

    @property
    def shown_base(self) -> str:
        """How many stand behind it: 212 customers, 1 contract due."""
        n = self.figure.n
        return "" if n is None else f"{self.figure.shown_n} {noun(n, self.base)}"

    @property
    def shown_effective_n(self) -> str:
        """As how many equal ones they count, where a few weigh more than the others."""
        given = known(self._told("effective_n"))
        n = self.figure.n
        return "" if given is None or (n is not None and given >= n - 0.5) else fixed(given, 0)

    @property
    def shown_note(self) -> str:
        return " ".join(filter(None, [str(value_of(self.estimate, "note") or ""), self.note]))

    @property
    def timing_word(self) -> str:
        return TIMINGS[self.timing]

    @property
    def side_word(self) -> str:
        return SIDES[self.side][0]

    @property
    def side_look(self) -> str:
        return SIDES[self.side][1]

    @property
    def is_explained(self) -> bool:
        return any(
            [self.formula, self.question, self.shown_note, self.shown_effective_n, self.method_url]
        )

    @property
    def drawing(self) -> SafeString:
        """Its way so far, where more than one point of it is known."""
        series = series_of(self.points or ())
        trend = Trend(series, self.reading, name=self.label, target=self.target, base=self.base)
        return (
            spark(trend)
            if sum(len(run) for each in series for run in each.runs) > 1
            else SafeString("")
        )

    def _told(self, name: str) -> Any:
        return getattr(self, name) if self.estimate is None else value_of(self.estimate, name)
