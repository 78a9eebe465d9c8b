"""What a contact answers: kept as it was said, followed by a later one, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice import permissions, rules
from arbiter.voice.actions import links
from arbiter.voice.models import Answer, Ask, AskKind, Intent
from arbiter.voice.queries import arrivals
from arbiter.voice.queries.arrivals import Arrival

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import PersonalLink


class NotTheirs(Refusal):
    """One contact may not answer for another."""


class NoEvidence(Refusal):
    """What a contact said is recorded on their behalf only with where it was said."""


class NotAnAnswer(Refusal):
    """The question cannot be answered so."""


@transaction.atomic
def give(
    *,
    contact: Contact,
    kind: str,
    value: str,
    by: Contact | Person,
    at: datetime,
    recorded_at: datetime | None = None,
    comment: str = "",
    would_make_it_yes: str = "",
    scale: str = "",
    ask: Ask | None = None,
    link: PersonalLink | None = None,
    arrival: Arrival | None = None,
    evidence: str = "",
    submission: str | None = None,
) -> Answer:
    """Keep what a contact answered; the same submission again returns the first answer.

    Args:
        contact: whose answer it is.
        kind: the question, one of `AskKind`.
        value: the answer; for an intent one of `Intent`.
        by: the contact, or a colleague who records on their behalf.
        at: when it was said.
        recorded_at: when we learnt it.
        comment: their words.
        would_make_it_yes: what would have to change, in their words.
        scale: the scale of a number, such as `0-10`.
        ask: the question it answers; the newest of its kind to this contact unless given.
        link: the personal link it came through.
        arrival: how it came in; an answer that looks like a machine's is flagged and does not count.
        evidence: where it was said, when a colleague records it.
        submission: the form's own number.

    Raises:
        NotTheirs: another contact answers.
        HasLeft: the contact has left the customer.
        NotAllowed, NoEvidence: the colleague may not, or says not where it was said.
        NotAnAnswer: the value is no answer to the question.
        TooMuchThroughThisLink: more came through the link than a person sends.
    """
    on_behalf_by = _author(contact, by, evidence, at)
    if kind == AskKind.INTENT and value not in Intent.values:
        raise NotAnAnswer("Choose yes, not sure or no.", field="value")
    if link is not None:
        links.count(link=link, at=at)
    recent = _recent(contact, kind, submission, at)
    first = next((one for one in recent if submission and one.submission == submission), None)
    if first is not None:
        return first
    ask = ask or _newest_ask(contact, kind, at)
    flag = _machine_like(recent, kind, value, arrival, ask)
    answer = Answer.objects.create(
        contact=contact,
        kind=kind,
        value=value,
        scale=scale,
        comment=comment.strip(),
        would_make_it_yes=would_make_it_yes.strip(),
        ask=ask,
        at=at,
        recorded_at=recorded_at or at,
        on_behalf_by=on_behalf_by,
        evidence=evidence.strip(),
        flagged=bool(flag),
        flag_reason=flag,
        submission=submission,
    )
    journal.record(
        "voice.answer_given",
        subject=answer,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=contact.customer_id,
        contact=contact.pk,
        kind=kind,
        flagged=answer.flagged,
        on_behalf=on_behalf_by is not None,
    )
    return answer


def _author(contact: Contact, by: Contact | Person, evidence: str, at: datetime) -> Person | None:
    """Return the colleague who records on the contact's behalf; None when the contact speaks."""
    permissions.demand_there(contact, at)
    if not isinstance(by, Person):
        if by.pk != contact.pk:
            raise NotTheirs(f"Only {contact.name} can answer for {contact.name}.")
        return None
    accounts.demand(by, Permission.RECORD_ON_BEHALF, contact.customer)
    if not evidence.strip():
        raise NoEvidence(
            f"Say where {contact.name} said so: a call, a mail, a meeting.", field="evidence"
        )
    return by


def _recent(contact: Contact, kind: str, submission: str | None, at: datetime) -> Sequence[Answer]:
    """Return what this contact just answered, and what came with the same form, in one query."""
    just_now = Q(at__gte=at - rules.BURST, at__lte=at, kind=kind)
    same_form = Q(submission=submission) if submission else Q(pk__in=())
    return list(Answer.objects.filter(just_now | same_form, contact=contact))


def _newest_ask(contact: Contact, kind: str, at: datetime) -> Ask | None:
    asks = Ask.objects.filter(contact=contact, kind=kind, at__lte=at)
    return asks.order_by("-at", "-pk").first()


def _machine_like(
    recent: Sequence[Answer], kind: str, value: str, arrival: Arrival | None, ask: Ask | None
) -> str:
    """Return why the answer looks like a machine's; what came in the same burst is flagged with it."""
    if arrival is None:
        return ""
    if arrival.delivered_at is None and ask is not None:
        arrival = replace(arrival, delivered_at=ask.delivered_at)
    options = frozenset(Intent.values) if kind == AskKind.INTENT else frozenset()
    values = frozenset({value, *(one.value for one in recent)})
    flag = arrivals.judge(arrival, values=values, options=options)
    if flag and options and options <= values:
        burst = [one.pk for one in recent]
        Answer.objects.filter(pk__in=burst).update(flagged=True, flag_reason=flag)
    return flag
