"""What stands above every page of the responses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

PARTS = (
    ("responses", "Who answered"),
    ("responses-comments", "Comments"),
    ("responses-machine-like", "Machine-like"),
)


def around(part: str, now: datetime, *more: str) -> dict[str, Any]:
    """Return the parts of the responses as links, the way here, and the moment of the page."""
    here = reverse("workspace:responses")
    first = {"label": "Responses", "url": here} if more else {"label": "Responses"}
    return {
        "now": now,
        "tabs": [
            {"label": label, "url": reverse(f"workspace:{name}"), "current": name == part}
            for name, label in PARTS
        ],
        "crumbs": [first, *({"label": label} for label in more)],
    }
