"""The backtests that were made."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from arbiter.accounts.queries import contracts
from arbiter.forecast.models import Backtest

RESTS = timedelta(days=7)


def newest(as_of: datetime) -> Backtest | None:
    """The backtest that counts at a moment; None before the first."""
    return Backtest.objects.filter(as_of__lte=as_of).order_by("-as_of", "-pk").first()


def is_due(as_of: datetime) -> bool:
    """Say whether anything was decided since the last backtest, and that was a week ago or never."""
    last = newest(as_of)
    decisions = contracts.decided_by(as_of)
    if last is not None:
        decisions = decisions.filter(recorded_at__gt=last.as_of)
    rested = last is None or as_of - last.as_of >= RESTS
    return rested and decisions.exists()


def fingerprint(result: dict[str, Any]) -> str:
    """What tells two results apart."""
    text = json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
