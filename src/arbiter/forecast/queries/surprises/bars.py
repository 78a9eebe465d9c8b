"""From which chance on a contract is called safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from arbiter.forecast.models import SafeBar
from arbiter.science.surprise import SAFE_FROM


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar that counts, and who set it when; nobody where it is the usual one."""

    safe_from: float
    by: str = ""
    at: datetime | None = None


def in_force(as_of: datetime) -> Bar:
    """The bar that counts at a moment: one query."""
    row = SafeBar.objects.filter(at__lte=as_of).select_related("by").order_by("-at", "-pk").first()
    if row is None:
        return Bar(SAFE_FROM)
    return Bar(float(row.probability), row.by.get_full_name() if row.by else "", row.at)
