"""The outbox as people see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from arbiter.foundation.mail.dispatch import masked
from arbiter.foundation.models import MailStatus, OutboxMail, Person
from arbiter.foundation.roles import Permission

# Longer than any conversation with a mail server may last.
STUCK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Words:
    """What may be shown of a mail."""

    text: str
    html: str


def visible_to(person: Person) -> QuerySet[OutboxMail]:
    """Every mail that a person may look at: all for those who manage the settings, else their own."""
    if person.may(Permission.MANAGE_SETTINGS):
        return OutboxMail.objects.all()
    return OutboxMail.objects.filter(by=person)


def stuck(at: datetime) -> Q:
    """Return the condition of a mail of which nobody knows whether it left."""
    return Q(status=MailStatus.SENDING) & (~Q(error="") | Q(claimed_at__lt=at - STUCK_AFTER))


def is_stuck(mail: OutboxMail, *, at: datetime) -> bool:
    """Say whether a person must decide about a mail."""
    if mail.status != MailStatus.SENDING:
        return False
    return mail.is_unsure or mail.claimed_at is None or mail.claimed_at < at - STUCK_AFTER


def sent_as(ids: Collection[str]) -> OutboxMail | None:
    """Return the mail of ours that one of these names: our Message-ID, or the number its provider gave it.

    A provider may make a Message-ID of its number, as `<number@its.domain>`.
    """
    plain = {each.strip().strip("<>") for each in ids} - {""}
    ours = {f"<{each}>" for each in plain}
    theirs = plain | ours | {each.partition("@")[0] for each in plain}
    named = Q(message_id__in=ours) | Q(provider_id__in=theirs)
    return OutboxMail.objects.filter(named).order_by("-pk").first()


def counts(person: Person) -> dict[str, int]:
    """Return how many mails there are by status, of those a person may look at."""
    rows = visible_to(person).order_by().values_list("status").annotate(Count("id"))
    return dict(rows)


def words_of(mail: OutboxMail) -> Words | None:
    """Return what may be shown of a mail; None when nothing of it may.

    A code signs somebody in, so it is shown in the demo only. Personal links are hidden as long as mail
    leaves the house; where it does not, showing the mail is how the link gets to anybody.
    """
    if mail.secret:
        return Words(mail.text, mail.html) if settings.DEMO and mail.text else None
    if mail.status == MailStatus.KEPT:
        return Words(mail.text, mail.html)
    return Words(masked(mail, mail.text), masked(mail, mail.html))


def to_address(address: str) -> QuerySet[OutboxMail]:
    """Every mail to an address, the oldest first; show its words by `masked`."""
    return OutboxMail.objects.filter(to__iexact=address).order_by("at", "pk")
