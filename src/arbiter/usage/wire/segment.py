"""The words of Segment and RudderStack: identify, track, page, screen, group, alias."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast, get_args

import msgspec
from msgspec import Raw, Struct, field

from arbiter.usage.wire import ids, times
from arbiter.usage.wire.envelopes import NOTHING, Envelope
from arbiter.usage.wire.event import Belongs, Event, Kind, Reading, SameUser, Traits
from arbiter.usage.wire.ids import Id
from arbiter.usage.wire.objects import as_object, as_text
from arbiter.usage.wire.refusals import Unfit
from arbiter.usage.wire.times import When

KINDS = frozenset(get_args(Kind))


class _Context(Struct, frozen=True, gc=False):
    group_id: Id = field(name="groupId", default=None)
    traits: Raw = NOTHING


class _Item(Struct, frozen=True, gc=False):
    type: str | None = None
    event: str | None = None
    name: str | None = None
    category: str | None = None
    user_id: Id = field(name="userId", default=None)
    anonymous_id: Id = field(name="anonymousId", default=None)
    previous_id: Id = field(name="previousId", default=None)
    group_id: Id = field(name="groupId", default=None)
    message_id: Id = field(name="messageId", default=None)
    timestamp: When = None
    original_timestamp: When = field(name="originalTimestamp", default=None)
    sent_at: When = field(name="sentAt", default=None)
    context: _Context | None = None
    properties: Raw = NOTHING
    traits: Raw = NOTHING


_ITEM = msgspec.json.Decoder(_Item)
_CONTEXT = msgspec.json.Decoder(_Context | None)
_NO_CONTEXT = _Context()


class Reader:
    """Reads the items of one body, one by one, into a reading."""

    # Whether the time that an event says was put right by the clock of who passed it on.
    says_corrected = False

    def __init__(
        self, envelope: Envelope, reading: Reading, *, received_at: datetime, group_type: str
    ) -> None:
        self.reading = reading
        self.received_at = received_at
        self.group_type = group_type
        self._sent_at = times.moment_if_any(envelope.sent_at)
        self._time: When = envelope.timestamp if isinstance(envelope.timestamp, str) else None
        self._context = _shared(envelope)

    def read(self, raw: Raw, place: int) -> None:
        """Add one event, and what it tells about who is who.

        Raises:
            Unfit: it cannot be taken.
        """
        item = _ITEM.decode(raw)
        kind = _kind(item.type)
        user, anonymous = ids.user(item.user_id), ids.user(item.anonymous_id)
        if user is None and anonymous is None:
            raise Unfit("no_id", "There is neither a userId nor an anonymousId.")
        at, sent_at = self._times(item)
        event = Event(
            message_id=ids.message(item.message_id, raw, otherwise=self._otherwise(item, place)),
            kind=kind,
            event=_name(kind, item),
            at=at,
            received_at=self.received_at,
            sent_at=sent_at,
            customer_id=self._customer(kind, item),
            user_id=user,
            anonymous_id=anonymous,
            properties=self._properties(kind, item),
        )
        self._tell(event, item)
        self.reading.events.append(event)

    def _times(self, item: _Item) -> tuple[datetime, datetime | None]:
        sent_at = times.moment_if_any(item.sent_at) or self._sent_at
        told = times.moment(item.timestamp or item.original_timestamp or self._time)
        by = None if self.says_corrected and item.timestamp else sent_at
        return times.corrected(told, sent_at=by, received_at=self.received_at), sent_at

    def _otherwise(self, item: _Item, place: int) -> str:
        """Two equal events without id or time are two, unless they came in one place of one body."""
        if item.timestamp or item.original_timestamp:
            return ""
        return f"{self.received_at.isoformat()} {place}"

    def _customer(self, kind: str, item: _Item) -> str | None:
        own = ids.customer(item.group_id)
        if kind == "group":
            if own is None:
                raise Unfit("no_group", "A group call needs a groupId.")
            return own
        context = item.context or _NO_CONTEXT
        return (
            ids.customer(context.group_id)
            or ids.customer(self._context.group_id)
            or self._grouped(item.properties)
            or own
        )

    def _grouped(self, properties: Raw) -> str | None:
        """The customer among `$groups`, which some put into properties as PostHog does."""
        if b'"$groups"' not in bytes(properties):
            return None
        groups = as_object(properties, "properties").get("$groups")
        found = groups.get(self.group_type) if isinstance(groups, dict) else None
        return ids.customer(found) if isinstance(found, str | int | float) else None

    def _properties(self, kind: str, item: _Item) -> str | None:
        if kind == "alias":
            return None
        if kind in ("identify", "group"):
            return as_text(self._traits(item), "traits")
        return as_text(item.properties, "properties")

    def _traits(self, item: _Item) -> Raw:
        """RudderStack's Python sends the traits of a user in the context only."""
        within = (item.context or _NO_CONTEXT).traits
        return next(
            (raw for raw in (item.traits, within, self._context.traits) if len(raw) > 2), NOTHING
        )

    def _tell(self, event: Event, item: _Item) -> None:
        """Note who belongs where, who is who, and what is said about them."""
        user = event.user_id or event.anonymous_id
        assert user is not None  # looked at first
        if event.kind == "alias":
            self.reading.same.append(_alias(event, item))
        elif event.kind == "identify" and event.user_id and event.anonymous_id:
            self.reading.same.append(SameUser(event.user_id, event.anonymous_id))
        if event.customer_id:
            self.reading.belongs.append(Belongs(user, event.customer_id))
        if event.kind == "group" and event.properties:
            self._describe("customer", event.customer_id, event)
        elif event.kind == "identify" and event.properties:
            self._describe("user", event.user_id, event)

    def _describe(self, about: Literal["user", "customer"], key: str | None, event: Event) -> None:
        if key is not None and event.properties not in (None, "{}"):
            said = as_object(Raw(event.properties.encode()), "traits")
            self.reading.traits.append(Traits(about, key, said, event.at))


def _shared(envelope: Envelope) -> _Context:
    """Return the context that holds for the whole body; one that is none holds for nothing."""
    if not len(envelope.context):
        return _NO_CONTEXT
    try:
        return _CONTEXT.decode(envelope.context) or _NO_CONTEXT
    except msgspec.ValidationError:
        return _NO_CONTEXT


def _kind(said: str | None) -> Kind:
    if not said:
        raise Unfit("no_type", "The event has no type.")
    if said not in KINDS:
        raise Unfit("unknown_type", f"The type is none of {', '.join(sorted(KINDS))}.")
    return cast("Kind", said)


def _name(kind: Kind, item: _Item) -> str:
    if kind == "track":
        if not item.event:
            raise Unfit("no_event_name", "A track call needs the name of its event.")
        return ids.name(item.event)
    return ids.name(item.name or item.category) if kind in ("page", "screen") else ""


def _alias(event: Event, item: _Item) -> SameUser:
    previous = ids.user(item.previous_id)
    if previous is None or event.user_id is None:
        raise Unfit("no_previous_id", "An alias needs a userId and a previousId.")
    return SameUser(event.user_id, previous)
