"""The mail that tells a giver what became of what they said: "you said, we did"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from arbiter.foundation.queries import company
from arbiter.voice.queries import speech
from arbiter.voice.queries.letters import NO_TOKEN, Letter, address, unsubscribing

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
    said_in = speech.around(contact)
    words = said_in.words
    context = {
        "around": words,
        "language": said_in.language,
        "direction": said_in.direction,
        "quotes": [_shortened(each.text) for each in said[:QUOTES_AT_MOST]],
        "paragraphs": [part for part in text.split("\n") if part.strip()],
        "sender_name": by.name,
        "vendor_name": company.name(),
        "unsubscription_url": address(token, "portal:unsubscription"),
        "not_you_url": address(token, "portal:wrong-person"),
    }
    return Letter(
        subject=words["reply_subject"],
        text=render_to_string("voice/mail/reply.txt", context),
        html=render_to_string("voice/mail/reply.html", context),
        headers=unsubscribing(token, "reply"),
        language=said_in.language,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= QUOTED_AT_MOST else f"{text[: QUOTED_AT_MOST - 1].rstrip()}…"
