"""Nouns of engagement."""

from arbiter.engagement.models.touchpoint import Touchpoint, TouchpointKind

__all__ = ["Touchpoint", "TouchpointKind"]
