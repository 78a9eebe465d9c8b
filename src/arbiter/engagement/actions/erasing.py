"""A contact is erased: what was noted of talks with them alone goes. That there was a talk, and when, stays.

A listener of the journal, in the transaction of `accounts.contact_erased`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count

from arbiter.engagement.models import Promise, Touchpoint

if TYPE_CHECKING:
    from arbiter.foundation.journal import Told


def hear(facts: Sequence[Told]) -> None:
    """Erase what engagement holds of whoever was erased; what we promised them is ours, and loses their name only."""
    for fact in facts:
        if fact.name == "accounts.contact_erased" and fact.subject_id is not None:
            erase_notes(fact.subject_id)
            Promise.objects.filter(contact=fact.subject_id).exclude(custom={}).update(custom={})


def erase_notes(contact_id: int) -> int:
    """Erase the notes of the talks that were with one contact only; return how many."""
    theirs = Touchpoint.objects.filter(contacts=contact_id).values("pk")
    counted = Touchpoint.objects.filter(pk__in=theirs).annotate(people=Count("contacts"))
    alone = counted.filter(people=1).values_list("pk", flat=True)
    return Touchpoint.objects.filter(pk__in=list(alone)).update(summary="", custom={})
