"""A measure over time: its points, how they are said, and their table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from arbiter.ui import wording
from arbiter.ui.charts import plot
from arbiter.ui.charts.figures import Figure, Reading, known
from arbiter.ui.charts.scales import Scale, TimeScale, moment
from arbiter.ui.charts.tables import Cell, Column, Table, table
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number


@dataclass(frozen=True)
class Point:
    """A measure on one day. Without a value the day is drawn as a gap."""

    at: date
    figure: Figure
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Series:
    """One line: its points in time, and the look that tells it from the others."""

    name: str
    points: tuple[Point, ...]
    look: str

    @property
    def runs(self) -> list[list[Point]]:
        """The stretches between the gaps."""
        grouped = groupby(self.points, key=lambda point: point.figure.value is not None)
        return [list(run) for is_known, run in grouped if is_known]

    @property
    def last(self) -> Point | None:
        return next(
            (point for point in reversed(self.points) if point.figure.value is not None), None
        )


@dataclass(frozen=True)
class Trend:
    """What is drawn, on which scale, and how it is said."""

    series: tuple[Series, ...]
    reading: Reading
    every: str = "month"
    target: Number | None = None
    target_label: str = "target"
    annotations: tuple[tuple[date, str], ...] = ()
    bottom: Number | None = None
    top: Number | None = None
    name: str = ""
    base: str = "n"
    size: str = ""

    @property
    def points(self) -> list[Point]:
        return [point for each in self.series for point in each.points]

    @property
    def scale(self) -> Scale:
        figures = [point.figure for point in self.points]
        seen = [end for each in figures for end in (each.value, each.low, each.high)]
        most = 4 if self.size else 6
        return Scale.over(
            [*seen, known(self.target)], low=known(self.bottom), high=known(self.top), most=most
        )

    @property
    def times(self) -> TimeScale:
        return TimeScale.over([point.at for point in self.points])

    def day(self, when: date) -> str:
        """A date as its period is called."""
        if self.every == "quarter":
            return f"Q{(when.month + 2) // 3} {when.year}"
        return {"month": f"{when:%b} {when.year}", "year": f"{when.year}"}.get(
            self.every, wording.day(when)
        )


def series_of(given: Iterable[Any]) -> tuple[Series, ...]:
    """Series as pages hand them over: each with its points, or one series as bare points."""
    items = list(given)
    if items and value_of(items[0], "points") is None:
        items = [{"points": items}]
    return tuple(_series(item, at) for at, item in enumerate(items))


def sentence(trend: Trend) -> str:
    """The chart in words: what each line starts and ends with, and how often nothing is known."""
    about = f"{trend.name}: " if trend.name else ""
    told = [text for each in trend.series if (text := _told(each, trend))]
    if not told:
        return f"{about}nothing is known yet."
    goal = (
        ""
        if known(trend.target) is None
        else (f" {trend.target_label.capitalize()}: {trend.reading.say(trend.target)}.")
    )
    return f"{about}{'; '.join(told)}.{goal}"


def as_table(trend: Trend) -> Table:
    """Every point with its range, how many stand behind it, and what is to be known about it."""
    columns = [
        Column("When"), Column("Line"), Column("Value", number=True), Column("Could be", number=True),
        Column(trend.base, number=True), Column("Note"),
    ]  # fmt: skip
    many = len(trend.series) > 1
    points = [(point, each) for each in trend.series for point in each.points]
    points.sort(key=lambda pair: moment(pair[0].at))
    rows = [_row(point, each.name if many else "", trend) for point, each in points]
    return table(trend.name or "The chart's numbers", columns, rows)


def keys(trend: Trend) -> list[tuple[str, str]]:
    """Which look is which line, where there is more than one."""
    return [(each.look, each.name) for each in trend.series] if len(trend.series) > 1 else []


def notes(trend: Trend) -> list[str]:
    return [f"{wording.day(when)}: {text}" for when, text in trend.annotations]


def _series(item: Any, at: int) -> Series:
    points = sorted((_point(each) for each in value_of(item, "points")), key=_when)
    look = str(value_of(item, "tone") or plot.LOOKS[min(at, len(plot.LOOKS) - 1)])
    return Series(str(value_of(item, "name") or ""), tuple(points), look)


def _point(item: Any) -> Point:
    note, url = value_of(item, "note"), value_of(item, "url")
    return Point(value_of(item, "at"), Figure.of(item), str(note or ""), str(url or ""))


def _when(point: Point) -> float:
    return moment(point.at)


def _told(series: Series, trend: Trend) -> str:
    known_points = [point for run in series.runs for point in run]
    if not known_points:
        return ""
    first, last = known_points[0], known_points[-1]
    missing = len(series.points) - len(known_points)
    gap = f", {missing} of {len(series.points)} not known" if missing else ""
    name = f"{series.name} " if series.name else ""
    start = first.figure.said(trend.reading)
    end = last.figure.sentence(trend.reading, base=trend.base)
    if first is last:
        return f"{name}{end} in {trend.day(last.at)}{gap}"
    return f"{name}from {start} in {trend.day(first.at)} to {end} in {trend.day(last.at)}{gap}"


def _row(point: Point, name: str, trend: Trend) -> list[Cell | str]:
    figure = point.figure
    said = "" if figure.value is None else figure.said(trend.reading)
    return [
        trend.day(point.at), name, Cell(said or "no data", point.url), figure.between(trend.reading),
        figure.shown_n, point.note,
    ]  # fmt: skip
