"""What was mailed to somebody goes: the words, the address, and what would still have left."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from arbiter.foundation import retention
from arbiter.foundation.models import MailStatus, OutboxMail
from arbiter.foundation.retention import Kind

BLANK = {"to": "", "subject": "", "text": "", "html": "", "headers": {}, "tokens": [], "error": ""}
OVER = (MailStatus.SENT, MailStatus.FAILED, MailStatus.DROPPED, MailStatus.KEPT)


def forget_address(address: str, *, at: datetime) -> int:
    """Erase every mail to an address, and send none that waits; return how many there were.

    That there was a mail, when, by whom and what became of it stays.
    """
    mails = OutboxMail.objects.filter(to__iexact=address)
    waiting = mails.filter(status=MailStatus.QUEUED)
    waiting.update(status=MailStatus.DROPPED, reason="The person was erased.", finished_at=at)
    return mails.update(**BLANK)


def register() -> None:
    """Let the words of mails be forgotten when their time is over."""
    retention.register(
        Kind(
            "mails",
            "Mails we sent",
            "Words, subject and address. That there was a mail, when, and what became of it stays.",
            lambda before: over_before(before).count(),
            forget_before,
        )
    )


def over_before(moment: datetime) -> QuerySet[OutboxMail]:
    """The mails that were over before a moment and still have words."""
    worded = ~Q(to="", subject="", text="", html="")
    return OutboxMail.objects.filter(worded, status__in=OVER, at__lt=moment)


def forget_before(moment: datetime) -> int:
    """Erase the words and addresses of mails that were over before a moment; return how many."""
    return over_before(moment).update(**BLANK)
