"""What a person decides about a mail that the outbox cannot decide about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from arbiter.foundation import journal
from arbiter.foundation.mail import outbox
from arbiter.foundation.models import MailStatus, OutboxMail, Person
from arbiter.foundation.queries.mail import stuck
from arbiter.foundation.refusals import Refusal


class MailMovedOn(Refusal):
    """The mail is in no state for this decision (any more)."""


class MailIsOver(Refusal):
    """The words of the mail are gone, or the server that should take it is."""


@transaction.atomic
def send_again(*, mail: OutboxMail, by: Person, at: datetime) -> OutboxMail:
    """Queue a mail once more: one that failed, was only shown here, or may not have left.

    Raises:
        MailIsOver: there is no mail server, or the mail held a code or link that is over by now.
        MailMovedOn: it is waiting, being sent, sent, or was not to be sent.
    """
    if not outbox.delivers():
        raise MailIsOver("There is no mail server yet. Set EMAIL_URL, then send it.")
    if mail.secret:
        raise MailIsOver("Its code is over by now. Ask for a new one at the sign-in page.")
    again = Q(status__in=(MailStatus.FAILED, MailStatus.KEPT)) | stuck(at)
    _decide(
        mail, again, by, status=MailStatus.QUEUED, send_after=at, attempts=0, error="", reason=""
    )
    journal.record("foundation.mail_requeued", subject=mail, by=by, at=at, about=mail.about)
    return mail


@transaction.atomic
def mark_sent(*, mail: OutboxMail, by: Person, at: datetime) -> OutboxMail:
    """Say that a mail which may not have left did leave.

    Raises:
        MailMovedOn: there is no doubt about it.
    """
    _decide(mail, stuck(at), by, status=MailStatus.SENT, finished_at=at)
    journal.record("foundation.mail_sent", subject=mail, by=by, at=at, about=mail.about)
    return mail


@transaction.atomic
def drop(*, mail: OutboxMail, by: Person, at: datetime) -> OutboxMail:
    """Give a mail up: it waits, failed, or may not have left, and shall not be sent (again).

    Raises:
        MailMovedOn: it has left, or is being sent.
    """
    open_ = Q(status__in=(MailStatus.QUEUED, MailStatus.FAILED)) | stuck(at)
    _decide(
        mail,
        open_,
        by,
        status=MailStatus.DROPPED,
        finished_at=at,
        reason=f"{by.get_full_name()} decided not to send it.",
    )
    journal.record("foundation.mail_dropped", subject=mail, by=by, at=at, about=mail.about)
    return mail


def _decide(mail: OutboxMail, condition: Q, by: Person, **changes: Any) -> None:
    changes["decided_by"] = by
    if not OutboxMail.objects.filter(condition, pk=mail.pk).update(**changes):
        raise MailMovedOn("This mail has moved on meanwhile. Look at what became of it first.")
    for name, value in changes.items():
        setattr(mail, name, value)
