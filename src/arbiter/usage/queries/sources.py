"""The doors to sources: for people who set them up, and for the requests that carry a key."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet, Sum

from arbiter.foundation import sealing
from arbiter.foundation.models import Person
from arbiter.usage import permissions
from arbiter.usage.models import Kind, Parcel, Rejection, Source
from arbiter.usage.rules import keys, traits

__all__ = [
    "Kind",
    "allowed",
    "by_key",
    "heard",
    "key_of",
    "listed",
    "rejected",
    "rejections",
    "visible_to",
]


class Listed(NamedTuple):
    """A source in a list: when it was last heard, what of it waits for the log, and what was not taken."""

    source: Source
    heard_at: datetime | None
    waiting: int
    rejected: int


class Heard(NamedTuple):
    """The last that came from a source, and the first event in it while it waits for the log."""

    at: datetime
    event: str


def visible_to(person: Person) -> QuerySet[Source]:
    """Every source, for those who may set them up; pages have no other way to one."""
    found = Source.objects.select_related("made_by")
    return found if permissions.may_manage(person) else found.none()


def by_key(key: str) -> Source | None:
    """The source that a key belongs to and that is not revoked."""
    return Source.objects.filter(key_hash=keys.hash_of(key), revoked_at=None).first()


def key_of(source: Source) -> str:
    """Return the key that a source's client needs.

    Raises:
        Unopenable: it was sealed with another SECRET_KEY.
    """
    return sealing.unseal(source.sealed_key)


def allowed(source: Source) -> frozenset[str]:
    """What the events of a source may write, as codes of `rules.traits`; a webhook's key is as secret as a server's."""
    return traits.allowed(source.traits, public=source.kind == Kind.BROWSER)


def listed(person: Person) -> list[Listed]:
    """Every source a person may set up, those in use first: three queries."""
    sources = visible_to(person).order_by("name", "pk")
    inbox = Parcel.objects.values_list("source").annotate(Max("received_at"), Sum("events"))
    waiting = {pk: (received_at, events) for pk, received_at, events in inbox}
    refused = Rejection.objects.values_list("source").annotate(Sum("times"))
    not_taken = dict(refused)
    found = [
        _listed(source, waiting.get(source.pk), not_taken.get(source.pk, 0)) for source in sources
    ]
    return sorted(found, key=lambda each: each.source.revoked_at is not None)


def heard(source: Source) -> Heard | None:
    """The last that came from a source: from the inbox, else as the log noted it. None before the first."""
    newest = Parcel.objects.filter(source=source).order_by("-received_at", "-pk").first()
    if newest is not None and (source.heard_at is None or newest.received_at >= source.heard_at):
        return Heard(newest.received_at, _first_event(newest, source))
    return Heard(source.heard_at, "") if source.heard_at else None


def rejections(
    source: Source, *, before: tuple[datetime, int] | None = None, most: int = 50
) -> QuerySet[Rejection]:
    """For which reasons events of a source were not taken, the newest first; from the one named by `before` on."""
    found = Rejection.objects.filter(source=source)
    if before is not None:
        at, pk = before
        found = found.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))
    return found.order_by("-last_at", "-pk")[:most]


def rejected(source: Source) -> int:
    """How many events of a source were not taken."""
    found: int | None = Rejection.objects.filter(source=source).aggregate(all=Sum("times"))["all"]
    return found or 0


def _listed(source: Source, waiting: tuple[datetime, int] | None, rejected: int) -> Listed:
    received_at, events = waiting or (None, 0)
    heard_at = max(filter(None, (source.heard_at, received_at)), default=None)
    return Listed(source, heard_at, events, rejected)


def _first_event(parcel: Parcel, source: Source) -> str:
    """What the first event in a body is called: its own name, or its kind where it has none."""
    from arbiter.usage.wire import reading
    from arbiter.usage.wire.refusals import Unreadable

    try:
        said = reading.read(
            gzip.decompress(bytes(parcel.body)),
            dialect=parcel.dialect,
            received_at=parcel.received_at,
            group_type=source.group_type,
        )
    except Unreadable as trouble:
        return trouble.message
    first = next(iter(said.events), None)
    return (first.event or first.kind) if first else ""
