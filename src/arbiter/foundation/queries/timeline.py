"""What happened at a customer, from the journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from arbiter.foundation.models import Fact


@dataclass(frozen=True)
class Place:
    """A place in a timeline: before this fact. As text it is an address's parameter."""

    at: datetime
    fact: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from its text; None when it is none."""
        moment, _, number = text.rpartition("_")
        try:
            at, fact = datetime.fromisoformat(moment), int(number)
        except ValueError:
            return None
        return cls(at, fact) if at.tzinfo else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.fact}"


def of_customer(
    customer_id: int,
    *,
    as_of: datetime,
    most: int,
    before: Place | None = None,
    only: Collection[str] | None = None,
) -> tuple[list[Fact], Place | None]:
    """Return a customer's facts, the newest first, and the place where older ones go on (None at the end)."""
    facts = Fact.objects.filter(customer_id=customer_id, recorded_at__lte=as_of)
    if only is not None:
        facts = facts.filter(name__in=only)
    if before is not None:
        facts = facts.filter(
            Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.fact), at__lte=before.at
        )
    found = list(facts.order_by("-at", "-pk")[: most + 1])
    if len(found) <= most:
        return found, None
    last = found[most - 1]
    return found[:most], Place(last.at, last.pk)


def lately(
    customer_ids: Collection[int], *, names: Collection[str], since: datetime, until: datetime
) -> list[Fact]:
    """Return what happened at some thousand customers in a short time, the oldest first: one query."""
    facts = Fact.objects.filter(customer_id__in=customer_ids, at__gt=since, at__lte=until)
    return list(facts.filter(name__in=names, recorded_at__lte=until).order_by("at", "pk"))


def recorded(names: Collection[str], *, since: datetime, until: datetime) -> list[Fact]:
    """Return what became known in a short time, of some kinds, the oldest first: one walk along the journal."""
    facts = Fact.objects.filter(recorded_at__gt=since, recorded_at__lte=until, name__in=names)
    return list(facts.order_by("pk"))
