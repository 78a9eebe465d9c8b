"""The words of PostHog: an event with a `distinct_id`; what begins with `$` is its own, and most of it is not ours."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from msgspec import Raw, Struct, field

from arbiter.usage.wire import ids, times
from arbiter.usage.wire.envelopes import NOTHING, Envelope
from arbiter.usage.wire.event import Belongs, Event, Kind, Reading, SameUser, Traits
from arbiter.usage.wire.ids import Id
from arbiter.usage.wire.objects import as_object, as_text
from arbiter.usage.wire.refusals import Unfit
from arbiter.usage.wire.times import When

# Its own events that say what ours say. Session replays, exceptions, flags and clicks are taken and dropped.
KINDS: dict[str, Kind] = {
    "$pageview": "page",
    "$screen": "screen",
    "$identify": "identify",
    "$set": "identify",
    "$groupidentify": "group",
    "$create_alias": "alias",
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NO_TRAITS = (None, "{}")


class _Properties(Struct, frozen=True, gc=False):
    distinct_id: Id = None
    alias: Id = None
    token: Id = None
    device_id: Id = field(name="$device_id", default=None)
    anonymous_id: Id = field(name="$anon_distinct_id", default=None)
    insert_id: Id = field(name="$insert_id", default=None)
    is_identified: bool | None = field(name="$is_identified", default=None)
    has_profile: bool | None = field(name="$process_person_profile", default=None)
    groups: dict[str, Id] | None = field(name="$groups", default=None)
    group_type: str | None = field(name="$group_type", default=None)
    group_key: Id = field(name="$group_key", default=None)
    group_set: Raw = field(name="$group_set", default=NOTHING)
    set: Raw = field(name="$set", default=NOTHING)
    screen: str | None = field(name="$screen_name", default=None)


class _Item(Struct, frozen=True, gc=False):
    event: str | None = None
    distinct_id: Id = None
    uuid: Id = None
    message_id: Id = None
    timestamp: When = None
    offset: int | float | None = None
    properties: Raw = NOTHING
    set: Raw = field(name="$set", default=NOTHING)


_ITEM = msgspec.json.Decoder(_Item)
_PROPERTIES = msgspec.json.Decoder(_Properties)
_NO_PROPERTIES = _Properties()


class Reader:
    """Reads the items of one body, one by one, into a reading."""

    def __init__(
        self, envelope: Envelope, reading: Reading, *, received_at: datetime, group_type: str
    ) -> None:
        self.reading = reading
        self.received_at = received_at
        self.group_type = group_type
        self._sent_at = times.moment_if_any(envelope.sent_at_of_posthog or envelope.sent_at)

    def read(self, raw: Raw, place: int) -> None:
        """Add one event, and what it tells about who is who.

        Raises:
            Unfit: it cannot be taken.
        """
        item = _ITEM.decode(raw)
        if not item.event:
            raise Unfit("no_event_name", "The event has no name.")
        kind = KINDS.get(item.event, "track")
        if kind == "track" and item.event.startswith("$"):
            return
        text = as_text(item.properties, "properties")
        said = _PROPERTIES.decode(text) if text else _NO_PROPERTIES
        if kind == "group" and said.group_type != self.group_type:
            return  # of another kind of group than the customers of this source
        event = self._event(kind, raw, item, said, place)
        self._tell(event, said)
        self.reading.events.append(event)

    def _event(self, kind: Kind, raw: Raw, item: _Item, said: _Properties, place: int) -> Event:
        user, anonymous = _who(kind, item, said)
        otherwise = "" if item.timestamp else f"{self.received_at.isoformat()} {place}"
        return Event(
            message_id=ids.message(
                item.uuid or said.insert_id or item.message_id, raw, otherwise=otherwise
            ),
            kind=kind,
            event=ids.name(_name(kind, item, said)),
            at=self._at(item),
            received_at=self.received_at,
            sent_at=self._sent_at,
            customer_id=self._customer(kind, said),
            user_id=user,
            anonymous_id=anonymous,
            properties=_kept(kind, item, said),
        )

    def _at(self, item: _Item) -> datetime:
        told = times.moment(item.timestamp)
        if told is None and item.offset:
            told = times.before(self._sent_at or self.received_at, item.offset)
        return times.corrected(told, sent_at=self._sent_at, received_at=self.received_at)

    def _customer(self, kind: Kind, said: _Properties) -> str | None:
        if kind != "group":
            return ids.customer((said.groups or {}).get(self.group_type))
        found = ids.customer(said.group_key)
        if found is None:
            raise Unfit("no_group", "A group call needs a $group_key.")
        return found

    def _tell(self, event: Event, said: _Properties) -> None:
        """Note who belongs where, who is who, and what is said about them."""
        user = event.user_id or event.anonymous_id
        if event.kind == "alias":
            self.reading.same.append(_alias(event, said))
        elif event.kind == "identify" and event.user_id and event.anonymous_id:
            self.reading.same.append(SameUser(event.user_id, event.anonymous_id))
        if user and event.customer_id:
            self.reading.belongs.append(Belongs(user, event.customer_id))
        if event.kind == "group":
            self._describe_customer(event)
        elif event.user_id:
            self._describe_user(event, said)

    def _describe_customer(self, event: Event) -> None:
        if event.customer_id and event.properties not in _NO_TRAITS:
            traits = as_object(Raw(event.properties.encode()), "traits")
            self.reading.traits.append(Traits("customer", event.customer_id, traits, event.at))

    def _describe_user(self, event: Event, said: _Properties) -> None:
        """Any event may carry traits in `$set`, not only those that are named for it."""
        text = event.properties if event.kind == "identify" else as_text(said.set, "traits")
        if event.user_id and text not in _NO_TRAITS:
            traits = as_object(Raw(text.encode()), "traits")
            self.reading.traits.append(Traits("user", event.user_id, traits, event.at))


def _who(kind: Kind, item: _Item, said: _Properties) -> tuple[str | None, str | None]:
    """Return the user and the anonymous id; PostHog has one word for both."""
    found = ids.user(item.distinct_id) or ids.user(said.distinct_id)
    if found is None:
        raise Unfit("no_id", "There is no distinct_id.")
    if kind == "group":
        # A server says $<type>_<key> here, which is nobody.
        return (None, None) if found.startswith("$") else (found, None)
    if kind != "alias" and _is_anonymous(found, said):
        return None, found
    other = ids.user(said.anonymous_id)
    return found, other if other != found else None


def _is_anonymous(user: str, said: _Properties) -> bool:
    """Browsers say whether they know the user, in words that changed with the versions; servers make up a UUID."""
    if said.is_identified is not None:
        return not said.is_identified
    if said.anonymous_id is not None:
        return False
    if said.device_id is not None:
        return user == str(said.device_id)
    return said.has_profile is False and _UUID.fullmatch(user) is not None


def _name(kind: Kind, item: _Item, said: _Properties) -> str | None:
    if kind == "track":
        return item.event
    return said.screen if kind == "screen" else None


def _kept(kind: Kind, item: _Item, said: _Properties) -> str | None:
    """Return what is kept of the properties: traits for who they are about, and never the key."""
    if kind == "alias":
        return None
    if kind == "group":
        return as_text(said.group_set, "traits")
    if kind == "identify":
        return as_text(item.set if len(item.set) > 2 else said.set, "traits")
    if said.token is None:
        return as_text(item.properties, "properties")
    rest = as_object(item.properties, "properties")
    rest.pop("token")
    return msgspec.json.encode(rest).decode()


def _alias(event: Event, said: _Properties) -> SameUser:
    other = ids.user(said.alias)
    if other is None or event.user_id is None:
        raise Unfit("no_previous_id", "An alias needs a distinct_id and an alias.")
    return SameUser(event.user_id, other)
