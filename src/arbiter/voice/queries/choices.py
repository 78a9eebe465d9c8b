"""The words a form may offer, for faces that know no models."""

from arbiter.voice.models import (
    AskKind,
    Channel,
    FeedbackSource,
    FeedbackStatus,
    Intent,
    SuppressionCause,
    SuppressionScope,
)
from arbiter.voice.rules import IntentState

__all__ = [
    "AskKind",
    "Channel",
    "FeedbackSource",
    "FeedbackStatus",
    "Intent",
    "IntentState",
    "SuppressionCause",
    "SuppressionScope",
]
