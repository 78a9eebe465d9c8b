"""Asking: a letter by mail, or a personal link to copy. Both make the link and the asks in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation.mail import outbox
from arbiter.foundation.roles import Permission
from arbiter.voice import rules
from arbiter.voice.actions import asks, links
from arbiter.voice.models import AskKind, Channel
from arbiter.voice.queries import letters
from arbiter.voice.queries.asks import last_asked
from arbiter.voice.queries.letters import AskedGoal, Letter

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink


@dataclass(frozen=True)
class Mailed:
    """What became of a letter: its link, or a sentence why it was not sent."""

    contact: Contact
    link: PersonalLink | None = None
    because: str = ""


@dataclass(frozen=True)
class Copied:
    """A link made to be copied: its address is shown once."""

    link: PersonalLink
    token: str
    url: str


@transaction.atomic
def send(
    *,
    contact: Contact,
    goals: Sequence[AskedGoal],
    by: Person,
    at: datetime,
    first: str = AskKind.INTENT,
) -> Mailed:
    """Mail a contact their letter; what is asked, the link and the mail stand or fall together.

    A letter that would reach nobody, or nobody who wants it, is not sent: the outbox shows why.

    Args:
        contact: who is asked.
        goals: of which a verdict is asked, in this order.
        by: who asks.
        at: when.
        first: what is asked first: whether they continue, a verdict, or what they want.

    Raises:
        NotAllowed: the person may not ask this contact.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, contact.customer)
    because = rules.reason_not_to_mail(
        email=contact.email,
        left_on=contact.left_on,
        unsubscribed_at=contact.unsubscribed_at,
        asked_at=last_asked([contact.pk], at=at).get(contact.pk),
        at=at,
    )
    term = letters.running_term(contact, as_of=at)
    if because:
        told = letters.compose(contact=contact, by=by, term=term, goals=goals, first=first)
        return _left_out(contact, f"{contact.name} {because}", told, by, at)
    link, token = links.make(contact=contact, by=by, at=at)
    _put(link, contact, _questions(first, goals, term), Channel.MAIL, by, at)
    letter = letters.compose(
        contact=contact, by=by, term=term, goals=goals, first=first, token=token
    )
    outbox.put(
        dedupe_key=f"voice.letter:{link.pk}",
        about=f"voice.letter:{link.pk}",
        to=contact.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=letter.headers,
        reply_to=by.email,
        at=at,
        by=by,
        tokens=[token],
    )
    return Mailed(contact, link)


@transaction.atomic
def copy(
    *,
    contact: Contact,
    goals: Sequence[AskedGoal],
    by: Person,
    at: datetime,
    first: str = AskKind.INTENT,
) -> Copied:
    """Ask a contact by a link that a colleague hands over themselves; the arguments are those of `send`.

    Raises:
        NotAllowed: the person may not ask this contact.
        HasLeft: the contact has left the customer.
    """
    link, token = links.make(contact=contact, by=by, at=at)
    term = letters.running_term(contact, as_of=at)
    _put(link, contact, _questions(first, goals, term), Channel.LINK, by, at)
    return Copied(link, token, letters.address(token))


def _left_out(contact: Contact, because: str, told: Letter, by: Person, at: datetime) -> Mailed:
    """Keep the letter that was not sent, without a link, beside the reason; without an address there is none."""
    if contact.email:
        outbox.put(
            dedupe_key=f"voice.letter:none:{contact.pk}:{at.isoformat()}",
            to=contact.email,
            subject=told.subject,
            text=told.text,
            at=at,
            by=by,
            drop_because=because,
        )
    return Mailed(contact, because=because)


def _questions(
    first: str, goals: Sequence[AskedGoal], term: Contract | None
) -> list[dict[str, Any]]:
    """What a letter asks, in its order: the link remembers it, and the page behind it asks the same."""
    opens = letters.opening(first, goals)
    verdicts = [{"kind": AskKind.VERDICT, "goal_key": goal.key} for goal in goals]
    intent = {"kind": AskKind.INTENT, "contract_key": term.key if term else ""}
    if opens == AskKind.INTENT:
        return [intent, *verdicts]
    if opens == AskKind.GOAL:
        wanted = {"kind": AskKind.GOAL, "goal_key": goals[0].key if goals else ""}
        return [wanted, *verdicts, intent]
    return [*verdicts, intent]


def _put(
    link: PersonalLink,
    contact: Contact,
    questions: Sequence[dict[str, Any]],
    channel: str,
    by: Person,
    at: datetime,
) -> None:
    for question in questions:
        asks.put(**question, contact=contact, channel=channel, link=link, by=by, at=at)
