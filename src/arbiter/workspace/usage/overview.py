"""GET /usage/: what is adopted, by everybody or by a segment, and how thoroughly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse

from arbiter.usage.queries import features, lists, standings
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.usage import frame
from arbiter.workspace.usage.frame import Choice

if TYPE_CHECKING:
    from arbiter.usage.queries.standings import Figure

COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "People", "number": True},
    {"label": "of seats", "number": True},
    {"label": "Events", "number": True, "sorted": "desc"},
    {"label": "Features", "number": True},
    {"label": "A week", "number": True},
    {"label": "Last seen"},
]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show adoption, the features, the segments, and the customers behind it."""
    choice = Choice.of(request)
    whole = standings.whole(choice.segment)
    page = lists.page(
        lists.active(request.user, segment=choice.segment),
        by="events_28d",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return frame.show(
        request,
        "overview",
        part="usage",
        choice=choice,
        whole=whole,
        tiles=tiles(whole) if whole else [],
        rows=[_feature(each, choice) for each in standings.by_feature(choice.segment)],
        segments=[_segment(each) for each in standings.by_segment(None)] if choice.segments else [],
        named=features.standing().count(),
        page=page,
        columns=COLUMNS,
        anything_sent=whole is not None and whole.events > 0,
        **frame.turns(page, segment=choice.segment),
    )


def tiles(whole: Figure) -> list[dict[str, Any]]:
    """The four numbers of adoption, each with its formula, its interval and how many stand behind it."""
    means = whole.means
    return [
        {
            "label": "Adoption",
            "estimate": whole.adoption,
            "count": whole.on_seats,
            "kind": "percent",
            "base": "seats",
            "question": "Do those who have it use it?",
            "formula": "people active in 28 days ÷ seats of the terms that run; people beyond a customer’s seats count as its seats",
        },
        {
            "label": "Breadth",
            **means["breadth"],
            "kind": "percent",
            "base": "active customers",
            "question": "How much of what it could do does it do for them?",
            "formula": "named features that anybody used in 28 days ÷ named features; mean over active customers",
        },
        {
            "label": "Features a person",
            **means["per_person"],
            "kind": "number",
            "unit": "features",
            "digits": 1,
            "base": "active customers",
            "question": "How much of it does each of their people use?",
            "formula": "named features in use, counted once a person, ÷ people active in 28 days; mean over active customers",
        },
        {
            "label": "Frequency",
            **means["frequency"],
            "kind": "percent",
            "base": "active customers",
            "question": "Is it a habit?",
            "formula": "mean people a day ÷ people in 28 days; mean over active customers",
        },
    ]


def _feature(each: Figure, choice: Choice) -> dict[str, Any]:
    assert each.feature is not None, "figures of features have one"
    share = each.share
    url = reverse("workspace:usage-feature", args=[each.feature.pk])
    return {
        "label": each.feature.name,
        "count": each.using,
        "value": share.value,
        "low": share.low,
        "high": share.high,
        "n": each.customers,
        "note": f"{each.users:,} people, {each.events:,} events",
        "url": f"{url}{choice.query}",
    }


def _segment(each: Figure) -> dict[str, Any]:
    adoption = each.adoption
    return {
        "label": each.segment or "Everybody",
        "value": adoption.value,
        "low": adoption.low,
        "high": adoption.high,
        "n": each.seats,
        "count": each.on_seats,
        "few": not adoption.is_known,
        "strong": not each.segment,
        "url": Choice(each.segment, ()).query or "?",
    }
