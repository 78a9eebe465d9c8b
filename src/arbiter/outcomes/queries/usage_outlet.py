"""How what usage has to do with goals leaves as workspace files."""

from arbiter.foundation.outlet import Shape
from arbiter.outcomes.models import Feed, Serving

GOAL_FEATURES = Shape(
    file="goal_features",
    model=Serving,
    columns={"goal_id": "goal__key", "feature_id": "feature__key", "at": "at"},
    identity=("goal_id", "feature_id"),
    customer="goal__customer_id",
)

FEEDS = Shape(
    file="feeds",
    model=Feed,
    columns={
        "goal_id": "goal__key",
        "kind": "kind",
        "event": "event",
        "property": "property",
        "over_event": "over_event",
        "over_property": "over_property",
        "behaviour_set_id": "behaviour_set__key",
        "since": "since",
        "at": "at",
        "by_email": "by__email",
        "disconnected_at": "disconnected_at",
    },
    identity=("goal_id", "at"),
    customer="goal__customer_id",
)

SHAPES = (GOAL_FEATURES, FEEDS)
