"""The fixed words of forecast, for faces that name or count them."""

from arbiter.forecast.models import IntentState

__all__ = ["IntentState"]
