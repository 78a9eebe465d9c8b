"""GET /asks/: whom nobody asked, most money first; and what was asked of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.voice.queries import asks
from arbiter.voice.queries.choices import AskKind, Channel
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.choice import days_of

if TYPE_CHECKING:
    from arbiter.voice.models import Ask

PER_PAGE = 50
CHANNELS = {
    Channel.MAIL: "Letter",
    Channel.LINK: "Personal link",
    Channel.PORTAL: "Portal",
    Channel.CALL: "Call",
}


NEVER_COLUMNS = [
    {"label": "Customer"},
    {"label": "A year", "number": True},
    {"label": "Renews"},
    {"label": "Answer"},
]
ASKED_COLUMNS = [
    *({"label": label} for label in ("Person", "Customer", "How", "Asked", "Answer")),
    {"hidden_label": "Links"},
]


@dataclass(frozen=True)
class Row:
    """What was asked of somebody, and whether they have answered since."""

    ask: Ask
    what: str
    how: str
    answered: bool


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show the queue of those never asked, or what was asked."""
    now = timezone.now()
    days = days_of(request.GET)
    shows_asked = request.GET.get("show") == "asked"
    never = asks.never_asked(request.user, as_of=now, days=days)
    found = asks.questions(request.user) if shows_asked else never
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = cast("list[Ask]", list(page)) if shows_asked else []
    answered = asks.answered([ask.pk for ask in asked])
    context = {
        "shows_asked": shows_asked,
        "days": days,
        "page": page,
        "rows": [_row(ask, answered) for ask in asked],
        "columns": ASKED_COLUMNS if shows_asked else NEVER_COLUMNS,
        "previous_url": _page_url(request, page.previous_page_number())
        if page.has_previous()
        else "",
        "next_url": _page_url(request, page.next_page_number()) if page.has_next() else "",
        "range_text": f"{page.start_index()}–{page.end_index()} of {page.paginator.count}",
        "tabs": _tabs(shows_asked, page.paginator.count if not shows_asked else never.count()),
        "may_ask": request.user.may(Permission.ASK_CUSTOMERS),
        "crumbs": [{"label": "Asks"}],
        "now": now,
    }
    return render(request, "workspace/asks/index.html", context)


def _page_url(request: SignedInRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _tabs(shows_asked: bool, never: int) -> list[dict[str, object]]:
    return [
        {"label": "Never asked", "url": "?", "count": never, "current": not shows_asked},
        {"label": "Asked", "url": "?show=asked", "current": shows_asked},
    ]


def _row(ask: Ask, answered: set[int]) -> Row:
    how = CHANNELS.get(Channel(ask.channel), "") if ask.channel else ""
    return Row(ask, AskKind(ask.kind).label, how, ask.pk in answered)
