"""What a set would find, looked up in the log before the set is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from arbiter.accounts.queries import customers
from arbiter.accounts.rules import day
from arbiter.usage.queries import counting
from arbiter.usage.rules import behaviours

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Completed:
    """A customer that has done all of it."""

    customer: Customer
    first_at: datetime
    met: bool


@dataclass(frozen=True)
class Preview:
    """How many of the customers that a person may see have done all of it, and the last of them by name."""

    words: str
    customers: int
    completed: int
    keeps_up: int
    has_periods: bool
    first_at: datetime | None
    newest: tuple[Completed, ...]

    @property
    def more(self) -> int:
        """How many are not shown by name."""
        return self.completed - len(self.newest)


def of(
    person: Person, rule: Mapping[str, Any], *, segment: str, stage: str, as_of: datetime
) -> Preview:
    """Return who has done all of a rule by now, of the customers that a person may see. Nothing is kept.

    Args:
        person: who looks.
        rule: a sound rule in plain words.
        segment: whose customers; everybody's where it is "".
        stage: customers of which stage; of every one where it is "".
        as_of: what was recorded later is not known.
    """
    from arbiter.usage.engines.choice import configured
    from arbiter.usage.expressions import sets

    whose = _whose(person, segment, stage)
    keys = {key: pk for pk, key in whose.values_list("pk", "key")}
    with configured() as engine:
        asked = sets.completions(
            engine.events(as_of), rule=counting.rule(behaviours.plain(rule)), until=day(as_of)
        )
        told = list(counting.rows(engine, asked, "first_at", "customer_id", "met"))
    done = sorted(((row[0], row[1], row[2]) for row in told if row[1] in keys), reverse=True)
    named = whose.in_bulk([keys[key] for _, key, _ in done[:SHOWN]])
    return Preview(
        words=behaviours.words(rule),
        customers=len(keys),
        completed=len(done),
        keeps_up=sum(met for _, _, met in done),
        has_periods=bool(rule.get("per")),
        first_at=done[-1][0] if done else None,
        newest=tuple(Completed(named[keys[key]], at, met) for at, key, met in done[:SHOWN]),
    )


def _whose(person: Person, segment: str, stage: str) -> QuerySet[Customer]:
    found = customers.visible_to(person).filter(archived_at=None)
    if segment:
        found = found.filter(segment=segment)
    return found.filter(stage=stage) if stage else found
