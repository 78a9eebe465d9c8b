"""The journal: what happened, in order, for good.

`record` writes a line inside the caller's transaction and chains it to the line before by SHA-256, so that
a change made behind our back shows (`verify`). Listeners hear of new lines inside the same transaction:
that is how news travels upward without the lower part knowing the upper.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol

from django.db import connection, transaction
from django.db.models import QuerySet

from arbiter.foundation import bulk
from arbiter.foundation.models import Fact, Person

GENESIS = "0" * 64
# Any number serves as PostgreSQL's name of the lock that keeps the chain in order.
CHAIN_LOCK = 4_271_900


class Actor(Protocol):
    """Whoever acts: a person of the vendor's, the system, or a contact at a customer."""

    actor_kind: str

    @property
    def pk(self) -> Any: ...


class Subject(Protocol):
    """What it happened to: any model with a label and a key."""

    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any: ...


@dataclass(frozen=True)
class Line:
    """A fact before it is written. `customer` is the customer's id, for the timeline."""

    name: str
    at: datetime
    by_kind: str
    by_id: int | None
    subject_kind: str
    subject_id: int | None
    customer: int | None = None
    recorded_at: datetime | None = None
    details: dict[str, Any] = field(default_factory=dict)


class Told(Protocol):
    """A line that was written, as listeners hear of it."""

    name: str
    at: datetime
    recorded_at: datetime
    by_kind: str
    by_id: int | None
    subject_kind: str
    subject_id: int | None
    customer_id: int | None
    data: str

    @property
    def details(self) -> dict[str, Any]: ...


@dataclass(slots=True)
class Written:
    """A line written among thousands: the columns of a fact, without the cost of a model instance."""

    name: str
    at: datetime
    recorded_at: datetime
    by_kind: str
    by_id: int | None
    subject_kind: str
    subject_id: int | None
    customer_id: int | None
    data: str
    hash: str = ""

    @property
    def details(self) -> dict[str, Any]:
        """The ids and plain values that belong to the fact."""
        found: dict[str, Any] = json.loads(self.data)
        return found


_COLUMNS, _MARKS = ", ".join(Written.__slots__), ", ".join(["%s"] * len(Written.__slots__))
APPEND = f"INSERT INTO foundation_fact ({_COLUMNS}) VALUES ({_MARKS}) RETURNING id"  # noqa: S608

Listener = Callable[[Sequence[Told]], None]
_listeners: list[Listener] = []
_unwatched: ContextVar[bool] = ContextVar("unwatched", default=False)


def listen(listener: Listener) -> Listener:
    """Have a function hear of every new line, inside the transaction that writes it."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


@contextmanager
def unwatched() -> Iterator[None]:
    """Tell listeners that nobody looks on while this lasts: what follows from the news may wait for the jobs."""
    token = _unwatched.set(True)
    try:
        yield
    finally:
        _unwatched.reset(token)


def is_unwatched() -> bool:
    """Say whether what follows from the news may wait for the jobs."""
    return _unwatched.get()


def record(
    name: str,
    *,
    subject: Subject,
    by: Actor,
    at: datetime,
    customer: int | None = None,
    recorded_at: datetime | None = None,
    **details: Any,
) -> Fact:
    """Write one line and return it.

    Args:
        name: what happened, as `capability.noun_verbed`.
        subject: what it happened to.
        by: who did it.
        at: when it was true.
        customer: the id of the customer on whose timeline it belongs.
        recorded_at: when we learnt it; `at` unless given.
        details: ids and plain values; never a person's words.
    """
    line = Line(
        name=name,
        at=at,
        by_kind=by.actor_kind,
        by_id=by.pk,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        customer=customer,
        recorded_at=recorded_at,
        details=details,
    )
    return _record_one(line)


@transaction.atomic
def record_many(lines: Iterable[Line]) -> Sequence[Told]:
    """Write many lines in order with one look at the end of the chain."""
    previous = _lock_chain()
    facts = []
    for line in lines:
        fact = _written(line)
        previous = fact.hash = _hash(fact, previous)
        facts.append(fact)
    if facts:
        _insert(facts)
        _tell(facts)
    return facts


def subjects_since(line: int, kind: str, ids: QuerySet[Any, Any]) -> int:
    """Return how many of some subjects people, ours or the customers', have had a hand in after a line."""
    later = Fact.objects.filter(pk__gt=line, subject_kind=kind, subject_id__in=ids)
    system = Person.objects.filter(role="system").values("pk")
    by_people = later.exclude(by_kind="person", by_id__in=system)
    return by_people.values("subject_id").distinct().count()


def verify() -> int | None:
    """Return the id of the first line whose hash does not follow from the line before; None if all do."""
    previous = GENESIS
    for fact in Fact.objects.order_by("id").iterator(chunk_size=5_000):
        if fact.hash != _hash(fact, previous):
            return fact.pk
        previous = fact.hash
    return None


def _lock_chain() -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM foundation_fact ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
    return last[0] if last else GENESIS


# No savepoint: whoever tells cannot go on when the journal could not be written.
@transaction.atomic(savepoint=False)
def _record_one(line: Line) -> Fact:
    previous = _lock_chain()
    written = _written(line)
    written.hash = _hash(written, previous)
    fact = Fact(pk=_append(written), **{name: getattr(written, name) for name in Written.__slots__})
    fact._state.adding = False
    _tell([fact])
    return fact


def _append(written: Written) -> int:
    """Write one line and return its id; every verb waits for it, so the statement is not composed anew."""
    values = [getattr(written, name) for name in Written.__slots__]
    if connection.vendor == "sqlite":
        values = [_plain(value) if isinstance(value, datetime) else value for value in values]
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        return int(cursor.fetchone()[0])


def _written(line: Line) -> Written:
    details = line.details
    return Written(
        line.name,
        line.at,
        line.recorded_at or line.at,
        line.by_kind,
        line.by_id,
        line.subject_kind,
        line.subject_id,
        line.customer,
        _DATA.encode(details) if details else "{}",
    )


_DATA = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str)


def _insert(facts: Sequence[Written]) -> None:
    columns: dict[str, list[Any]] = {
        name: [getattr(fact, name) for fact in facts] for name in Written.__slots__
    }
    if connection.vendor == "sqlite":
        for name in ("at", "recorded_at"):
            columns[name] = [_plain(moment) for moment in columns[name]]
    bulk.insert(Fact, columns)


def _tell(facts: Sequence[Told]) -> None:
    for listener in _listeners:
        listener(facts)


def _hash(fact: Told, previous: str) -> str:
    told = "\x1f".join(
        (
            previous,
            fact.name,
            _instant(fact.at),
            _instant(fact.recorded_at),
            fact.by_kind,
            str(fact.by_id),
            fact.subject_kind,
            str(fact.subject_id),
            str(fact.customer_id),
            fact.data,
        )
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(moment: datetime) -> str:
    return _in_utc(moment).isoformat(" ").removesuffix("+00:00")


def _instant(moment: datetime) -> str:
    return _in_utc(moment).isoformat(timespec="microseconds")


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
