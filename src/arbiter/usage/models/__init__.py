"""Nouns of usage."""

from arbiter.usage.models.behaviour_set import BehaviourSet
from arbiter.usage.models.feature import Feature
from arbiter.usage.models.identity import Alias, Membership
from arbiter.usage.models.parcel import Dialect, Flush, Parcel
from arbiter.usage.models.pulse import Pulse
from arbiter.usage.models.rejection import Rejection
from arbiter.usage.models.run import LookBack, SnapshotRun
from arbiter.usage.models.source import Kind, Source
from arbiter.usage.models.standing import (
    AdoptionFigure,
    Completion,
    CompletionTimes,
    FeatureStanding,
    UsageStanding,
)

__all__ = [
    "AdoptionFigure",
    "Alias",
    "BehaviourSet",
    "Completion",
    "CompletionTimes",
    "Dialect",
    "Feature",
    "FeatureStanding",
    "Flush",
    "Kind",
    "LookBack",
    "Membership",
    "Parcel",
    "Pulse",
    "Rejection",
    "SnapshotRun",
    "Source",
    "UsageStanding",
]
