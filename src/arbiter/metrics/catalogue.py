"""The catalogue: every measure, in the order in which they are shown. Parts above add their own.

Outcomes come first; the standard measures follow. A measure that another part registers may need rows of
that part: it brings a `Source`, which is asked once for all moments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from arbiter.metrics.measures import (
    link,
    losses,
    outcomes,
    revenue,
    staying,
    surveys,
    times,
    use,
    value,
    voices,
)
from arbiter.metrics.measures.measure import Measure
from arbiter.metrics.picture.columns import Column, Table


@dataclass(frozen=True)
class Group:
    """Measures that are shown together."""

    name: str
    title: str
    lead: str


GROUPS = (
    Group("outcomes", "Outcomes", "What customers want, what they got, and what they told us."),
    Group(
        "standard", "Retention and revenue", "Our own metrics, trailing: what has already happened."
    ),
    Group("time", "Time", "How long it takes, and how long they stay."),
    Group(
        "usage", "Usage", "What people do with the product. Evidence beside goals, never success."
    ),
    Group("surveys", "Surveys", "Answers on a scale. None of them is a gate."),
    Group("value", "Value", "What is still to come, and how sure it is."),
)

Source = Callable[[Sequence[datetime], Column], Sequence[Table]]
"""Asked with the moments and the ids of all customers in order: one table per moment, its `customer` a
place among the ids."""

_OURS: tuple[Measure, ...] = (
    *outcomes.MEASURES,
    *voices.MEASURES,
    *staying.MEASURES,
    *revenue.MEASURES,
    *losses.MEASURES,
    *link.MEASURES,
    *surveys.MEASURES,
    *times.MEASURES,
    *use.MEASURES,
    *value.MEASURES,
)
_added: dict[str, Measure] = {}
_sources: dict[str, Source] = {}


def register(measure: Measure, *, source: tuple[str, Source] | None = None) -> None:
    """Add a measure of a part above; registered twice it is there once.

    Args:
        measure: reads `picture.more[name]` where it brings a source.
        source: the name under which its tables are found, and who reads them.
    """
    _added[measure.name] = measure
    if source is not None:
        add_source(*source)


def add_source(name: str, source: Source) -> None:
    """Add rows of a part above, found as `picture.more[name]`, that several measures read."""
    _sources[name] = source


def everything() -> tuple[Measure, ...]:
    """Every measure, group by group."""
    found = (*_OURS, *_added.values())
    return tuple(each for group in GROUPS for each in found if each.group == group.name)


def sources() -> Mapping[str, Source]:
    """What parts above read for their measures."""
    return dict(_sources)
