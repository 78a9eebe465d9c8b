"""How the names of features and the sets of behaviours leave as workspace files. Events have an outlet of their own."""

from collections.abc import Mapping, Sequence

from arbiter.foundation.outlet import Shape
from arbiter.usage.models import BehaviourSet, Feature


def _first(ids: Sequence[int]) -> Mapping[int, str]:
    """The key of the first version of each set."""
    rows = BehaviourSet.objects.filter(pk__in=ids).values_list("pk", "line")
    lines = {pk: line or pk for pk, line in rows}
    keys = dict(BehaviourSet.objects.filter(pk__in=lines.values()).values_list("pk", "key"))
    return {pk: keys[line] for pk, line in lines.items() if line in keys}


FEATURES = Shape(
    file="features",
    model=Feature,
    columns={
        "feature_id": "key",
        "name": "name",
        "events": "events",
        "made_at": "made_at",
        "by_email": "made_by__email",
        "retired_at": "retired_at",
    },
    identity=("feature_id",),
    optional=frozenset({"retired_at"}),
)

BEHAVIOUR_SETS = Shape(
    file="behaviour_sets",
    model=BehaviourSet,
    columns={
        "behaviour_set_id": "key",
        "first_version_id": "",
        "version": "version",
        "name": "name",
        "rule": "rule",
        "segment": "segment",
        "stage": "stage",
        "means_value": "means_value",
        "made_at": "made_at",
        "by_email": "made_by__email",
        "retired_at": "retired_at",
    },
    identity=("behaviour_set_id",),
    optional=frozenset({"retired_at"}),
    texts={"first_version_id": _first},
)

SHAPES = (FEATURES, BEHAVIOUR_SETS)
