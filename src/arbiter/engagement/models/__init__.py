"""Nouns of engagement."""

from arbiter.engagement.models.asking import AskingRule, Occasion, OccasionState
from arbiter.engagement.models.digest import DigestOrder
from arbiter.engagement.models.promise import Promise
from arbiter.engagement.models.touchpoint import Touchpoint, TouchpointKind

__all__ = [
    "AskingRule",
    "DigestOrder",
    "Occasion",
    "OccasionState",
    "Promise",
    "Touchpoint",
    "TouchpointKind",
]
