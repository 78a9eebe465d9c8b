"""GET /usage/features/<pk>/: who uses a feature, who does not, and how it is in each segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from arbiter.usage.queries import features, lists, standings
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.usage import frame
from arbiter.workspace.usage.frame import Choice

if TYPE_CHECKING:
    from arbiter.usage.queries.standings import Figure

USING: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "People", "number": True, "sorted": "desc"},
    {"label": "Events", "number": True},
    {"label": "28 days before", "number": True},
    {"label": "Days", "number": True},
    {"label": "Last used"},
]
WITHOUT: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "People", "number": True},
    {"label": "Events", "number": True, "sorted": "desc"},
    {"label": "Last seen"},
]


@open_to_colleagues("GET")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one feature: its numbers, its segments, and the customers behind them."""
    feature = get_object_or_404(features.every(), pk=pk)
    choice = Choice.of(request)
    figures = standings.by_segment(feature)
    figure = next((each for each in figures if each.segment == choice.segment), None)
    idle = request.GET.get("who") == "without"
    turned: dict[str, Any] = {key: request.GET.get(key, "") for key in ("after", "before")}
    page: Any
    if idle:
        rows = lists.without(request.user, feature, segment=choice.segment)
        page = lists.page(rows, by="events_28d", **turned)
    else:
        use = lists.using(request.user, feature, segment=choice.segment)
        page = lists.page(use, by="users", **turned)
    return frame.show(
        request,
        "feature",
        part="usage-features",
        title=feature.name,
        feature=feature,
        choice=choice,
        tiles=_tiles(figure) if figure else [],
        segments=[_segment(each) for each in figures] if len(figures) > 1 else [],
        page=page,
        idle=idle,
        columns=WITHOUT if idle else USING,
        who=_who(choice, idle=idle),
        **frame.turns(page, segment=choice.segment, who="without" if idle else ""),
    )


def _tiles(figure: Figure) -> list[dict[str, Any]]:
    return [
        {
            "label": "Customers who use it",
            "estimate": figure.share,
            "count": figure.using,
            "kind": "percent",
            "base": "customers",
            "formula": "customers with an event of it in 28 days ÷ customers",
        },
        {
            "label": "Of their people",
            **figure.means["share"],
            "kind": "percent",
            "base": "customers who use it",
            "formula": "people who used it ÷ people active in 28 days; mean over customers who use it",
        },
        {
            "label": "How often each",
            **figure.means["times"],
            "kind": "number",
            "digits": 1,
            "unit": "events a person",
            "base": "customers who use it",
            "formula": "events of it ÷ people who used it in 28 days; mean over customers who use it",
        },
        {
            "label": "On how many days",
            **figure.means["days"],
            "kind": "number",
            "digits": 1,
            "unit": "of 28 days",
            "base": "customers who use it",
            "formula": "days on which anybody used it, of 28; mean over customers who use it",
        },
    ]


def _segment(each: Figure) -> dict[str, Any]:
    share = each.share
    return {
        "label": each.segment or "Everybody",
        "value": share.value,
        "low": share.low,
        "high": share.high,
        "n": each.customers,
        "count": each.using,
        "strong": not each.segment,
        "url": Choice(each.segment, ()).query or "?",
    }


def _who(choice: Choice, *, idle: bool) -> list[dict[str, Any]]:
    here = choice.query or "?"
    other = f"{choice.query}&who=without" if choice.query else "?who=without"
    return [
        {"label": "Use it", "url": f"{here}#names", "current": not idle},
        {"label": "Active, do not use it", "url": f"{other}#names", "current": idle},
    ]
