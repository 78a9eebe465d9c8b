"""Nouns of the ground."""

from arbiter.foundation.models.api_key import ApiKey
from arbiter.foundation.models.cache import CacheEntry
from arbiter.foundation.models.company import Company
from arbiter.foundation.models.fact import Fact
from arbiter.foundation.models.job import Beat, Recurrence
from arbiter.foundation.models.mail import MailStatus, OutboxMail
from arbiter.foundation.models.person import Person, Team

__all__ = [
    "ApiKey",
    "Beat",
    "CacheEntry",
    "Company",
    "Fact",
    "MailStatus",
    "OutboxMail",
    "Person",
    "Recurrence",
    "Team",
]
