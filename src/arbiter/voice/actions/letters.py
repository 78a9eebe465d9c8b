"""Asking: a letter by mail, or a personal link to copy. Both make the link and the asks in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import asks, links, posting
from arbiter.voice.actions.posting import Mailed
from arbiter.voice.models import AskKind, Channel
from arbiter.voice.queries import budget, letters, speech
from arbiter.voice.queries.letters import AskedGoal
from arbiter.voice.rules.budget import OUTCOME, Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink


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
    rule_key: str = "",
    closes_at: datetime | None = None,
) -> Mailed:
    """Mail a contact their letter; what is asked, the link and the mail stand or fall together.

    A letter that would reach nobody, or nobody who wants it, is not sent: the outbox shows why.

    Args:
        contact: who is asked.
        goals: of which a verdict is asked, in this order.
        by: who asks.
        at: when.
        first: what is asked first: whether they continue, a verdict, or what they want.
        rule_key: the rule of asking that sends it; without one a colleague does, at an hour of their choice.
        closes_at: until when an answer may be changed.

    Raises:
        NotAllowed: the person may not ask this contact.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, contact.customer)
    request = Request(budget.addressee(contact), OUTCOME, by_hand=not rule_key)
    verdict = budget.hold(request.to, at=at).decide(request, at=at)
    term = letters.running_term(contact, as_of=at)
    if not verdict.may:
        told = letters.compose(contact=contact, by=by, term=term, goals=goals, first=first)
        because = f"{contact.name} {verdict.sentence}"
        name = f"voice.letter:none:{contact.pk}"
        return posting.leave_out(name, told, contact=contact, because=because, sender=by, at=at)
    link, token = links.make(contact=contact, by=by, at=at)
    about = {"channel": Channel.MAIL, "rule_key": rule_key, "closes_at": closes_at}
    _put(link, contact, _questions(first, goals, term), about, by, at)
    letter = letters.compose(
        contact=contact, by=by, term=term, goals=goals, first=first, token=token
    )
    return posting.post("letter", letter, link=link, token=token, sender=by, at=at)


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
    _put(link, contact, _questions(first, goals, term), {"channel": Channel.LINK}, by, at)
    return Copied(link, token, letters.address(token))


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
    about: Mapping[str, Any],
    by: Person,
    at: datetime,
) -> None:
    language = speech.language_of(contact)
    for question in questions:
        asks.put(**question, **about, language=language, contact=contact, link=link, by=by, at=at)
