"""Verbs of forecast."""

from arbiter.forecast.actions import anchors, base_rates, beliefs, forecasts, openings, standings

__all__ = ["anchors", "base_rates", "beliefs", "forecasts", "openings", "standings"]
