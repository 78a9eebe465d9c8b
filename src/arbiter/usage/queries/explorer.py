"""The events themselves, as they are in the log: the newest first, a stretch of days at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.usage.queries import counting

if TYPE_CHECKING:
    import ibis

    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SIZE = 50
DAYS = 31
"""A page looks through so many days; where they hold too few events it says from where on to look."""
MOST_NAMES = 500
UNATTRIBUTED, UNKNOWN = "unattributed", "unknown"
COLUMNS = ("at", "message_id", "customer_id", "user_id", "kind", "event", "properties", "recorded_at", "source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the log: before this event. As text it is an address's parameter."""

    at: datetime
    message_id: str

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from its text; None when it is none."""
        moment, _, message = text.partition("_")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        return cls(at, message) if at.tzinfo else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.message_id}"


@dataclass(frozen=True)
class Filters:
    """What a list of events is narrowed to. `whose` is empty, or those of nobody, or of nobody on file."""

    customer: str = ""
    user: str = ""
    event: str = ""
    day: date | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a page shows it, with its customer where that is on file."""

    at: datetime
    message_id: str
    customer_id: str | None
    user_id: str | None
    kind: str
    event: str
    properties: str | None
    recorded_at: datetime
    source: int
    customer: Customer | None = None


@dataclass(frozen=True)
class Page:
    """Events of some days, the newest first, and where older ones go on."""

    rows: list[Told]
    since: date
    until: date
    after: Place | None


def page(person: Person, filters: Filters, *, as_of: datetime, before: Place | None = None) -> Page:
    """Return a page of the events that a person may see.

    What belongs to no customer, or to none on file, is shown to those who may see every customer.

    Args:
        person: who looks.
        filters: which events.
        as_of: what was recorded later is not known; the last day that is looked at.
        before: the place before which the page begins.
    """
    from arbiter.usage.engines.choice import configured

    until = filters.day or (before.at if before else as_of).astimezone(UTC).date()
    since = until - timedelta(days=0 if filters.day else DAYS - 1)
    with configured() as engine:
        events = _narrowed(engine.events(as_of), filters, since, until, before)
        if events is not None and not person.may(Permission.SEE_ALL_CUSTOMERS):
            events = _of(events, _keys(person))
        if events is not None and filters.whose == UNKNOWN:
            events = _of(events, _strangers(engine, events))
        found = [] if events is None else _newest(engine, events)
    rows, more = found[:SIZE], len(found) > SIZE
    after = Place(rows[-1].at, rows[-1].message_id) if more else None
    if not more and not filters.day:
        after = Place(datetime.combine(since, time.min, UTC), "")
    return Page(_with_customers(person, rows), since, until, after)


def event_names(*, as_of: datetime, days: int = 90) -> list[str]:
    """Return the names of events of the last days, the most frequent first, for forms to offer."""
    from arbiter.usage.engines.choice import configured
    from arbiter.usage.expressions import names

    with configured() as engine:
        asked = names.in_use(
            engine.events(as_of), until=as_of.astimezone(UTC).date(), days=days, most=MOST_NAMES
        )
        return [name for (name,) in counting.rows(engine, asked, "event")]


def _narrowed(
    events: ibis.Table, filters: Filters, since: date, until: date, before: Place | None
) -> ibis.Table | None:
    found = events.filter(events.day >= since, events.day <= until)
    if filters.customer:
        found = found.filter(found.customer_id == filters.customer)
    if filters.user:
        found = found.filter(found.user_id == filters.user)
    if filters.event:
        found = found.filter(found.event == filters.event)
    if filters.whose == UNATTRIBUTED:
        found = found.filter(found.customer_id.isnull())
    if before is not None:
        earlier = found.at < before.at
        same = (found.at == before.at) & (found.message_id < before.message_id)
        found = found.filter(earlier | same)
    return found


def _of(events: ibis.Table, keys: Collection[str]) -> ibis.Table | None:
    """The events of some customers; None where there is no customer."""
    return events.filter(events.customer_id.isin(sorted(keys))) if keys else None


def _newest(engine: Any, events: ibis.Table) -> list[Told]:
    asked = events.order_by(events.at.desc(), events.message_id.desc()).limit(SIZE + 1)
    found = [Told(*row) for row in counting.rows(engine, asked, *COLUMNS)]
    return sorted(found, key=lambda row: (row.at, row.message_id), reverse=True)


def _keys(person: Person) -> list[str]:
    return list(customers.visible_to(person).values_list("key", flat=True))


def _strangers(engine: Any, events: ibis.Table) -> list[str]:
    """The keys of customers in some events that nobody here has on file."""
    named = events.filter(events.customer_id.notnull()).select("customer_id").distinct()
    seen = {key for (key,) in counting.rows(engine, named, "customer_id")}
    known = set(customers.everybody().filter(key__in=seen).values_list("key", flat=True))
    return sorted(seen - known)


def _with_customers(person: Person, rows: list[Told]) -> list[Told]:
    keys = {row.customer_id for row in rows if row.customer_id}
    found = {each.key: each for each in customers.visible_to(person).filter(key__in=keys)}
    return [replace(row, customer=found.get(row.customer_id or "")) for row in rows]
