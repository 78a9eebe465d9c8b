"""From the outbox to the server: claim, send, mark. What breaks in between stays visible, and is never sent twice."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from arbiter.foundation import journal
from arbiter.foundation.mail import letter, outbox
from arbiter.foundation.mail.handing import Handing
from arbiter.foundation.mail.provider import Provider
from arbiter.foundation.mail.transport import (
    MASK,
    MailTrouble,
    Refused,
    ServerAway,
    Session,
    TryLater,
    Unsure,
)
from arbiter.foundation.mail.ways import Way
from arbiter.foundation.models import MailStatus, OutboxMail, Person

BATCH = 50
ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=8)
# How a provider is asked to leave our Message-ID as it is: replies name it.
KEEPS_ID = {"postmark": "X-PM-KeepID"}
logger = logging.getLogger(__name__)


def send_due(at: datetime) -> int:
    """Send what is due, at most a batch, and return how many mails were claimed.

    Must not run inside a transaction: rolled back, a claim would let the mail go out twice.
    """
    server = outbox.server()
    if server is None:
        return 0
    with ExitStack() as stack:
        session: Session | Handing | None = None
        for count in range(BATCH):
            mail = _claim(at)
            if mail is None:
                return count
            try:
                if session is None:
                    session = _open(server)
                    stack.enter_context(session)
                number = _hand_over(session, mail, at)
            except ServerAway as trouble:
                _try_later(mail, trouble, at)
                _postpone_all(at)
                return count + 1
            except MailTrouble as trouble:
                _note(mail, trouble, at)
                session = None if isinstance(trouble, Unsure) else session
            else:
                _finish(mail, MailStatus.SENT, at, provider_id=number)
    return BATCH


def send_test(server: Way, *, to: str, at: datetime) -> tuple[list[str], str]:
    """Send a test mail past the outbox; return the conversation and, when it failed, what went wrong."""
    mail = OutboxMail(
        to=to,
        subject="A test mail from Arbiter",
        text="This mail server works: Arbiter can send mail through it.\n",
        message_id=letter.message_id(f"foundation.test:{to}:{at.isoformat()}"),
    )
    session = _open(server)
    try:
        with session:
            _hand_over(session, mail, at)
    except MailTrouble as trouble:
        return session.transcript, str(trouble)
    return session.transcript, ""


def wait_after(attempt: int) -> timedelta:
    """Return how long to wait after a failed attempt (1 is the first): three times longer each time."""
    return min(FIRST_WAIT * int(3 ** (attempt - 1)), LONGEST_WAIT)


def _open(way: Way) -> Session | Handing:
    if isinstance(way, Provider):
        return Handing(way)
    return Session(way, our_name=letter.our_name())


def _hand_over(session: Session | Handing, mail: OutboxMail, at: datetime) -> str:
    """Send one mail and return the number its provider gave it; a mail server gives none."""
    if isinstance(session, Handing):
        keeps_id = KEEPS_ID.get(session.provider.name, "")
        return session.send(letter.for_provider(mail, keeps_id=keeps_id))
    session.send(_compose(mail, at), sender=letter.sender(), to=mail.to)
    return ""


def _claim(at: datetime) -> OutboxMail | None:
    """Take the oldest mail that is due: whoever turns *queued* into *sending* sends it, nobody else."""
    due = OutboxMail.objects.filter(status=MailStatus.QUEUED, send_after__lte=at)
    while (mail := due.order_by("send_after", "id").first()) is not None:
        with transaction.atomic(durable=True):
            taken = due.filter(pk=mail.pk).update(
                status=MailStatus.SENDING, claimed_at=at, attempts=F("attempts") + 1, error=""
            )
        if taken:
            mail.refresh_from_db()
            return mail
    return None


def _compose(mail: OutboxMail, at: datetime) -> bytes:
    try:
        return letter.compose(mail, at=at)
    except (ValueError, UnicodeError) as problem:
        raise Refused(f"The mail cannot be written: {problem}") from problem


def _note(mail: OutboxMail, trouble: MailTrouble, at: datetime) -> None:
    logger.warning("Mail %s did not go out: %s", mail.pk, trouble)
    if isinstance(trouble, Unsure):
        _change(mail, error=f"The connection broke after the mail was handed over: {trouble}")
    elif isinstance(trouble, TryLater):
        _try_later(mail, trouble, at)
    else:
        _finish(mail, MailStatus.FAILED, at, error=str(trouble))


def _try_later(mail: OutboxMail, trouble: MailTrouble, at: datetime) -> None:
    if mail.attempts >= ATTEMPTS:
        _finish(mail, MailStatus.FAILED, at, error=str(trouble))
    else:
        later = at + wait_after(mail.attempts)
        _change(mail, status=MailStatus.QUEUED, send_after=later, error=str(trouble))


def _postpone_all(at: datetime) -> None:
    """Let the rest wait a little as well, without counting an attempt they never had."""
    OutboxMail.objects.filter(status=MailStatus.QUEUED, send_after__lte=at).update(
        send_after=at + FIRST_WAIT
    )


@transaction.atomic
def _finish(
    mail: OutboxMail, status: MailStatus, at: datetime, *, error: str = "", provider_id: str = ""
) -> None:
    told = {"status": status, "finished_at": at, "error": error, "provider_id": provider_id}
    _change(mail, **told, **_wiped(mail, status))
    if mail.about:
        # Whoever wrote the mail may be listening.
        name = "foundation.mail_sent" if status == MailStatus.SENT else "foundation.mail_failed"
        system = Person.objects.system()
        journal.record(name, subject=mail, by=system, at=at, about=mail.about)


def _change(mail: OutboxMail, **changes: Any) -> None:
    """Change a mail only while it is still *sending*: a person may have decided meanwhile."""
    for name, value in changes.items():
        setattr(mail, name, value)
    OutboxMail.objects.filter(pk=mail.pk, status=MailStatus.SENDING).update(**changes)


def _wiped(mail: OutboxMail, status: MailStatus) -> dict[str, Any]:
    """Return what is left of the words of a mail that has left, where they hold a secret."""
    if mail.secret:
        return {"text": "", "html": ""}
    if status != MailStatus.SENT or not mail.tokens:
        return {}
    headers = {name: masked(mail, value) for name, value in mail.headers.items()}
    return {
        "text": masked(mail, mail.text),
        "html": masked(mail, mail.html),
        "headers": headers,
        "tokens": [],
    }


def masked(mail: OutboxMail, words: str) -> str:
    """Return words of a mail with its tokens hidden."""
    for token in mail.tokens:
        words = words.replace(token, MASK)
    return words
