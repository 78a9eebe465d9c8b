"""Nouns of forecast."""

from arbiter.forecast.models.belief import BaseRate, Belief, Opening
from arbiter.forecast.models.forecast import Anchor, Forecast
from arbiter.forecast.models.standing import Edition, IntentState, Outlook, StaleCustomer, Standing

__all__ = [
    "Anchor",
    "BaseRate",
    "Belief",
    "Edition",
    "Forecast",
    "IntentState",
    "Opening",
    "Outlook",
    "StaleCustomer",
    "Standing",
]
