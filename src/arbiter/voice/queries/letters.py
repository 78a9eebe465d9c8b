"""What a letter to a contact says, in text and in HTML: for the preview and for the mail alike."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from arbiter.accounts.queries import contracts
from arbiter.foundation.queries import company
from arbiter.voice.models import Ask, AskKind
from arbiter.voice.queries import speech
from arbiter.voice.rules import leaving

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink

# Stands in a preview where the personal link will be.
NO_TOKEN = "personal-link"  # noqa: S105 - shown instead of a secret
ANSWERS = ("yes", "not_sure", "no")
JUDGEMENTS = ("achieved", "partly", "not", "too_early")
OPENINGS = (AskKind.INTENT, AskKind.VERDICT, AskKind.GOAL)
"""What a letter may ask first; whichever it is, it asks as well whether they will continue."""


@dataclass(frozen=True)
class AskedGoal:
    """A goal that a letter reminds of: voice knows goals by key and by the customer's words only."""

    key: str
    statement: str


@dataclass(frozen=True)
class Order:
    """What is asked first, of which goals in which order, and since when."""

    first: str = AskKind.INTENT
    goal_keys: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Letter:
    """A mail before it is put into the outbox, and the language of its words."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]
    language: str


def compose(
    *,
    contact: Contact,
    by: Person,
    term: Contract | None,
    goals: Sequence[AskedGoal] = (),
    first: str = AskKind.INTENT,
    token: str = NO_TOKEN,
) -> Letter:
    """Write the letter that asks a contact whether they got it and whether they will continue.

    Args:
        contact: who is asked.
        by: who asks; replies go to them.
        term: the contract that runs; None when none is known.
        goals: what the customer said they want, in the order of the letter.
        first: the question that comes first, one of `OPENINGS`.
        token: of the personal link; without it the links lead nowhere.
    """
    opens = opening(first, goals)
    ends_on = term.ends_on if term else None
    said = speech.around(contact, day=ends_on)
    words = said.words
    after = "_after" if ends_on else ""
    url = address(token)
    context = {
        "around": words,
        "language": said.language,
        "direction": said.direction,
        "subject": words[f"subject_{opens}"],
        "continues": words[f"continue{after}"],
        "asks_continue": words[f"asks_continue{after}"],
        "statements": [quoted(words, goal.statement) for goal in goals],
        "first": opens,
        "answers": _choices(url, opens, words),
        "sender_name": by.name if by.is_active else "",
        "vendor_name": company.name(),
        "url": url,
        "unsubscription_url": address(token, "portal:unsubscription"),
        "not_you_url": address(token, "portal:wrong-person"),
    }
    return Letter(
        subject=words[f"subject_{opens}"],
        text=render_to_string("voice/mail/letter.txt", context),
        html=render_to_string("voice/mail/letter.html", context),
        headers=unsubscribing(token, "letter"),
        language=said.language,
    )


def opening(first: str, goals: Sequence[AskedGoal]) -> AskKind:
    """Return what a letter asks first: without a goal there is nothing to judge, so it asks for one."""
    return AskKind.GOAL if first == AskKind.VERDICT and not goals else AskKind(first)


def order_of(link: PersonalLink) -> Order:
    """Return in which order the letter behind a link asks; an old link asks as any letter does."""
    asked = list(Ask.objects.filter(link=link).order_by("pk").values_list("kind", "goal_key"))
    if not asked:
        return Order()
    keys = tuple(dict.fromkeys(key for _, key in asked if key))
    return Order(asked[0][0], keys, link.created_at)


def address(token: str, name: str = "portal:letter") -> str:
    """Return the whole address of a page behind a personal link."""
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def quoted(words: Mapping[str, str], text: str) -> str:
    """Return what somebody said between the quotation marks of a language."""
    return words["quote"].replace("{words}", text)


def _choices(url: str, first: AskKind, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where each answer to the first question leads; what somebody wants is no choice of ours."""
    if first == AskKind.INTENT:
        return [(f"{url}?answer={each}", words[f"intent_{each}"]) for each in ANSWERS]
    if first == AskKind.VERDICT:
        return [(f"{url}?verdict={each}", words[f"verdict_{each}"]) for each in JUDGEMENTS]
    return []


def unsubscribing(token: str, kind: str) -> dict[str, str]:
    """Return the headers of a mail that may be unsubscribed in one click (RFC 8058), and of what kind it is.

    Where we read replies, a mail program that knows no such click may write to us instead (RFC 2369).

    `Feedback-ID` lets a provider of mailboxes tell how each kind of our mail is received; its last part is ours alone.
    """
    url = address(token, "portal:unsubscription")
    inbox = settings.EMAIL_REPLIES_TO
    ways = [url, leaving.address(inbox, token)] if inbox else [url]
    host = urlsplit(url).hostname or "localhost"
    ours = f"arb{hashlib.sha256(host.encode()).hexdigest()[:12]}"
    return {
        "List-Id": f"<asks.{host}>",
        "List-Unsubscribe": ", ".join(f"<{each}>" for each in ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": f"{kind}:asks:arbiter:{ours}",
    }


def running_term(contact: Contact, *, as_of: datetime) -> Contract | None:
    """Return the open contract a contact is asked about: the first of their customer's to end."""
    found = contracts.open_of([contact.customer_id], as_of=as_of).get(contact.customer_id)
    return found[0] if found else None


def first_name(name: str) -> str:
    """Return how a person is greeted."""
    return name.split()[0] if name.split() else name
