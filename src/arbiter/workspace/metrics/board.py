"""GET /metrics/board/: one page for the board: what customers confirmed, what stayed, and whether the two go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.foundation.queries import company
from arbiter.metrics.queries import measures, snapshots
from arbiter.metrics.queries.snapshots import Figure
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.metrics import beginning, choice, overview
from arbiter.workspace.metrics.tiles import Tile

CONFIRMED = "confirmed_outcomes"
OUTCOMES = ("goal_coverage", "achieved_not_known", "intent_answered", "said_yes", "perception_gap")
"""What customers said, and the gap between our belief and their word where it is measured."""
MONEY = (
    "customer_retention",
    "renewal_rate",
    "gross_revenue_retention",
    "net_revenue_retention",
    "surprise_rate",
)
LINK = "confirmed_renewal_rate"
NAMES = (CONFIRMED, *OUTCOMES, *MONEY, LINK)
MONTHS = 24


@open_to_colleagues("GET")
def show(request: SignedInRequest) -> HttpResponse:
    """Show the page, ready to be printed."""
    now = timezone.now()
    chosen = choice.of(request.GET)
    if chosen is None:
        return beginning.show(request)
    board, trends = snapshots.board_with_trends(
        chosen.day, names=NAMES, scope=chosen.scope.key, months=MONTHS
    )
    tiles = {
        each.name: Tile(each, board[each.name], trends.get(each.name, ()), chosen.query)
        for each in measures.all_measures()
        if each.name in NAMES and each.name in board
    }
    context: dict[str, Any] = {
        "now": now,
        "choice": chosen,
        "title": f"{company.name()} for the board",
        "confirmed": _confirmed(tiles.get(CONFIRMED)),
        "outcomes": _some(tiles, OUTCOMES),
        "money": _some(tiles, MONEY),
        "revenue": _lines(tiles),
        "link": _link(board, tiles),
        "left_out": overview.left_out(board.values()),
        "computed_at": max((each.computed_at for each in board.values()), default=None),
        "crumbs": overview.crumbs("For the board"),
    }
    return render(request, "workspace/metrics/board.html", context)


def _confirmed(tile: Tile | None) -> dict[str, Any] | None:
    """Who of those with a due goal confirmed it, who was asked in vain, and whom nobody asked."""
    if tile is None:
        return None
    figure, details = tile.figure, tile.figure.details
    confirmed, never = figure.count or 0, details.get("never_asked", 0)
    parts = [
        ("achieved", confirmed, f"{confirmed:,} confirmed"),
        ("no_reply", figure.n - confirmed - never, "{:,} asked, not confirmed"),
        ("never_asked", never, f"{never:,} never asked"),
    ]
    known = [(key, count, words.format(count)) for key, count, words in parts if count]
    return {
        "tile": tile,
        "states": [(key, count) for key, count, _ in known],
        "legend": [(key, words) for key, _, words in known],
        "label": ", ".join(words for *_, words in known),
        "aside": " ".join(filter(None, [_sure(tile), _by_amount(details.get("by_amount"))])),
    }


def _sure(tile: Tile) -> str:
    return f"It {tile.between_words}." if tile.between else ""


def _by_amount(told: Mapping[str, Any] | None) -> str:
    if not told or told["value"] is None:
        return ""
    part, whole = (wording.money(told[key], told["currency"]) for key in ("amount", "total"))
    return f"By amount {wording.percent(told['value'])}: {part} of {whole}."


def _some(tiles: Mapping[str, Tile], names: tuple[str, ...]) -> list[Tile]:
    return [tiles[name] for name in names if name in tiles]


def _lines(tiles: Mapping[str, Tile]) -> list[dict[str, Any]]:
    """Net and gross in one chart: what was kept, and what those who stayed added."""
    wanted = (("Net", "net_revenue_retention"), ("Gross", "gross_revenue_retention"))
    return [
        {"name": name, "points": tiles[measure].points}
        for name, measure in wanted
        if measure in tiles
    ]


def _link(board: Mapping[str, Figure], tiles: Mapping[str, Tile]) -> dict[str, Any] | None:
    """How many renewed of those who had confirmed an outcome, beside the others."""
    figure = board.get(LINK)
    if figure is None:
        return None
    groups = figure.details.get("groups", [])
    return {"tile": tiles[LINK], "groups": groups, "says": _says(groups)}


def _says(groups: list[dict[str, Any]]) -> str:
    """Say what the intervals allow: apart, or not to be told apart."""
    known = [each for each in groups if each["value"] is not None and each["low"] is not None]
    if len(known) < 2 or known[0] is not groups[0]:
        return "Too few were decided to compare them yet."
    first, others = known[0], known[1:]
    if all(first["low"] > each["high"] for each in others):
        return "Whoever had confirmed an outcome renewed more often than the others, beyond chance."
    if first["value"] > max(each["value"] for each in others):
        return "Whoever had confirmed an outcome renewed more often; the ranges still overlap."
    return "On these data a confirmed outcome does not go with more renewals."
