"""Whether the inbox is too deep to take more: looked at once a second in each process, not by every request."""

from __future__ import annotations

import math
import time
from datetime import datetime

from django.conf import settings

from arbiter.usage.models import Parcel

SECONDS = 1.0
SOONEST, LATEST = 5, 60
"""Seconds after which a client is asked to come again."""

_looked: tuple[float, int | None] | None = None


def seconds_to_wait(at: datetime) -> int | None:
    """Return how long clients should wait while more requests than INBOX_MOST wait for the log; None if they need not.

    The longer the oldest has waited, the longer.
    """
    global _looked
    if _looked is None or _looked[0] <= time.monotonic():
        _looked = (time.monotonic() + SECONDS, _look(at))
    return _looked[1]


def forget() -> None:
    """Forget what was seen."""
    global _looked
    _looked = None


def _look(at: datetime) -> int | None:
    # Keys are given in order and the oldest go first: from the first to the last there are at least as many as wait.
    keys = Parcel.objects.order_by("pk").values_list("pk", "received_at")
    first, last = keys.first(), keys.last()
    if first is None or last is None or last[0] - first[0] < settings.INBOX_MOST:
        return None
    if Parcel.objects.count() <= settings.INBOX_MOST:
        return None
    age = (at - first[1]).total_seconds()
    return min(max(math.ceil(age / 10), SOONEST), LATEST)
