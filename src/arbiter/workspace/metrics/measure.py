"""GET /metrics/<measure>/: one measure: its way, its segments, what it is made of, and who stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.metrics.queries import access, measures, presets, snapshots
from arbiter.metrics.queries.measures import Measure
from arbiter.metrics.queries.snapshots import Figure, Told
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.metrics import beginning, behind, choice, overview, pictures
from arbiter.workspace.metrics.choice import Choice
from arbiter.workspace.metrics.tiles import Tile

A_YEAR_AGO = (timedelta(days=350), timedelta(days=380))


@open_to_colleagues("GET")
def show(request: SignedInRequest, measure: str) -> HttpResponse:
    """Show one measure as it was known on a day."""
    now = timezone.now()
    found = of_name(measure)
    chosen = choice.of(request.GET)
    if chosen is None:
        return beginning.show(request)
    told = snapshots.one(found.name, chosen.day, scope=chosen.scope.key)
    figure = told.figure
    context: dict[str, Any] = {
        "now": now,
        "measure": found,
        "choice": chosen,
        "may_manage": access.may_manage(request.user),
        "may_export": request.user.may(Permission.EXPORT),
        "crumbs": overview.crumbs(found.title),
    }
    if figure is None:
        context["because"] = _because(found)
        return render(request, "workspace/metrics/measure_missing.html", context)
    context |= _shown(found, figure, told, chosen)
    context["behind"] = behind.of(request.user, found, figure, chosen, request.GET)
    return render(request, "workspace/metrics/measure.html", context)


def of_name(name: str) -> Measure:
    """Return the measure of a name.

    Raises:
        Http404: there is none.
    """
    found = measures.find(name)
    if found is None:
        raise Http404(f"There is no measure {name}.")
    return found


def _shown(found: Measure, figure: Figure, told: Told, chosen: Choice) -> dict[str, Any]:
    tile = Tile(found, figure, told.points, chosen.query)
    before = _a_year_before(told.points, figure)
    return {
        "tile": tile,
        "on_day": f"on {wording.day(chosen.day)}",
        "before": Tile(found, before) if before else None,
        "segments": _segments(told),
        "pictures": pictures.of(tile),
        "by_amount": figure.details.get("by_amount"),
        "left_out": overview.left_out([figure]),
        "computed_at": figure.computed_at,
    }


def _a_year_before(points: Sequence[Figure], figure: Figure) -> Figure | None:
    least, most = A_YEAR_AGO
    near = [
        each
        for each in points
        if least <= figure.as_of - each.as_of <= most and each.value is not None
    ]
    return near[-1] if near else None


def _segments(told: Told) -> list[dict[str, Any]]:
    """Everybody and each segment beside each other; nothing where there is nothing to compare."""
    known = sum(figure.value is not None for _, figure in told.by_scope)
    if known < 2:
        return []
    return [_row(scope.label, each, scope.key == "") for scope, each in told.by_scope]


def _row(label: str, figure: Figure, strong: bool) -> dict[str, Any]:
    few = figure.value is None
    return {
        "label": label,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
        "count": figure.count,
        "few": few,
        "strong": strong,
    }


def _because(found: Measure) -> str:
    """Say why there is no figure: it says nothing in this way of doing business, or is newer than the day."""
    reasons = {measure.name: why for measure, why in measures.not_fitting(presets.current())}
    return reasons.get(found.name, "It was not computed on this day.")
