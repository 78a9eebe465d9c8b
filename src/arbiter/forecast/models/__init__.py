"""Nouns of forecast."""

from arbiter.forecast.models.audit import Audit
from arbiter.forecast.models.backtest import Backtest
from arbiter.forecast.models.belief import BaseRate, Belief, Opening
from arbiter.forecast.models.forecast import Anchor, Forecast, Learning
from arbiter.forecast.models.standing import Edition, IntentState, Outlook, StaleCustomer, Standing
from arbiter.forecast.models.surprise import FrozenFile, MonthReview, PostMortem, SafeBar

__all__ = [
    "Anchor",
    "Audit",
    "Backtest",
    "BaseRate",
    "Belief",
    "Edition",
    "Forecast",
    "FrozenFile",
    "IntentState",
    "Learning",
    "MonthReview",
    "Opening",
    "Outlook",
    "PostMortem",
    "SafeBar",
    "StaleCustomer",
    "Standing",
]
