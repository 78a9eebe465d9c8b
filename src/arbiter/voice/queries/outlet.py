"""How asks and answers leave as workspace files."""

from arbiter.foundation.outlet import Shape
from arbiter.voice.models import Answer, Ask, FollowUp

ASKS = Shape(
    file="asks",
    model=Ask,
    columns={
        "ask_id": "key",
        "contact_id": "contact__key",
        "kind": "kind",
        "at": "at",
        "recorded_at": "recorded_at",
        "channel": "channel",
        "delivered_at": "delivered_at",
        "goal_id": "goal_key",
        "contract_id": "contract_key",
        "by_email": "by__email",
    },
    identity=("ask_id",),
    customer="contact__customer_id",
    owner="contact_id",
    optional=frozenset({"by_email"}),
)

ANSWERS = Shape(
    file="answers",
    model=Answer,
    columns={
        "answer_id": "key",
        "ask_id": "ask__key",
        "contact_id": "contact__key",
        "kind": "kind",
        "at": "at",
        "recorded_at": "recorded_at",
        "value": "value",
        "scale": "scale",
        "comment": "comment",
        "would_make_it_yes": "would_make_it_yes",
        "flagged": "flagged",
        "flag_reason": "flag_reason",
        "on_behalf_by": "on_behalf_by__email",
        "evidence": "evidence",
    },
    identity=("answer_id",),
    customer="contact__customer_id",
    optional=frozenset({"flag_reason", "on_behalf_by", "evidence"}),
)

FOLLOW_UPS = Shape(
    file="follow_ups",
    model=FollowUp,
    columns={
        "answer_id": "answer__key",
        "owner_email": "owner__email",
        "due_on": "due_on",
        "set_at": "set_at",
        "closed_at": "closed_at",
    },
    identity=("answer_id", "set_at"),
    customer="answer__contact__customer_id",
)

SHAPES = (ASKS, ANSWERS, FOLLOW_UPS)
