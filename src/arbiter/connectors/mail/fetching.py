"""Fetching replies by IMAP: each mail is read once, marked as seen, and left where it is."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.conf import settings

from arbiter.foundation.mail import received
from arbiter.foundation.mail.replies import Mailbox
from arbiter.foundation.mail.server import Security
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.voice.actions import replies

TIMEOUT_SECONDS = 20
# Of one run; the next comes in a minute.
MOST = 200
# Nobody writes that much; what is larger carries files, of which only the beginning is read.
MOST_BYTES = 1_000_000
MASK = "••••"


class MailboxAway(Refusal):
    """The mailbox of replies cannot be read now."""


def fetch(*, mailbox: Mailbox, at: datetime) -> int:
    """Take in what is new in the mailbox, and return how many mails that were.

    A mail is marked as seen only after it was taken in: a crash in between brings it again, and it counts once.

    Raises:
        MailboxAway: it cannot be reached, or does not let us in.
    """
    count = 0
    with _opened(mailbox) as box:
        for number in _unseen(box)[:MOST]:
            raw = _bytes(box, number)
            if raw is not None:
                replies.receive(mail=received.parse(raw), by=Person.objects.system(), at=at)
                count += 1
            box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
    return count


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    box: imaplib.IMAP4 | None = None
    try:
        tls = ssl.create_default_context(cafile=settings.EMAIL_CA_FILE or None)
        box = _connect(mailbox, tls)
        if mailbox.security is Security.STARTTLS:
            box.starttls(tls)
        box.login(mailbox.user, mailbox.password)
        status, told = box.select(f'"{mailbox.folder}"')
        if status != "OK":
            raise imaplib.IMAP4.error(f"{mailbox.folder}: {told[0]!r}")
        yield box
    except (OSError, imaplib.IMAP4.error) as problem:
        why = str(problem) or type(problem).__name__
        if mailbox.password:
            why = why.replace(mailbox.password, MASK)
        raise MailboxAway(f"{mailbox} cannot be read: {why}") from problem
    finally:
        if box is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                box.logout()
            with suppress(OSError):
                box.shutdown()  # a line that broke is not closed by a farewell nobody hears


def _connect(mailbox: Mailbox, tls: ssl.SSLContext) -> imaplib.IMAP4:
    if mailbox.security is Security.TLS:
        return imaplib.IMAP4_SSL(
            mailbox.host, mailbox.port, ssl_context=tls, timeout=TIMEOUT_SECONDS
        )
    return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS)


def _unseen(box: imaplib.IMAP4) -> list[str]:
    _, found = box.uid("SEARCH", "UNSEEN")
    return (found[0] or b"").decode().split() if found else []


def _bytes(box: imaplib.IMAP4, number: str) -> bytes | None:
    """The mail, or its beginning; None when it went meanwhile."""
    _, parts = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    for part in parts or ():
        if isinstance(part, tuple) and re.search(rb"BODY\[\]", part[0]):
            return bytes(part[1])
    return None
