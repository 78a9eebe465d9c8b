"""What is measured is reported, with where it came from. A correction is a later report of the same moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import demand_standing
from arbiter.outcomes.models import Goal, Provenance, Result
from arbiter.outcomes.permissions import Actor
from arbiter.outcomes.queries import revisions


class ResultInFuture(Refusal):
    """Nothing is measured before its time."""


class ResultThere(Refusal):
    """Another value was reported for the same moment at the same moment."""


@transaction.atomic
def report(
    *,
    goal: Goal,
    value: Decimal,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    measure: str = "",
    provenance: str = "",
    reported_by: str = "",
    evidence: str = "",
) -> Result:
    """Report a value of a goal's measure, of its guard, or of another measure beside it.

    Args:
        measure: empty, or the goal's own name of it, for the goal's measure.
        provenance: the customer when a contact reports, us when a colleague does, unless given.
        reported_by: who knows it; the one who acts unless given.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: the goal was set aside.
        ResultInFuture: it is dated after it is recorded.
        ResultThere: a different value stands for the very same moment.
    """
    permissions.demand_edit(by, goal)
    demand_standing(goal)
    recorded = recorded_at or at
    if at > recorded:
        raise ResultInFuture("A result cannot be dated in the future.", field="at")
    kind, measure = _measure(goal, measure, recorded)
    result, created = Result.objects.get_or_create(
        goal=goal,
        measure=measure,
        at=at,
        recorded_at=recorded,
        defaults={
            "value": value,
            "provenance": provenance or _provenance(by),
            "reported_by": reported_by or _name(by),
            "evidence": evidence,
        },
    )
    if not created:
        if result.value != value:
            raise ResultThere("Another value was reported at this very moment.", field="value")
        return result
    told.of(
        "result_reported",
        goal,
        by=by,
        at=at,
        recorded_at=recorded_at,
        value=value,
        of=kind,
        provenance=str(result.provenance),
    )
    return result


def _measure(goal: Goal, measure: str, as_of: datetime) -> tuple[str, str]:
    """Say of what a value is, and under which name it is kept."""
    current = revisions.current([goal.pk], as_of=as_of).get(goal.pk)
    if not measure or (current and measure == current.measure):
        return "own", ""
    return ("guard" if current and measure == current.guard_measure else "other"), measure


def _provenance(by: Actor) -> str:
    return Provenance.CSM if isinstance(by, Person) else Provenance.CUSTOMER


def _name(by: Actor) -> str:
    return by.email if isinstance(by, Person) else by.key
