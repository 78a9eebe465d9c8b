"""Steps that wait for a set of behaviours which their customer has completed by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from arbiter.outcomes.models import Milestone
from arbiter.usage.queries import behaviour_sets


@dataclass(frozen=True, slots=True)
class Found:
    """A step, the version of its set that was completed, and when that was so first."""

    milestone_id: int
    version: int
    first_at: datetime


def any_found(as_of: datetime) -> bool:
    """Say whether usage found any step done that is not."""
    return _found(as_of).exists()


def found(as_of: datetime) -> list[Found]:
    """The steps that usage found done and that are not, in one query.

    Whatever version of a set a step was given, the one that is looked for now counts. Who opened a step again
    knew of what had been completed by then: only what is completed later finishes it.
    """
    return [Found(*row) for row in _found(as_of).order_by("customer", "pk")]


def _found(as_of: datetime) -> QuerySet[Milestone, Any]:
    own = behaviour_sets.standing_completions().filter(
        customer=OuterRef("customer"), behaviour_set__line=OuterRef("evidence__line")
    )
    waiting = Milestone.objects.filter(
        Q(goal=None) | Q(goal__retired_at=None),
        done_at=None,
        evidence__isnull=False,
        customer__archived_at=None,
    )
    told = waiting.annotate(
        version=Subquery(own.values("behaviour_set")[:1]),
        first_at=Subquery(own.values("first_at")[:1]),
    )
    unopened = Q(reopened_at=None) | Q(reopened_at__lt=F("first_at"))
    ripe = told.filter(unopened, first_at__lte=as_of)
    return ripe.values_list("pk", "version", "first_at")
