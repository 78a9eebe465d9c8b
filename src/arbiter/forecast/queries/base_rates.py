"""What the company told about its last renewals."""

from __future__ import annotations

from datetime import datetime

from arbiter.forecast import models
from arbiter.science.renewal import UNTOLD, BaseRate


def at(as_of: datetime) -> BaseRate:
    """The rate as it had been told by a moment; the usual one where nothing had been."""
    told = models.BaseRate.objects.filter(at__lte=as_of).order_by("-at", "-pk").first()
    return BaseRate(renewed=told.renewed, due=told.due) if told else UNTOLD


def is_told(as_of: datetime) -> bool:
    """Say whether anybody has told it."""
    return models.BaseRate.objects.filter(at__lte=as_of).exists()
