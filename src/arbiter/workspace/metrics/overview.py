"""GET /metrics/: every measure of the company on a day, outcomes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.metrics.queries import access, measures, presets, snapshots
from arbiter.metrics.queries.snapshots import Figure
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.metrics import beginning, choice, tiles
from arbiter.workspace.metrics.tiles import Tile


@dataclass(frozen=True)
class Part:
    """Measures that are shown together."""

    name: str
    title: str
    lead: str
    tiles: list[Tile]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show the stored measures of a day, of everybody or of one segment."""
    now = timezone.now()
    chosen = choice.of(request.GET)
    if chosen is None:
        return beginning.show(request)
    board, trends = snapshots.board_with_trends(chosen.day, scope=chosen.scope.key)
    groups = measures.groups()
    shown = [
        Part(group.name, group.title, group.lead, found)
        for group in groups
        if (found := tiles.of(group.measures, board, trends, chosen))
    ]
    context = {
        "now": now,
        "choice": chosen,
        "parts": shown,
        "computed_at": max((each.computed_at for each in board.values()), default=None),
        "left_out": left_out(board.values()),
        "not_fitting": measures.not_fitting(presets.current()),
        "under_way": beginning.under_way(),
        "may_manage": access.may_manage(request.user),
        "may_export": request.user.may(Permission.EXPORT),
        "crumbs": [{"label": "Metrics"}],
    }
    return render(request, "workspace/metrics/overview.html", context)


def left_out(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the currencies whose money no figure holds, since they have no rate: each with its amount."""
    found: dict[str, dict[str, Any]] = {}
    for figure in figures:
        for each in figure.details.get("money", {}).get("left_out", ()):
            before = found.get(each["currency"])
            if before is None or before["contracts"] < each["contracts"]:
                found[each["currency"]] = each
    return [found[currency] for currency in sorted(found)]


def crumbs(*more: str) -> list[dict[str, str]]:
    """The way to a page behind the overview."""
    return [
        {"label": "Metrics", "url": reverse("workspace:metrics")},
        *({"label": each} for each in more),
    ]
