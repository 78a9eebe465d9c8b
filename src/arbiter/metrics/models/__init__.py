"""Nouns of metrics."""

from arbiter.metrics.models.computation import Computation
from arbiter.metrics.models.preset import Preset
from arbiter.metrics.models.rate import ExchangeRate
from arbiter.metrics.models.snapshot import MeasureSnapshot, NameList

__all__ = ["Computation", "ExchangeRate", "MeasureSnapshot", "NameList", "Preset"]
