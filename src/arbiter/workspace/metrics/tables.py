"""GET /metrics.csv, /metrics.json and those of one measure: figures for a spreadsheet or a machine."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse

from arbiter.connectors.tables.writing import harmless
from arbiter.foundation.roles import Permission
from arbiter.metrics.queries import measures, snapshots
from arbiter.metrics.queries.measures import Measure
from arbiter.metrics.queries.snapshots import Figure
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.metrics import choice
from arbiter.workspace.metrics.choice import Choice
from arbiter.workspace.metrics.measure import of_name

HEADER = (
    *("name", "title", "as_of", "scope", "value", "low", "high", "n", "effective_n", "count"),
    *("kind", "unit", "currency", "base", "timing", "side", "formula", "method", "note"),
)
Rows = Iterable[tuple[Measure, Figure]]


@open_to_colleagues("GET", needs=Permission.EXPORT)
def board_csv(request: SignedInRequest) -> HttpResponse:
    """Every measure of the day chosen, as CSV."""
    return _csv(_board(_chosen(request)), "metrics.csv")


@open_to_colleagues("GET", needs=Permission.EXPORT)
def board_json(request: SignedInRequest) -> HttpResponse:
    """Every measure of the day chosen, with its details, as JSON."""
    return _json(_board(_chosen(request)), "metrics.json")


@open_to_colleagues("GET", needs=Permission.EXPORT)
def measure_csv(request: SignedInRequest, measure: str) -> HttpResponse:
    """One measure at the month-ends up to the day chosen, as CSV."""
    found = of_name(measure)
    return _csv(_trend(found, _chosen(request)), f"{found.name}.csv")


@open_to_colleagues("GET", needs=Permission.EXPORT)
def measure_json(request: SignedInRequest, measure: str) -> HttpResponse:
    """One measure at the month-ends up to the day chosen, the day itself with its details, as JSON."""
    found, chosen = of_name(measure), _chosen(request)
    figure = snapshots.figure(found.name, chosen.day, scope=chosen.scope.key)
    rows = [row for row in _trend(found, chosen) if row[1].day != chosen.day]
    return _json([*rows, *([(found, figure)] if figure else [])], f"{found.name}.json")


def _chosen(request: SignedInRequest) -> Choice:
    chosen = choice.of(request.GET)
    if chosen is None:
        raise Http404("Nothing was measured yet.")
    return chosen


def _board(chosen: Choice) -> Sequence[tuple[Measure, Figure]]:
    board = snapshots.board(chosen.day, scope=chosen.scope.key)
    return [(each, board[each.name]) for each in measures.all_measures() if each.name in board]


def _trend(found: Measure, chosen: Choice) -> Sequence[tuple[Measure, Figure]]:
    points = snapshots.trend(found.name, scope=chosen.scope.key, until=chosen.day)
    return [(found, each) for each in points]


def _csv(rows: Rows, name: str) -> HttpResponse:
    reply = HttpResponse(content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(reply, lineterminator="\n")
    writer.writerow(HEADER)
    for measure, figure in rows:
        told = _told(measure, figure)
        writer.writerow([_cell(told[key]) for key in HEADER])
    return reply


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def _json(rows: Rows, name: str) -> HttpResponse:
    told = [{**_told(*row), "details": dict(row[1].details)} for row in rows]
    reply = JsonResponse(told, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def _told(measure: Measure, figure: Figure) -> dict[str, Any]:
    """A figure as `arbiter metrics --json` tells it, and whose it is."""
    return {
        "name": measure.name,
        "title": measure.title,
        "as_of": figure.as_of.isoformat(),
        "scope": figure.scope,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
        "effective_n": figure.effective_n,
        "count": figure.count,
        "kind": measure.kind,
        "unit": measure.unit,
        "currency": figure.currency or None,
        "base": measure.base,
        "formula": measure.formula,
        "timing": measure.timing,
        "side": measure.side,
        "group": measure.group,
        "note": figure.note,
        "method": figure.method,
    }
