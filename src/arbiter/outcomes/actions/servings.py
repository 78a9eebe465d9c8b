"""Which features serve a goal is chosen by people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from arbiter.foundation.refusals import Refusal
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import demand_standing
from arbiter.outcomes.models import Goal, Serving
from arbiter.outcomes.permissions import Actor
from arbiter.usage.queries import features as usage


class FeatureUnknown(Refusal):
    """A feature is not counted, so its usage cannot be shown."""


@transaction.atomic
def choose(*, goal: Goal, features: Collection[int], by: Actor, at: datetime) -> list[Serving]:
    """Say which features serve a goal: these, and no others.

    Args:
        features: their numbers; none where no feature serves it.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: the goal was set aside.
        FeatureUnknown: one of them is not counted.
    """
    permissions.demand_edit(by, goal)
    demand_standing(goal)
    before = set(Serving.objects.filter(goal=goal).values_list("feature_id", flat=True))
    wanted = set(features)
    counted = set(usage.standing().filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - counted - before:
        raise FeatureUnknown("Choose among the features that are counted.", field="features")
    if wanted != before:
        Serving.objects.filter(goal=goal).exclude(feature__in=wanted).delete()
        Serving.objects.bulk_create(
            Serving(goal=goal, feature_id=feature, at=at) for feature in sorted(wanted - before)
        )
        told.of(
            "goal_features_chosen", goal, by=by, at=at, recorded_at=None, features=sorted(wanted)
        )
    return list(Serving.objects.filter(goal=goal).order_by("feature"))
