"""Where a contact's answer about continuing turned: from nothing or a yes to a no or a not sure, and back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from arbiter.voice.models import Answer, AskKind

# What became known long after it was said is history that came in, and no change.
NEWS_DAYS = 7


class Turn(NamedTuple):
    """What somebody says now and what they had said before ("" when nothing)."""

    answer_id: int
    customer_id: int
    contact_id: int
    name: str
    role: str
    at: datetime
    now: str
    before: str


def between(since: datetime, until: datetime) -> list[Turn]:
    """Return every turn that became known in a time, the last of each contact: one query."""
    earlier = Answer.objects.filter(
        contact=OuterRef("contact"), kind=AskKind.INTENT, flagged=False, recorded_at__lte=since
    )
    before = earlier.order_by("-at", "-pk").values("value")[:1]
    given = Answer.objects.filter(
        kind=AskKind.INTENT,
        flagged=False,
        recorded_at__gt=since,
        recorded_at__lte=until,
        at__gt=since - timedelta(days=NEWS_DAYS),
    )
    columns = (
        "contact__customer_id",
        "contact_id",
        "contact__name",
        "contact__role",
        "at",
        "value",
    )
    rows = given.order_by("at", "pk").values_list("pk", *columns, Subquery(before))
    last = {row[2]: Turn._make((*row[:-1], row[-1] or "")) for row in rows}
    return [turn for turn in last.values() if turn.now != turn.before]
