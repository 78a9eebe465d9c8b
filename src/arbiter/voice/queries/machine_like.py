"""Answers that look like a machine's, and what people decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.accounts import permissions
from arbiter.voice.models import Answer

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


def door(person: Person) -> QuerySet[Answer]:
    """Every answer within a person's reach, flagged or not: what may be decided about it is the verb's matter."""
    found = Answer.objects.filter(permissions.within_reach(person, via="contact__customer__"))
    return found.select_related("contact__customer__owner", "reviewed_by", "ask")


def visible_to(person: Person) -> QuerySet[Answer]:
    """Every answer that ever looked like a machine's, within a person's reach."""
    return door(person).exclude(flag_reason="")


def waiting(person: Person, *, as_of: datetime) -> QuerySet[Answer]:
    """Those nobody has looked at yet."""
    return visible_to(person).filter(flagged=True, reviewed_at=None, recorded_at__lte=as_of)


def decided(person: Person, *, as_of: datetime) -> QuerySet[Answer]:
    """Those somebody has looked at."""
    return visible_to(person).filter(reviewed_at__lte=as_of)
