"""Nouns of voice."""

from arbiter.voice.models.answer import Answer, FollowUp, Intent
from arbiter.voice.models.ask import Ask, AskKind, Channel
from arbiter.voice.models.link import AnswerCode, PersonalLink, Revoked

__all__ = [
    "Answer",
    "AnswerCode",
    "Ask",
    "AskKind",
    "Channel",
    "FollowUp",
    "Intent",
    "PersonalLink",
    "Revoked",
]
