"""From django-anymail's signals to our verbs. Imported only where the extra is installed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from anymail.signals import (
    AnymailInboundEvent,
    AnymailTrackingEvent,
    EventType,
    RejectReason,
    inbound,
    tracking,
)
from django.utils import timezone

from arbiter.foundation.mail import received
from arbiter.foundation.models import Person
from arbiter.voice.actions import deliveries, replies
from arbiter.voice.rules.deliveries import News

KINDS = {
    EventType.DELIVERED: News.DELIVERED,
    EventType.BOUNCED: News.HARD_BOUNCE,
    EventType.COMPLAINED: News.COMPLAINT,
    EventType.UNSUBSCRIBED: News.UNSUBSCRIBED,
}
# A provider that refuses to send remembers why it gave the address up; a policy of its own is not the address's fault.
REASONS = {
    RejectReason.INVALID: News.HARD_BOUNCE,
    RejectReason.BOUNCED: News.HARD_BOUNCE,
    RejectReason.SPAM: News.COMPLAINT,
    RejectReason.UNSUBSCRIBED: News.UNSUBSCRIBED,
    RejectReason.TIMED_OUT: News.SOFT_BOUNCE,
}
# How providers name what may pass, each in its own field.
SOFT_WORDS = ("soft", "temporary", "transient", "mailbox full", "quota")
FIELDS = (
    "Type",
    "bounceType",
    "bounce_class",
    "event",
    "severity",
    "hard_bounce",
    "type",
    "bounce",
)


def listen() -> None:
    """Hear what django-anymail reads; said twice, heard once."""
    tracking.connect(note, dispatch_uid="arbiter.mail.note")
    inbound.connect(receive, dispatch_uid="arbiter.mail.receive")


def note(sender: type, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Keep news of a sent mail. Opens and clicks are not news: whether somebody looked is not asked."""
    kind = kind_of(event)
    if kind is None:
        return
    now = timezone.now()
    deliveries.note(
        number=_number(event, esp_name, kind),
        kind=kind,
        address=event.recipient or "",
        by=Person.objects.system(),
        at=min(event.timestamp or now, now),
        recorded_at=now,
        message_id=event.message_id or "",
        detail=event.mta_response or event.description or "",
    )


def receive(sender: type, event: AnymailInboundEvent, esp_name: str, **more: Any) -> None:
    """Take in a mail that reached the provider."""
    now: datetime = timezone.now()
    replies.receive(mail=received.read(event.message), by=Person.objects.system(), at=now)


def kind_of(event: AnymailTrackingEvent) -> News | None:
    """Return what an event means for the address; None where it means nothing."""
    if event.event_type == EventType.REJECTED:
        return REASONS.get(event.reject_reason)
    kind = KINDS.get(event.event_type)
    return News.SOFT_BOUNCE if kind == News.HARD_BOUNCE and _may_pass(event) else kind


def _may_pass(event: AnymailTrackingEvent) -> bool:
    """Say whether a mail came back for a passing reason: providers tell, or the receiving server's code does (4.x.x)."""
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = " ".join(str(told[name]) for name in FIELDS if isinstance(told.get(name), str)).lower()
    if any(word in words for word in SOFT_WORDS):
        return True
    said = f" {event.mta_response or ''} ".lower()
    return " 4." in said.replace("smtp;", " ") and " 5." not in said.replace("smtp;", " ")


def _number(event: AnymailTrackingEvent, esp_name: str, kind: News) -> str:
    """What the provider calls it; where it calls it nothing, what it is about."""
    if event.event_id:
        return f"{esp_name}:{event.event_id}:{kind}"
    about = f"{event.message_id}\n{event.recipient}\n{event.timestamp}"
    return f"{esp_name}:{hashlib.sha256(about.encode()).hexdigest()}:{kind}"
