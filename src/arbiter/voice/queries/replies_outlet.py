"""How what givers of feedback were told leaves as a workspace file."""

from arbiter.foundation.outlet import Shape
from arbiter.voice.models import FeedbackReply

FEEDBACK_REPLIES = Shape(
    file="feedback_replies",
    model=FeedbackReply,
    columns={
        "feedback_id": "feedback__key",
        "at": "at",
        "text": "text",
        "by_email": "by__email",
    },
    identity=("feedback_id", "at"),
    customer="feedback__customer_id",
)

SHAPES = (FEEDBACK_REPLIES,)
