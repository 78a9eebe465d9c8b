"""Who is still there after so much time: the steps of a curve, how they are said, and their table."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from arbiter.ui.charts import plot
from arbiter.ui.charts.figures import Reading, fixed, known
from arbiter.ui.charts.tables import Cell, Column, Table, table
from arbiter.ui.items import value_of
from arbiter.ui.wording import Number

SHARES = Reading("percent")
_STEPS = {
    "months": (1, 2, 3, 6, 12, 24, 36, 60, 120),
    "days": (1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730),
}
_MARKS_MOST = 7


@dataclass(frozen=True)
class Step:
    """What is known from a time on: the share that is still there, with its range, and how many could still leave."""

    time: float
    survival: float
    low: float | None = None
    high: float | None = None
    at_risk: float | None = None
    events: float = 0.0
    censored: float = 0.0


@dataclass(frozen=True)
class Curve:
    name: str
    steps: tuple[Step, ...]
    look: str

    def at(self, time: float) -> Step:
        """The step that stands at a time."""
        return [step for step in self.steps if step.time <= time][-1]

    def at_risk(self, time: float) -> float | None:
        """How many could still leave just before a time; not known beyond the last step."""
        later = [step for step in self.steps if step.time >= time]
        return later[0].at_risk if later else None

    @property
    def median(self) -> float | None:
        """When half has left; None while more than half is still there."""
        return next((step.time for step in self.steps if step.survival <= 0.5), None)


@dataclass(frozen=True)
class Survival:
    """The curves, their time axis and their words."""

    curves: tuple[Curve, ...]
    unit: str = "months"
    name: str = ""
    rising: bool = False
    until: Number | None = None
    median: bool = True
    happened: str = "left"

    @property
    def end(self) -> float:
        given = known(self.until)
        last = max((each.steps[-1].time for each in self.curves if each.steps), default=0.0)
        return given if given is not None and given > 0 else last or 1.0

    @property
    def marks(self) -> list[float]:
        """Round times on the axis, from 0."""
        steps = _STEPS.get(self.unit, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000))
        step = next((step for step in steps if self.end / step < _MARKS_MOST), steps[-1])
        return [float(at * step) for at in range(int(self.end / step) + 1)]

    def said(self, survival: float | None) -> float | None:
        """The share as the chart tells it: still there, or gone so far."""
        return survival if survival is None or not self.rising else 1 - survival

    def after(self, time: float) -> str:
        return f"{fixed(time, 0 if time.is_integer() else 1)} {self.unit}"

    @property
    def tells_at_risk(self) -> bool:
        return any(step.at_risk is not None for each in self.curves for step in each.steps)


def curves_of(given: Any) -> tuple[Curve, ...]:
    """Curves as pages hand them over: each with its steps, or one curve as its bare steps."""
    items = [{"steps": given}] if _is_columns(given) else list(given)
    if items and value_of(items[0], "steps") is None:
        items = [{"steps": items}]
    return tuple(_curve(item, at) for at, item in enumerate(items))


def sentence(chart: Survival) -> str:
    about = f"{chart.name}: " if chart.name else ""
    told = [_told(each, chart) for each in chart.curves if len(each.steps) > 1]
    return f"{about}{'; '.join(told)}." if told else f"{about}nothing is known yet."


def as_table(chart: Survival) -> Table:
    """The curves at round times."""
    columns = [
        Column("After"), Column("Line"), Column("So far" if chart.rising else "Still there", number=True),
        Column("Could be", number=True), Column("At risk", number=True), Column(chart.happened.capitalize(), number=True),
    ]  # fmt: skip
    many = len(chart.curves) > 1
    rows = [
        _row(each, time, chart, each.name if many else "")
        for time in chart.marks
        for each in chart.curves
        if each.steps
    ]
    return table(chart.name or "The chart's numbers", columns, rows)


def keys(chart: Survival) -> list[tuple[str, str]]:
    return [(each.look, each.name) for each in chart.curves] if len(chart.curves) > 1 else []


def between(step: Step, chart: Survival) -> str:
    ends = [chart.said(step.low), chart.said(step.high)]
    return SHARES.between(*(reversed(ends) if chart.rising else ends))


def _curve(item: Any, at: int) -> Curve:
    given = value_of(item, "steps")
    found = _from_columns(given) if _is_columns(given) else [_step(each) for each in given]
    steps = sorted(found, key=lambda step: step.time)
    if steps and steps[0].time > 0:
        steps.insert(0, Step(0.0, 1.0, 1.0, 1.0, steps[0].at_risk))
    look = str(value_of(item, "tone") or plot.LOOKS[min(at, len(plot.LOOKS) - 1)])
    return Curve(str(value_of(item, "name") or ""), tuple(steps), look)


def _is_columns(given: Any) -> bool:
    """A curve as an estimator gives it: one column for the times, one for the shares, and so on."""
    return value_of(given, "time") is not None and not isinstance(given, list | tuple)


def _from_columns(given: Any) -> list[Step]:
    """A step at each time at which it happened, and at each time at which watching ended for somebody."""
    names = ("time", "survival", "low", "high", "at_risk", "events")
    columns = (value_of(given, name) for name in names)
    steps = [Step(*map(float, row)) for row in zip(*columns, strict=True)]
    watched = value_of(given, "watched")
    if watched is None:
        return steps
    at_event = {step.time: step for step in steps}
    # The column's own way to a list is many times faster than one number after another.
    ended: Counter[float] = Counter(watched.ends.tolist())
    times = sorted(ended)
    placed, standing = [], Step(0.0, 1.0)
    for time, at_risk in zip(times, watched.at_risk(times), strict=True):
        standing = at_event.get(time, replace(standing, time=time, events=0.0))
        censored = ended[time] - standing.events
        placed.append(replace(standing, at_risk=float(at_risk), censored=censored))
    return placed


def _step(item: Any) -> Step:
    low, high, at_risk = (known(value_of(item, name)) for name in ("low", "high", "at_risk"))
    events, censored = (known(value_of(item, name)) or 0.0 for name in ("events", "censored"))
    return Step(
        float(value_of(item, "time")), float(value_of(item, "survival")), low, high, at_risk, events, censored,
    )  # fmt: skip


def _told(curve: Curve, chart: Survival) -> str:
    last = curve.at(chart.end)
    middle = "" if curve.median is None else f", half by {chart.after(curve.median)}"
    share_ = SHARES.say(chart.said(last.survival))
    word = "so far" if chart.rising else "still there"
    name = f"{curve.name} " if curve.name else ""
    ends = between(last, chart)
    could_be = f" ({ends})" if ends else ""
    return f"{name}{share_} {word} after {chart.after(chart.end)}{could_be}{middle}"


def _row(curve: Curve, time: float, chart: Survival, name: str) -> list[Cell | str]:
    step, at_risk = curve.at(time), curve.at_risk(time)
    happened = sum(each.events for each in curve.steps if each.time <= time)
    return [
        chart.after(time), name, SHARES.say(chart.said(step.survival)), between(step, chart),
        "" if at_risk is None else fixed(at_risk, 0), fixed(happened, 0),
    ]  # fmt: skip
