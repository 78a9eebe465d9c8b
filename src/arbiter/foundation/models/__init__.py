"""Nouns of the ground."""

from arbiter.foundation.models.company import Company
from arbiter.foundation.models.fact import Fact
from arbiter.foundation.models.person import Person, Team

__all__ = ["Company", "Fact", "Person", "Team"]
