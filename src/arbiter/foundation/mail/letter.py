"""From a row of the outbox to the bytes of a mail."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from arbiter.foundation.models import OutboxMail


class _Unfolded(EmailPolicy):
    """Leaves List-Unsubscribe on one line: folded, it starts with an empty one, and relays break its signature."""

    def _fold(self, name: str, value: Any, *args: Any, **kwargs: Any) -> str:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}"
        folded: str = super()._fold(name, value, *args, **kwargs)  # type: ignore[misc]
        return folded


AUTOMATIC = "auto-generated"
POLICY = _Unfolded(linesep="\r\n", raise_on_defect=False)


def message_id(dedupe_key: str) -> str:
    """Return the Message-ID of a mail: the same key has the same one for ever."""
    digest = hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]
    return f"<{digest}@{our_name()}>"


def our_name() -> str:
    """Return the name under which this installation speaks to the world."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def sender() -> str:
    """Return the bare address mail comes from."""
    return _from()[1]


def compose(mail: OutboxMail, *, at: datetime) -> bytes:
    """Return the whole mail: headers, a text part, and an HTML part where there is one."""
    message = EmailMessage(policy=POLICY)
    name, address = _from()
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = AUTOMATIC
    if mail.reply_to:
        message["Reply-To"] = ", ".join(replies_to(mail))
    for header, value in mail.headers.items():
        message[header] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message.as_bytes()


def for_provider(mail: OutboxMail, *, keeps_id: str = "") -> EmailMultiAlternatives:
    """Return the same mail as a provider's API takes it.

    Args:
        mail: what is sent.
        keeps_id: the header that asks the provider to leave our Message-ID as it is, where it needs asking.
    """
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": AUTOMATIC, **mail.headers}
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=mail.text,
        from_email=formataddr(_from()),
        to=[mail.to],
        reply_to=replies_to(mail),
        headers=headers | ({keeps_id: "true"} if keeps_id else {}),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def replies_to(mail: OutboxMail) -> list[str]:
    """Return where a reply goes: to whoever asked, and to us where we read replies."""
    if not mail.reply_to:
        return []
    ours = settings.EMAIL_REPLIES_TO
    return [mail.reply_to, ours] if ours and ours != mail.reply_to else [mail.reply_to]


def _from() -> tuple[str, str]:
    """Return name and address; a name with a comma is a name, though the standard wants it quoted."""
    name, _, rest = settings.EMAIL_FROM.rpartition("<")
    return name.strip().strip('"'), rest.strip().rstrip(">")
