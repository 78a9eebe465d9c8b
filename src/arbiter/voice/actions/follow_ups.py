"""Somebody works on an answer, by a date."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.models import FollowUp

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Answer


class DueInThePast(Refusal):
    """A follow-up is due today or later."""


class AlreadyClosed(Refusal):
    """The follow-up was closed before."""


@transaction.atomic
def set(  # noqa: A001 - the verb colleagues use, always called as `follow_ups.set`
    *,
    answer: Answer,
    owner: Person,
    due_on: date,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    reason: str = "",
    would_make_it_yes: str = "",
) -> FollowUp:
    """Have a colleague work on an answer by a date; an open follow-up of the answer is closed by it.

    Args:
        answer: the answer that is worked on.
        owner: who works on it.
        due_on: by when.
        by: who decides that.
        at: when.
        recorded_at: when we learnt it; `at` unless given.
        reason: why they are not sure, as we understood it; that of the work before unless given.
        would_make_it_yes: what would make it a yes, as we understood it; likewise.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        DueInThePast: the date is before today.
    """
    customer = answer.contact.customer
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if due_on < at.date():
        raise DueInThePast("Choose today or a later day.", field="due_on")
    before = FollowUp.objects.filter(answer=answer).order_by("-set_at", "-pk").first()
    FollowUp.objects.filter(answer=answer, closed_at=None).update(closed_at=at)
    follow_up = FollowUp.objects.create(
        answer=answer,
        owner=owner,
        due_on=due_on,
        set_at=at,
        reason=reason.strip() or (before.reason if before else ""),
        would_make_it_yes=would_make_it_yes.strip() or (before.would_make_it_yes if before else ""),
    )
    _tell("voice.follow_up_set", follow_up, by, at, recorded_at, owner=owner.pk, due_on=due_on)
    return follow_up


@transaction.atomic
def close(
    *, follow_up: FollowUp, by: Person, at: datetime, recorded_at: datetime | None = None
) -> FollowUp:
    """Note that an answer has been worked on.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyClosed: it was closed before.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, follow_up.answer.contact.customer)
    if not FollowUp.objects.filter(pk=follow_up.pk, closed_at=None).update(closed_at=at):
        raise AlreadyClosed("This follow-up is closed already.")
    follow_up.closed_at = at
    _tell("voice.follow_up_closed", follow_up, by, at, recorded_at)
    return follow_up


def _tell(
    name: str,
    follow_up: FollowUp,
    by: Person,
    at: datetime,
    recorded_at: datetime | None,
    **details: int | date,
) -> None:
    contact = follow_up.answer.contact
    journal.record(
        name,
        subject=follow_up,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=contact.customer_id,
        contact=contact.pk,
        answer=follow_up.answer_id,
        **details,
    )
