"""Parcels as the door leaves them, and events as the wire reads them."""

import gzip
import json
from datetime import UTC, datetime, timedelta

from arbiter.usage.log.rows import Rows
from arbiter.usage.models import Parcel, Source
from arbiter.usage.wire.event import Event

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def a_source(name="Product", **told):
    """A server that sends events."""
    return Source.objects.create(
        **{"name": name, "kind": "server", "key_hash": f"hash of {name}", "sealed_key": "", "made_at": NOON} | told
    )  # fmt: skip


def parcel(source, *calls, at=NOON, body=None):
    """What the door kept of a request with these calls."""
    body = json.dumps({"batch": list(calls)}).encode() if body is None else body
    return Parcel.objects.create(
        source=source, received_at=at, dialect="segment", events=max(len(calls), 1), body=gzip.compress(body)
    )  # fmt: skip


def track(message, event="Report Exported", *, user="ana", customer="harbour", at=NOON, **told):
    """A track call, with a customer where one is named."""
    context = {"groupId": customer} if customer else {}
    call = {"type": "track", "event": event, "messageId": message, "timestamp": at.isoformat()}
    return call | {"userId": user, "context": context, "properties": {}} | told


def event(message, name="Report Exported", *, user="ana", customer="harbour", at=NOON, **told):
    """An event as the wire reads it."""
    given = {"kind": "track", "event": name, "user_id": user, "customer_id": customer, "at": at}
    return Event(**{"message_id": message, "received_at": at + timedelta(seconds=1)} | given | told)


def rows(*events, source=1):
    """Events as rows of the log."""
    found = Rows()
    found.add(source, events)
    return found.table()
