"""What colleagues made of the losses: the version that counts, and every one before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts import permissions as accounts
from arbiter.forecast.models import PostMortem
from arbiter.forecast.models.surprise import LossCause
from arbiter.forecast.queries.ids import Ids

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person

__all__ = ["LossCause", "history", "latest", "visible_to"]


def visible_to(person: Person) -> QuerySet[PostMortem]:
    """Every post-mortem this person may read."""
    return PostMortem.objects.filter(accounts.within_reach(person, via="contract__customer__"))


def latest(contract_ids: Iterable[int], *, as_of: datetime) -> dict[int, PostMortem]:
    """The version that counts for each contract: one query."""
    rows = PostMortem.objects.filter(contract__in=Ids(contract_ids), recorded_at__lte=as_of)
    ordered = rows.select_related("by").order_by("recorded_at", "pk")
    return {row.contract_id: row for row in ordered}


def history(contract_id: int, *, as_of: datetime) -> list[PostMortem]:
    """Every version about one contract, the newest first: one query."""
    rows = PostMortem.objects.filter(contract=contract_id, recorded_at__lte=as_of)
    return list(rows.select_related("by", "quoted").order_by("-recorded_at", "-pk"))
