"""One event as we keep it, whichever dialect it came in, and what else a body may tell."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

Kind = Literal["track", "page", "screen", "identify", "group", "alias"]


class Event(Struct, frozen=True, gc=False):
    """A call of a client, with its ids as they were sent and its times put right.

    `properties` is JSON, of identify and group calls the traits.
    """

    message_id: str
    kind: Kind
    event: str
    at: datetime
    received_at: datetime
    sent_at: datetime | None = None
    customer_id: str | None = None
    user_id: str | None = None
    anonymous_id: str | None = None
    properties: str | None = None


class Rejected(Struct, frozen=True, gc=False):
    """An event that was not taken: why, in a code and a sentence, and the beginning of what was sent."""

    code: str
    message: str
    sample: str


class Belongs(Struct, frozen=True, gc=False):
    """A group call, or an event with a group: the user was seen at the customer."""

    user_id: str
    customer_id: str


class SameUser(Struct, frozen=True, gc=False):
    """An alias, or an identify with an anonymous id: two names of one user."""

    user_id: str
    other_id: str


class Traits(Struct, frozen=True, gc=False):
    """What a call says about a user or a customer. Which of it is written is the source's to allow."""

    about: Literal["user", "customer"]
    key: str
    traits: dict[str, object]
    at: datetime


class Erasure(Struct, frozen=True, gc=False):
    """A request to forget a user."""

    user_id: str
    at: datetime


class Reading(Struct):
    """All that one body says."""

    events: list[Event] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    belongs: list[Belongs] = field(default_factory=list)
    same: list[SameUser] = field(default_factory=list)
    traits: list[Traits] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)
