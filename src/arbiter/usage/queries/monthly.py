"""What some customers did month by month, for a measure that usage feeds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from arbiter.usage.queries import counting
from arbiter.usage.rules.months import Month

if TYPE_CHECKING:
    import ibis

    from arbiter.usage.engines.engine import Engine
    from arbiter.usage.models import BehaviourSet

__all__ = ["Counter", "Month", "Term", "counter"]


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted: an event, or the values of one of its properties."""

    event: str
    property: str = ""
    how: str = "count"

    def __str__(self) -> str:
        if not self.property:
            return f"number of “{self.event}”"
        word = {"sum": "sum", "max": "greatest value", "count": "number"}[self.how]
        return f"{word} of {self.property} of “{self.event}”"


class Counter:
    """Counts for many customers at once, as of one moment."""

    def __init__(self, engine: Engine, as_of: datetime) -> None:
        self.engine, self.as_of = engine, as_of

    def per_month(
        self, term: Term, *, customers: Collection[str], since: date, until: date
    ) -> dict[tuple[str, Month], float]:
        """Return the value of each month by customer; a month without any has none."""
        from arbiter.usage.expressions import brief, sums

        events = self._of(customers)
        if term.property:
            asked = sums.per_period(
                events,
                event=term.event,
                property=term.property,
                how=term.how,  # type: ignore[arg-type]
                per="month",
                since=since,
                until=until,
            )
        else:
            asked = brief.times(events, event=term.event, per="month", since=since, until=until)
        found = counting.rows(self.engine, asked, "customer_id", "period", "value")
        return {(key, Month.of(period)): value for key, period, value in found}

    def completed(
        self, found: BehaviourSet, *, customers: Collection[str], until: date
    ) -> dict[str, datetime]:
        """Return when each customer first completed a set."""
        from arbiter.usage.expressions import sets

        asked = sets.completions(self._of(customers), rule=counting.rule_of(found), until=until)
        return dict(counting.rows(self.engine, asked, "customer_id", "first_at"))

    def first_seen(self, *, customers: Collection[str], until: date) -> dict[str, datetime]:
        """Return since when anything is known of each customer's usage."""
        from arbiter.usage.expressions import brief

        asked = brief.spans(self._of(customers), until=until)
        return dict(counting.rows(self.engine, asked, "customer_id", "first_at"))

    def _of(self, customers: Collection[str]) -> ibis.Table:
        from arbiter.usage.expressions import events as log

        return log.only(self.engine.events(self.as_of), sorted(customers))


@contextmanager
def counter(as_of: datetime) -> Iterator[Counter]:
    """Open the log to count in it."""
    from arbiter.usage.engines.choice import configured

    with configured() as engine:
        yield Counter(engine, as_of)
