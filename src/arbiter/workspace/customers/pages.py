"""GET /customers/: everybody a colleague may see, grouped by what they said, narrowed and ordered at will."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import facets, memo, pages, standings
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customers import bar, figures, groups
from arbiter.workspace.lists import counting
from arbiter.workspace.lists.lines import lines
from arbiter.workspace.lists.query import Query
from arbiter.workspace.lists.words import SORTS

ROWS = 50
# label of the column: the order it stands for, and which way that goes.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("Customer", "name", "asc"),
    ("A year", "arr", "desc"),
    ("Renews", "renews", "asc"),
    ("Goals confirmed", "", ""),
    ("Continue?", "answer", "asc"),
    ("Forecast", "forecast", "asc"),
    ("Last heard", "heard", "asc"),
    ("Next step", "urgency", "desc"),
)


@open_to_colleagues("GET")
@memo.one_edition()
def customers(request: SignedInRequest) -> HttpResponse:
    """Show one page of the list, with what each further choice would show."""
    now, here = timezone.now(), reverse("workspace:customers")
    query = Query.read(request.GET)
    filters = query.filters(request.user.pk)
    counted = facets.of(request.user, filters, as_of=now, currency=query.one("currency"))
    place = {key: request.GET.get(key, "") for key in ("after", "before")}
    try:
        found = standings.filtered(request.user, filters, as_of=now).defer("words", "lead_goal")
        answers = {name for name, facet in counted.intents.items() if facet.customers}
        answers &= filters.intents or answers
        page = pages.page(found, sort=query.sort, size=ROWS, groups=answers, **place)
    except Refusal:
        return redirect(query.url(here))
    shown = lines(page.rows, now=now, words=filters.words)
    listed = standings.listed(request.user, filters, as_of=now)
    context = {
        "counting": counting.of(request.user),
        "now": now,
        "query": query,
        "title": _title(query),
        "lead": _lead(query),
        "groups": groups.of(shown, counted, sort=query.sort, begun=any(place.values())),
        "columns": _columns(query, here),
        "menus": bar.menus(query, counted, listed, here, me=request.user),
        "orders": bar.orders(query, here),
        "tiles": figures.of(request.user, filters, counted, now=now),
        "total": counted.total.customers,
        "currency": counted.currency,
        "sealed": None if filters.intents else counted.intents[standings.SEALED],
        "sealed_url": query.without("answer").toggled("answer", standings.SEALED).url(here),
        "next_url": query.url(here, after=page.next) if page.next else "",
        "previous_url": query.url(here, before=page.previous) if page.previous else "",
        "clear_url": here if query.is_narrowed else "",
        "save_url": query.url(reverse("workspace:views")),
        "csv_url": query.url(reverse("workspace:customers-csv")),
        "ask_url": _ask_url(query),
        "may_export": request.user.may(Permission.EXPORT),
        "may_ask": request.user.may(Permission.ASK_CUSTOMERS),
        "may_add": request.user.may(Permission.EDIT_CUSTOMERS),
        "crumbs": [{"label": "Customers"}],
    }
    return render(request, "workspace/customers/index.html", context)


def _title(query: Query) -> str:
    days = query.one("days")
    if query.one("q"):
        return f"Customers for “{query.one('q')}”"
    if query.has("archived", "1"):
        return "Archived customers"
    return f"Renewing in the next {days} days" if days else "Customers"


def _lead(query: Query) -> str:
    if query.sort == "answer":
        return "Grouped by what your customers told you, not by our score."
    return f"Ordered by: {SORTS[query.sort].lower()}."


def _columns(query: Query, here: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "number": label == "A year",
            "sort_url": query.without("sort").toggled("sort", sort).url(here) if sort else "",
            "sorted": way if sort == query.sort else "",
        }
        for label, sort, way in COLUMNS
    ]


def _ask_url(query: Query) -> str:
    days = query.one("days")
    return f"{reverse('workspace:asks-new')}?state=never_asked" + (f"&days={days}" if days else "")
