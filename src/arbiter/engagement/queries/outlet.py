"""How touchpoints, promises and rules of asking leave as workspace files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from arbiter.engagement.models import AskingRule, DigestOrder, Occasion, Promise, Touchpoint
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

ASKING_RULES = Shape(
    file="asking_rules",
    model=AskingRule,
    columns={
        "rule_id": "key",
        "name": "name",
        "survey_id": "survey_key",
        "when": "when",
        "whom": "whom",
        "sample_percent": "sample_percent",
        "hold_out_percent": "hold_out_percent",
        "made_at": "made_at",
        "by_email": "made_by__email",
        "on_since": "on_since",
        "archived_at": "archived_at",
    },
    identity=("rule_id",),
    optional=frozenset({"by_email", "archived_at"}),
)

PROMISES = Shape(
    file="promises",
    model=Promise,
    columns={
        "promise_id": "key",
        "customer_id": "customer__key",
        "contact_id": "contact__key",
        "text": "text",
        "at": "at",
        "recorded_at": "recorded_at",
        "due_on": "due_on",
        "kept_at": "kept_at",
        "broken_at": "broken_at",
        "by_email": "promised_by__email",
        "feedback_id": "feedback_key",
    },
    identity=("promise_id",),
    customer="customer_id",
    optional=frozenset({"by_email", "feedback_id"}),
)

OCCASIONS = Shape(
    file="occasions",
    model=Occasion,
    columns={
        "occasion_id": "number",
        "contact_id": "contact__key",
        "rule_id": "rule__key",
        "because": "because",
        "goal_id": "goal_key",
        "contract_id": "contract_key",
        "found_at": "found_at",
        "look_at": "look_at",
        "lapses_at": "lapses_at",
        "state": "state",
        "reason_code": "reason_code",
        "reason": "reason",
        "decided_at": "decided_at",
        "ask_id": "ask_key",
    },
    identity=("occasion_id",),
    customer="contact__customer_id",
)

# A channel's address is a secret: whoever moves orders the digest for it anew.
DIGESTS = Shape(
    file="digests",
    model=DigestOrder,
    columns={
        "person_email": "person__email",
        "hour": "hour",
        "made_at": "made_at",
        "stopped_at": "stopped_at",
        "told_until": "told_until",
    },
    identity=("person_email", "made_at"),
    only={"kind": "mail"},
)

SHAPES = (TOUCHPOINTS, ASKING_RULES, PROMISES, OCCASIONS, DIGESTS)
