"""Why somebody is not written to, by a word that stays, for pages and files."""

from arbiter.voice.rules.budget import Limits, Reason

__all__ = ["Limits", "Reason"]
