"""Closing the loop: whoever told us something hears what became of it, singly or with all who said the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.mail import outbox
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import links
from arbiter.voice.models import Feedback, FeedbackReply, Theme
from arbiter.voice.queries import budget, reply_mails, themes
from arbiter.voice.queries.budget import Budget
from arbiter.voice.rules.budget import OUTCOME, TRANSACTIONAL, Addressee, Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person

# Who no longer takes check-ins from us takes no news of a theme either.
KIND_OF_NEWS = "check_in"
MOST_AT_ONCE = 2_000


class NothingToTell(Refusal):
    """A reply says what we did, in words."""


class NobodyToTell(Refusal):
    """Nobody is known who said it."""


class MayNotBeTold(Refusal):
    """The giver gets no mail from us; the sentence says why."""


@dataclass
class Told:
    """What became of telling everyone of a theme: who was told, and who was not with the sentence why."""

    told: list[Contact] = field(default_factory=list)
    not_told: list[tuple[Contact, str]] = field(default_factory=list)
    unknown: int = 0


@transaction.atomic
def reply(*, feedback: Feedback, text: str, by: Person, at: datetime) -> FeedbackReply:
    """Tell the giver of one piece of feedback what became of it, by mail.

    It answers somebody's own words, so it waits for nothing; only who has left, or wants no mail at all, gets none.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not write to customers.
        NothingToTell: there are no words.
        NobodyToTell: nobody is known who said it.
        MayNotBeTold: they get no mail from us.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, feedback.customer)
    text = _worded(text)
    contact = feedback.contact
    if contact is None:
        raise NobodyToTell("Nobody is known who said this. Choose the person first.")
    request = Request(budget.addressee(contact), OUTCOME, by_hand=True)
    verdict = budget.of([request.to], at=at).decide(request, at=at)
    if not verdict.may and verdict.look_again_at is None:
        raise MayNotBeTold(f"{contact.name} {verdict.sentence}")
    return _send(contact, [feedback], text, by, at)[0]


@transaction.atomic
def reply_to_theme(*, theme: Theme, text: str, by: Person, at: datetime) -> Told:
    """Tell everyone who said something of a theme, and has not been told since it changed, what we did.

    Each gets one mail with their own words. It keeps to the budget as a survey after something happened does: who was
    written to lately is left out with the reason, and can be told later.

    Raises:
        NotAllowed: the role may not write to customers.
        NothingToTell: there are no words.
        NobodyToTell: everyone was told, or nobody is known.
    """
    must(by, Permission.ASK_CUSTOMERS)
    text = _worded(text)
    found = Told()
    waiting = _waiting(theme, by)
    found.unknown = len(waiting.pop(None, []))
    people = {each.contact.pk: each.contact for some in waiting.values() for each in some if each.contact}  # fmt: skip
    if not people:
        raise NobodyToTell("Everyone of this theme was told already, or nobody is known.")
    addressees = budget.told(people.values())
    within = budget.of(addressees, at=at)
    for to in addressees:
        pk, contact = to.contact_id, people[to.contact_id]
        because = _reason(within, to, at)
        if because:
            found.not_told.append((contact, because))
            _leave_out(contact, waiting[pk], text, because, by, at)
        else:
            found.told.append(contact)
            _send(contact, waiting[pk], text, by, at)
    journal.record(
        "voice.theme_told", subject=theme, by=by, at=at, told=len(found.told), not_told=len(found.not_told)
    )  # fmt: skip
    return found


def _worded(text: str) -> str:
    if not text.strip():
        raise NothingToTell("Say what was done, as the customer would see it.", field="text")
    return text.strip()


def _waiting(theme: Theme, by: Person) -> dict[int | None, list[Feedback]]:
    """What is in a theme and was not replied to since it changed, by who said it, the newest first."""
    found: dict[int | None, list[Feedback]] = defaultdict(list)
    rows = themes.within(theme, by).select_related("contact__customer", "customer")
    for each in rows.order_by("-at", "-pk")[:MOST_AT_ONCE]:
        since = theme.changed_at or theme.made_at
        if each.replied_at is None or each.replied_at < since:
            found[each.contact_id].append(each)
    return dict(found)


def _reason(within: Budget, to: Addressee, at: datetime) -> str:
    """Return why somebody is not told now; empty when they are."""
    request = Request(to, TRANSACTIONAL, KIND_OF_NEWS, by_hand=True)
    verdict = within.decide(request, at=at)
    if verdict.may:
        within.note(request, at=at)
        return ""
    return f"{to.name} {verdict.sentence}"


def _send(
    contact: Contact, said: Sequence[Feedback], text: str, by: Person, at: datetime
) -> list[FeedbackReply]:
    link, token = links.make(contact=contact, by=by, at=at)
    key = f"voice.reply:{link.pk}"
    mail = reply_mails.compose(contact=contact, said=said, text=text, by=by, token=token)
    outbox.put(
        dedupe_key=key,
        about=key,
        to=contact.email,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        reply_to=by.email,
        at=at,
        by=by,
        tokens=[token],
    )
    replies = [
        FeedbackReply.objects.create(feedback=each, text=text, at=at, by=by, mail_key=key)
        for each in said
    ]
    for each in said:
        each.replied_at = at
        each.save(update_fields=["replied_at"])
        _tell(each, by, at)
    return replies


def _leave_out(
    contact: Contact, said: Sequence[Feedback], text: str, because: str, by: Person, at: datetime
) -> None:
    """Keep the mail that was not sent, without a link, beside the reason; without an address there is none."""
    if contact.email:
        mail = reply_mails.compose(contact=contact, said=said, text=text, by=by)
        outbox.put(
            dedupe_key=f"voice.reply:none:{contact.pk}:{at.isoformat()}",
            to=contact.email,
            subject=mail.subject,
            text=mail.text,
            at=at,
            by=by,
            drop_because=because,
        )


def _tell(feedback: Feedback, by: Person, at: datetime) -> None:
    journal.record(
        "voice.feedback_replied",
        subject=feedback,
        by=by,
        at=at,
        customer=feedback.customer_id,
        contact=feedback.contact_id,
    )
