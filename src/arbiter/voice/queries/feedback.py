"""The doors to feedback: one inbox for answers' comments, replies, interviews, tickets and requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from arbiter.accounts import permissions
from arbiter.voice.models import (
    Feedback,
    FeedbackReply,
    FeedbackSource,
    FeedbackStatus,
    Sorting,
)
from arbiter.voice.queries.places import Found, Place, newest_first
from arbiter.voice.queries.responses import FEW_ANSWERS

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SIZE = 50
MOST_WORDS = 100
"""Letters that are searched for at most."""
OPEN = (FeedbackStatus.NEW, FeedbackStatus.PLANNED, FeedbackStatus.IN_WORK)


@dataclass(frozen=True)
class Filters:
    """Which feedback: `status` is one of `FeedbackStatus`, or "" for all that is open, or "all"."""

    status: str = ""
    source: str = ""
    theme: int | None = None
    unsorted: bool = False
    owner: int | None = None
    product_area: str = ""
    blocking: bool = False
    words: str = ""


@dataclass(frozen=True)
class Told:
    """Of how many pieces their givers were told what became of them, and after how many days half of these were."""

    pieces: int
    told: int
    days: float | None


class InTheme(NamedTuple):
    """That a piece of feedback is in a theme, or is suggested for it."""

    theme_id: int
    name: str
    is_confirmed: bool


def visible_to(person: Person) -> QuerySet[Feedback]:
    """Every piece of feedback from customers this person may see."""
    reach = permissions.within_reach(person, via="customer__")
    return Feedback.objects.filter(reach)


def narrowed(found: QuerySet[Feedback], filters: Filters) -> QuerySet[Feedback]:
    """Return those that fit."""
    found = _of_status(found, filters.status)
    told = {
        "source": filters.source,
        "owner": filters.owner,
        "product_area": filters.product_area,
    }
    found = found.filter(**{name: value for name, value in told.items() if value})
    if filters.theme:
        found = found.filter(Exists(_sorted(theme=filters.theme)))
    if filters.unsorted:
        found = found.filter(~Exists(_sorted()))
    if filters.blocking:
        found = found.exclude(goal_key="")
    if filters.words:
        found = found.filter(text__icontains=filters.words[:MOST_WORDS])
    return found


def page(
    found: QuerySet[Feedback], *, after: Place | None = None, size: int = SIZE
) -> Found[Feedback]:
    """Return a page, the newest first, with who said it and whose it is: one query."""
    return newest_first(
        found.select_related("customer", "contact", "owner"), after=after, size=size
    )


def themes_of(feedback_ids: Collection[int]) -> dict[int, list[InTheme]]:
    """The themes each piece is in or is suggested for, the confirmed ones first: one query."""
    found: dict[int, list[InTheme]] = defaultdict(list)
    undecided = Q(decided_at=None) | Q(is_confirmed=True)
    rows = Sorting.objects.filter(undecided, feedback__in=feedback_ids, theme__archived_at=None)
    ordered = rows.order_by("-is_confirmed", "theme__name")
    told = ordered.values_list("feedback_id", "theme_id", "theme__name", "is_confirmed")
    for pk, theme, name, is_confirmed in told:
        found[pk].append(InTheme(theme, name, is_confirmed))
    return dict(found)


def counts(found: QuerySet[Feedback]) -> dict[str, int]:
    """How many there are by status: one query."""
    return dict(found.order_by().values_list("status").annotate(Count("pk")))


def replies_to(feedback: Feedback) -> QuerySet[FeedbackReply]:
    """What its giver was told, the newest first."""
    return FeedbackReply.objects.filter(feedback=feedback).select_related("by").order_by("-at", "-pk")  # fmt: skip


def of_customer(customer: Customer) -> QuerySet[Feedback]:
    """What one customer's people told us, the newest first."""
    return Feedback.objects.filter(customer=customer).select_related("contact").order_by("-at", "-pk")  # fmt: skip


def areas_in_use() -> list[str]:
    """The parts of the product that feedback is said to be about, to be offered again."""
    used = Feedback.objects.exclude(product_area="").order_by("product_area")
    return list(used.values_list("product_area", flat=True).distinct()[:50])


def sources_in_use() -> list[str]:
    """Where feedback was said, those among them that only a file named."""
    used = Feedback.objects.order_by("source").values_list("source", flat=True)
    return [source for source in used.distinct()[:50] if source]


def told_within(person: Person, *, since: datetime, as_of: datetime) -> Told:
    """How soon givers were told what became of what they said since a moment; below ten no middle is told.

    Answers' comments are left out: most of them wait for nothing.
    """
    said = visible_to(person).filter(at__gte=since, at__lte=as_of)
    waited = said.exclude(source=FeedbackSource.ANSWER)
    moments = waited.filter(replied_at__isnull=False).values_list("at", "replied_at")
    days = [(replied - at).total_seconds() / 86_400 for at, replied in moments if replied]
    middle = round(median(days), 1) if len(days) >= FEW_ANSWERS else None
    return Told(waited.count(), len(days), middle)


def _of_status(found: QuerySet[Feedback], status: str) -> QuerySet[Feedback]:
    if status in FeedbackStatus.values:
        return found.filter(status=status)
    return found if status == "all" else found.filter(status__in=OPEN)


def _sorted(**about: int) -> QuerySet[Sorting]:
    return Sorting.objects.filter(feedback=OuterRef("pk"), is_confirmed=True, **about)
