"""The mail that tells a giver what became of what they said: "you said, we did"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from arbiter.foundation.queries import company
from arbiter.voice.queries.letters import (
    NO_TOKEN,
    Letter,
    address,
    first_name,
    unsubscribing,
)
from arbiter.voice.rules.reply_words import DIRECTIONS, words_in

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Feedback

QUOTES_AT_MOST = 3
# They know what they wrote: the beginning reminds of it, and mail beyond 100 KB is cut by some programs.
QUOTED_AT_MOST = 2_000


def compose(
    *,
    contact: Contact,
    said: Sequence[Feedback],
    text: str,
    by: Person,
    token: str = NO_TOKEN,
) -> Letter:
    """Write the mail: their words verbatim, then ours.

    Args:
        contact: who gave the feedback.
        said: what they said, the newest first.
        text: what we did, in the words of whoever replies.
        by: who replies; answers go to them.
        token: of the personal link behind which they stop such mail; without it that leads nowhere.
    """
    language, words = words_in(contact.language, contact.customer.language, _of_company())
    unsubscription_url = address(token, "portal:unsubscription")
    context = {
        "language": language,
        "direction": DIRECTIONS.get(language, "ltr"),
        "words": words,
        "greeting": words.greeting.format(name=first_name(contact.name)),
        "subject": words.subject.format(vendor=company.name()),
        "quotes": [_shortened(each.text) for each in said[:QUOTES_AT_MOST]],
        "paragraphs": [part for part in text.split("\n") if part.strip()],
        "sender_name": by.name,
        "vendor_name": company.name(),
        "contact_name": contact.name,
        "customer_name": contact.customer.name,
        "unsubscription_url": unsubscription_url,
        "not_you_url": address(token, "portal:wrong-person"),
    }
    return Letter(
        subject=str(context["subject"]),
        text=render_to_string("voice/mail/reply.txt", context),
        html=render_to_string("voice/mail/reply.html", context),
        headers=unsubscribing(unsubscription_url, "reply"),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= QUOTED_AT_MOST else f"{text[: QUOTED_AT_MOST - 1].rstrip()}…"


def _of_company() -> str:
    run_by = company.current()
    return run_by.language if run_by else ""
