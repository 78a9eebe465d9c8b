"""Answers that look like a machine's are looked at by a person: each counts from then on, or stays out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.models import Answer

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class NeverFlagged(Refusal):
    """Only an answer that looked like a machine's can be taken in or left out; every other one counts."""


def count(*, answer: Answer, by: Person, at: datetime) -> Answer:
    """Let a flagged answer count from now on: a person gave it.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NeverFlagged: the answer never looked like a machine's.
    """
    return _review(answer, "counts", by, at)


def leave_out(*, answer: Answer, by: Person, at: datetime) -> Answer:
    """Leave a flagged answer out for good: a machine gave it. It is kept, with the reason.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NeverFlagged: the answer never looked like a machine's.
    """
    return _review(answer, "stays_out", by, at)


@transaction.atomic
def _review(answer: Answer, decision: str, by: Person, at: datetime) -> Answer:
    contact = answer.contact
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if not answer.flag_reason:
        raise NeverFlagged("This answer never looked like a machine's: it counts.")
    # The reason stays, so that what was decided can be looked at again.
    answer.flagged = decision == "stays_out"
    answer.reviewed_at, answer.reviewed_by = at, by
    answer.save(update_fields=["flagged", "reviewed_at", "reviewed_by"])
    journal.record(
        "voice.answer_reviewed",
        subject=answer,
        by=by,
        at=at,
        customer=contact.customer_id,
        contact=contact.pk,
        kind=answer.kind,
        decision=decision,
    )
    return answer
