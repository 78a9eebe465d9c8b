"""A composed mail on its way into the outbox: with the link it asks by, or with the reason why it is not sent.

Whoever asks writes the journal; here is only what every mail that asks has in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.foundation.mail import outbox

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink
    from arbiter.voice.queries.letters import Letter


@dataclass(frozen=True)
class Mailed:
    """What became of a letter: its link, or a sentence why it was not sent."""

    contact: Contact
    link: PersonalLink | None = None
    because: str = ""


def post(
    kind: str, mail: Letter, *, link: PersonalLink, token: str, sender: Person, at: datetime
) -> Mailed:
    """Put a mail into the outbox; replies go to whoever asks, as long as they are with us."""
    about = f"voice.{kind}:{link.pk}"
    outbox.put(
        dedupe_key=about,
        about=about,
        to=link.contact.email,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        reply_to=sender.email if sender.is_active else "",
        at=at,
        by=sender,
        tokens=[token],
    )
    return Mailed(link.contact, link)


def leave_out(
    name: str, mail: Letter, *, contact: Contact, because: str, sender: Person, at: datetime
) -> Mailed:
    """Keep a mail that is not sent, without a link, beside the reason; without an address there is none.

    Args:
        name: what the mail is, alone for contact and moment.
        mail: as it would have been.
        contact: who was to get it.
        because: the reason, as a sentence.
        sender: who wanted it sent.
        at: when.
    """
    if contact.email:
        outbox.put(
            dedupe_key=f"{name}:{at.isoformat()}",
            to=contact.email,
            subject=mail.subject,
            text=mail.text,
            at=at,
            by=sender,
            drop_because=because,
        )
    return Mailed(contact, because=because)
