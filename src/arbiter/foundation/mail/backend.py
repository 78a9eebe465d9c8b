"""Django's own mail (sign-in codes, password links) through the same outbox and the same server."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from arbiter.foundation.mail import outbox


class OutboxBackend(BaseEmailBackend):
    """Puts each mail into the outbox, as a secret one: what signs people in is shown to nobody."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the mails away and return how many there were."""
        at = timezone.now()  # noqa: TID251  Django's mail carries no time of its own
        count = 0
        for message in email_messages:
            for recipient in message.recipients():
                outbox.put(
                    dedupe_key=f"foundation.sign_in:{secrets.token_hex(16)}",
                    to=parseaddr(recipient)[1],
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html(message),
                    at=at,
                    secret=True,
                )
                count += 1
        return count


def _html(message: EmailMessage) -> str:
    if isinstance(message, EmailMultiAlternatives):
        for part in message.alternatives:
            if part[1] == "text/html":
                return str(part[0])
    return ""
