"""Contacts are told of a result, and see it. That they agree or dispute comes with their verdict."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.models import Awareness, Goal, Knows
from arbiter.outcomes.queries import awareness, results

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact


class NobodyTold(Refusal):
    """Nobody was named who was told."""


@transaction.atomic
def tell(
    *,
    goal: Goal,
    contacts: Collection[Contact],
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
) -> list[Awareness]:
    """Note that contacts were told of a goal's result. It is not yet known that they saw it.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NobodyTold: no contact is named.
        FromElsewhere: a contact is another customer's.
    """
    permissions.demand_edit(by, goal)
    if not contacts:
        raise NobodyTold("Choose whom you told.", field="contacts")
    for contact in contacts:
        _belongs(goal, contact)
    rows = [_note(goal, contact, Knows.TOLD, at, recorded_at) for contact in contacts]
    told.of(
        "awareness_told",
        goal,
        by=by,
        at=at,
        recorded_at=recorded_at,
        contacts=sorted(contact.pk for contact in contacts),
    )
    return rows


@transaction.atomic
def see(*, goal: Goal, by: Contact, at: datetime, recorded_at: datetime | None = None) -> Awareness:
    """Note that a contact saw a goal's result, by an act of their own and never by opening a page.

    Who knows the newest result already stays as they are, and the journal stays silent.

    Raises:
        FromElsewhere: the contact is another customer's.
    """
    _belongs(goal, by)
    known = awareness.latest([goal.pk], as_of=at).get(goal.pk, {}).get(by.pk)
    newest = results.latest([goal.pk], as_of=at).get(goal.pk, {}).get("")
    if known and known.state != Knows.TOLD and not (newest and newest.recorded_at > known.at):
        return known
    row = _note(goal, by, Knows.SEEN, at, recorded_at)
    told.of("awareness_seen", goal, by=by, at=at, recorded_at=recorded_at, contact=by.pk)
    return row


def _belongs(goal: Goal, contact: Contact) -> None:
    if contact.customer_id != goal.customer_id:
        raise FromElsewhere(f"{contact.name} is not at {goal.customer.name}.", field="contacts")


def _note(
    goal: Goal, contact: Contact, state: str, at: datetime, recorded_at: datetime | None
) -> Awareness:
    row, _ = Awareness.objects.get_or_create(
        goal=goal, contact=contact, at=at, state=state, defaults={"recorded_at": recorded_at or at}
    )
    return row
