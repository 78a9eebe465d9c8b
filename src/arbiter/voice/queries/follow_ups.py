"""Who works on an answer, and by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from arbiter.accounts import permissions
from arbiter.voice.models import FollowUp

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


def visible_to(person: Person) -> QuerySet[FollowUp]:
    """Every follow-up this person may see."""
    return FollowUp.objects.filter(
        permissions.within_reach(person, via="answer__contact__customer__")
    )


def open(  # noqa: A001 - read as `follow_ups.open`
    customer_ids: Collection[int], *, as_of: datetime
) -> dict[int, list[FollowUp]]:
    """What was still to be followed up at each customer, the nearest first: one query."""
    still = Q(closed_at=None) | Q(closed_at__gt=as_of)
    found: dict[int, list[FollowUp]] = defaultdict(list)
    rows = FollowUp.objects.filter(
        still, set_at__lte=as_of, answer__contact__customer_id__in=customer_ids
    )
    for follow_up in rows.select_related("answer__contact", "owner").order_by("due_on", "pk"):
        found[follow_up.answer.contact.customer_id].append(follow_up)
    return dict(found)


def latest(answer_id: int, *, as_of: datetime) -> FollowUp | None:
    """The last work that was set on an answer, closed or not."""
    found = FollowUp.objects.filter(answer=answer_id, set_at__lte=as_of)
    return found.select_related("owner").order_by("-set_at", "-pk").first()
