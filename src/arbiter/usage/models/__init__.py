"""Nouns of usage."""

from arbiter.usage.models.identity import Alias, Membership
from arbiter.usage.models.parcel import Dialect, Flush, Parcel
from arbiter.usage.models.rejection import Rejection
from arbiter.usage.models.source import Kind, Source

__all__ = [
    "Alias",
    "Dialect",
    "Flush",
    "Kind",
    "Membership",
    "Parcel",
    "Rejection",
    "Source",
]
