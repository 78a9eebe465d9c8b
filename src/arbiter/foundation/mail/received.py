"""A mail that reached us: who wrote it, what it answers, in which words; and whether a person wrote it at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from arbiter.foundation.mail import quoting

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
# What answers a machine, where nothing else says so.
AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|automatische antwort"
    r"|abwesenheits|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|自動応答|自動返信"
    r"|رد تلقائي|undeliver|delivery status notification|mail delivery failed)",
    re.IGNORECASE,
)
NOBODY = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
PRECEDENCES = frozenset({"bulk", "junk", "list", "auto_reply"})
MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Failed-Recipients")


@dataclass(frozen=True)
class Bounce:
    """What a mail server reports of a mail that did not arrive."""

    address: str
    status: str
    said: str = ""
    message_id: str = ""

    @property
    def is_final(self) -> bool:
        """Say whether it will never arrive."""
        return self.status.startswith("5")


@dataclass(frozen=True)
class Received:
    """A mail as far as we look at it.

    `answers` are the Message-IDs it replies to, the nearest first. `automatic` says why no person wrote it.
    """

    message_id: str
    sender: str
    text: str
    answers: tuple[str, ...] = ()
    at: datetime | None = None
    automatic: str = ""
    bounce: Bounce | None = None
    subject: str = ""


def parse(raw: bytes) -> Received:
    """Read a mail as it came over the wire."""
    return read(message_from_bytes(raw, policy=policy.default))


def read(message: EmailMessage) -> Received:
    """Read a mail that is taken apart already."""
    found = getaddresses([_header(message, "From")])
    return Received(
        message_id=_header(message, "Message-ID").strip()[:400],
        sender=found[0][1].strip().lower() if found else "",
        text=quoting.own_words(_text(message)),
        answers=_answers(message),
        at=_date(message),
        automatic=_automatic(message, found[0][1] if found else ""),
        bounce=_bounce(message),
        subject=_header(message, "Subject").strip()[:400],
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; one that is broken is as good as missing."""
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError):
        return ""


def _answers(message: EmailMessage) -> tuple[str, ...]:
    direct = MESSAGE_ID.findall(_header(message, "In-Reply-To"))
    earlier = reversed(MESSAGE_ID.findall(_header(message, "References")))
    return tuple(dict.fromkeys([*direct, *earlier]))


def _date(message: EmailMessage) -> datetime | None:
    try:
        told = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        words = str(body.get_content())
    except (LookupError, ValueError, KeyError):
        # A character set nobody knows: what can be read of it is better than nothing.
        payload = body.get_payload(decode=True)
        words = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return quoting.text_of(words) if body.get_content_subtype() == "html" else words


def _automatic(message: EmailMessage, sender: str) -> str:
    """Return why no person wrote it; empty when one did, as far as can be told."""
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return f"Auto-Submitted: {submitted}"
    precedence = _header(message, "Precedence").strip().lower()
    if precedence in PRECEDENCES:
        return f"Precedence: {precedence}"
    for mark in MARKS:
        if message[mark]:
            return mark
    if message.get_content_type() == "multipart/report":
        return "a report of a mail server"
    if _header(message, "Return-Path").strip() == "<>" or NOBODY.match(sender):
        return "sent by a mail server"
    if AUTOMATIC_SUBJECT.match(_header(message, "Subject")):
        return "an automatic subject"
    return ""


def _bounce(message: EmailMessage) -> Bounce | None:
    """Return what a report of delivery (RFC 3464) says of one recipient."""
    if message.get_content_type() != "multipart/report":
        return None
    told: dict[str, str] = {}
    original = ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in part.get_payload():
                told |= {name.lower(): str(value) for name, value in block.items()}  # type: ignore[union-attr]
        elif kind in ("text/rfc822-headers", "message/rfc822"):
            found = re.search(r"(?im)^message-id:\s*(<[^<>\s]+>)", part.as_string())
            original = found[1] if found else original
    if told.get("action", "").strip().lower() not in ("failed", "delayed"):
        return None
    address = (told.get("original-recipient") or told.get("final-recipient", "")).partition(";")[2]
    status = told.get("status", "").strip()[:10]
    return Bounce(address.strip(), status, told.get("diagnostic-code", "")[:300], original)
