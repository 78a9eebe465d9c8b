"""Of how many customers we know what they want, and how well it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from arbiter.outcomes.models import Direction, Revision, WhoseWords
from arbiter.outcomes.queries import goals, known

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


@dataclass(frozen=True)
class Coverage:
    """Counts, never a score: how many customers have a goal, and how many goals are well put."""

    customers: int
    with_goal: int
    goals: int
    in_their_words: int
    in_our_words: int
    measurable: int
    dated: int
    agreed: int


def of(customers: QuerySet[Customer], *, as_of: datetime) -> Coverage:
    """The coverage of a set of customers at a moment, in three queries however many they are."""
    standing = goals.standing(customers.order_by(), as_of=as_of)
    put = standing.aggregate(
        goals=Count("pk"),
        with_goal=Count("customer", distinct=True),
        in_their_words=Count("pk", filter=Q(whose_words=WhoseWords.CUSTOMER)),
        in_our_words=Count("pk", filter=Q(whose_words=WhoseWords.VENDOR)),
    )
    newest = known.by(Revision.objects.filter(goal=OuterRef("goal")), as_of).order_by(
        "-at", "-recorded_at", "-pk"
    )
    current = Revision.objects.filter(
        goal__in=standing.values("pk"), pk=Subquery(newest.values("pk")[:1])
    )
    number = Q(target__isnull=False) & ~Q(unit="")
    agreed = current.aggregate(
        measurable=Count("pk", filter=~Q(measure="") & (number | Q(direction=Direction.REACH))),
        dated=Count("pk", filter=Q(due_on__isnull=False)),
        agreed=Count("pk", filter=Q(agreed_by__isnull=False)),
    )
    return Coverage(customers=customers.count(), **put, **agreed)
