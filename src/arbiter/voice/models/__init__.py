"""Nouns of voice."""

from arbiter.voice.models.answer import Answer, FollowUp, Intent
from arbiter.voice.models.ask import Ask, AskKind, Channel
from arbiter.voice.models.budget import (
    AskingLimits,
    DeliveryNews,
    Suppression,
    SuppressionCause,
    SuppressionScope,
)
from arbiter.voice.models.feedback import (
    CLOSED,
    Feedback,
    FeedbackReply,
    FeedbackSource,
    FeedbackStatus,
    InboundMail,
    Sorting,
    Theme,
)
from arbiter.voice.models.link import AnswerCode, PersonalLink, Revoked
from arbiter.voice.models.survey import Purpose, Survey, SurveyVersion, Wording
from arbiter.voice.models.widget import Widget

__all__ = [
    "CLOSED",
    "Answer",
    "AnswerCode",
    "Ask",
    "AskKind",
    "AskingLimits",
    "Channel",
    "DeliveryNews",
    "Feedback",
    "FeedbackReply",
    "FeedbackSource",
    "FeedbackStatus",
    "FollowUp",
    "InboundMail",
    "Intent",
    "PersonalLink",
    "Purpose",
    "Revoked",
    "Sorting",
    "Suppression",
    "SuppressionCause",
    "SuppressionScope",
    "Survey",
    "SurveyVersion",
    "Theme",
    "Widget",
    "Wording",
]
