"""The outbox: where a mail is written, in the transaction of the reason for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from arbiter.foundation.mail import letter, ways
from arbiter.foundation.mail.ways import Way
from arbiter.foundation.models import MailStatus, OutboxMail, Person


def server() -> Way | None:
    """Return the mail server or the provider of this installation; None when there is none."""
    return ways.parse(settings.EMAIL_URL, ca_file=settings.EMAIL_CA_FILE)


def delivers() -> bool:
    """Say whether mail leaves the house, or is only shown in the application."""
    return bool(settings.EMAIL_URL)


def is_waiting() -> bool:
    """Say whether any mail waits to be sent, now or later."""
    return OutboxMail.objects.filter(status=MailStatus.QUEUED).exists()


@transaction.atomic
def put(
    *,
    dedupe_key: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    reply_to: str = "",
    about: str = "",
    by: Person | None = None,
    secret: bool = False,
    tokens: Sequence[str] = (),
    drop_because: str = "",
) -> OutboxMail:
    """Write a mail to be sent after the caller's transaction. The same key again returns the first mail.

    Args:
        dedupe_key: what the mail is, in a word that never means another one: `voice.ask:123`.
        to: one bare address.
        at: when it was written.
        headers: more headers, such as List-Unsubscribe.
        about: what it belongs to, for the fact that tells what became of it.
        by: the colleague who caused it, and may look at it.
        secret: the words are shown to nobody and wiped once it has left (codes, sign-in links).
        tokens: parts of the words that are hidden and wiped in the same way (personal links).
        drop_because: why it is not sent; it is then kept and shown with that reason.
    """
    status = MailStatus.QUEUED if delivers() else MailStatus.KEPT
    mail, _ = OutboxMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "message_id": letter.message_id(dedupe_key),
            "to": to,
            "subject": subject,
            "text": text,
            "html": html,
            "headers": dict(headers or {}),
            "reply_to": reply_to,
            "about": about,
            "by": by,
            "secret": secret,
            "tokens": list(tokens),
            "status": MailStatus.DROPPED if drop_because else status,
            "reason": drop_because,
            "at": at,
            "send_after": at,
        },
    )
    return mail
