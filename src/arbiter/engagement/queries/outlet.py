"""How touchpoints leave as workspace files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from arbiter.engagement.models import Touchpoint
from arbiter.foundation.outlet import Shape, listed


def _contacts(ids: Sequence[int]) -> Mapping[int, str]:
    present = Touchpoint.contacts.through.objects.filter(touchpoint_id__in=ids)
    found = defaultdict(list)
    for touchpoint, key in present.values_list("touchpoint_id", "contact__key"):
        found[touchpoint].append(key)
    return {touchpoint: listed(sorted(keys)) for touchpoint, keys in found.items()}


TOUCHPOINTS = Shape(
    file="touchpoints",
    model=Touchpoint,
    columns={
        "touchpoint_id": "key",
        "customer_id": "customer__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "kind": "kind",
        "value_conversation": "value_conversation",
        "summary": "summary",
        "contact_ids": "",
        "by_email": "by__email",
    },
    identity=("touchpoint_id",),
    customer="customer_id",
    optional=frozenset({"by_email"}),
    texts={"contact_ids": _contacts},
)

SHAPES = (TOUCHPOINTS,)
