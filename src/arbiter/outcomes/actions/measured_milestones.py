"""Steps whose evidence is a set of behaviours are done once usage finds it completed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.models import Milestone
from arbiter.outcomes.queries import measured_milestones
from arbiter.outcomes.queries.measured_milestones import Found
from arbiter.usage.queries import behaviour_sets


def finish(*, at: datetime) -> int:
    """Finish each step whose set its customer has completed, on the day of that; return how many.

    Done again it finishes nothing anew. A step that is done already stays as it was told, and one that
    somebody opened again stays open unless its set is completed after that.
    """
    system = Person.objects.system()
    return sum(_finish(each, by=system, at=at) for each in measured_milestones.found(at))


@transaction.atomic
def _finish(found: Found, *, by: Person, at: datetime) -> bool:
    # Somebody may have finished it, or taken it off the path, since it was looked for.
    waiting = Milestone.objects.select_for_update(of=("self",)).select_related("customer")
    milestone = waiting.filter(pk=found.milestone_id, done_at=None).first()
    if milestone is None:
        return False
    permissions.demand(by, Permission.EDIT_CUSTOMERS, milestone.customer)
    milestone.done_at = milestone.measured_at = found.first_at
    milestone.evidence = behaviour_sets.every().get(pk=found.version)
    milestone.save(update_fields=["done_at", "measured_at", "evidence"])
    told.of(
        "milestone_reached",
        milestone,
        by=by,
        at=found.first_at,
        recorded_at=at,
        side=milestone.side,
        measured=True,
        set=found.version,
    )
    return True
