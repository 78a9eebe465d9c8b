"""GET /model/renewals/: the names behind the backtest, the most wrongly forecast first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries.backtests import stored
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues

COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "Ended"},
    {"label": "A year", "number": True},
    {"label": "Forecast 90 days before"},
    {"label": "It came"},
]


@open_to_colleagues("GET", needs=Permission.SEE_ALL_CUSTOMERS)
def index(request: SignedInRequest) -> HttpResponse:
    """Show the renewals of the last backtest with what would have been forecast of each."""
    now = timezone.now()
    backtest = stored.newest(now)
    if backtest is None:
        raise Http404
    lost = request.GET.get("lost") == "1"
    page = stored.renewals(request.user, backtest, lost=lost, start=_start(request))
    context = {
        "backtest": backtest,
        "page": page,
        "columns": COLUMNS,
        "chips": _chips(lost=lost),
        "next_url": _url(lost=lost, start=page.next),
        "previous_url": _url(lost=lost, start=page.previous),
        "crumbs": [
            {"label": "Model", "url": reverse("workspace:model")},
            {"label": "Past renewals"},
        ],
        "now": now,
    }
    return render(request, "workspace/model/renewals.html", context)


def _start(request: SignedInRequest) -> int:
    asked = request.GET.get("start", "")
    return int(asked) if asked.isdecimal() and len(asked) < 8 else 0


def _url(*, lost: bool, start: int | None) -> str:
    if start is None:
        return ""
    return f"?{'lost=1&' if lost else ''}start={start}"


def _chips(*, lost: bool) -> list[dict[str, Any]]:
    return [
        {"label": "All that were decided", "url": "?", "current": not lost},
        {"label": "Those that were lost", "url": "?lost=1", "current": lost},
    ]
