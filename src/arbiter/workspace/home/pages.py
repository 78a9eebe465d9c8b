"""GET /: the gap between what we believe and what customers told us, and where a word is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import facets, headline, memo, pages, standings
from arbiter.forecast.queries.facets import Facets
from arbiter.forecast.queries.headline import Headline
from arbiter.forecast.queries.standings import SEALED, Filters
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.home import beginning, beside
from arbiter.workspace.home.told import Told
from arbiter.workspace.lists import counting
from arbiter.workspace.lists.coverage import Coverage
from arbiter.workspace.lists.lines import lines
from arbiter.workspace.renewals.choice import WINDOWS, Choice

ROWS = 50


@open_to_colleagues("GET")
@memo.one_edition()
def home(request: SignedInRequest) -> HttpResponse:
    """Show the headline, the customers by urgency, and the short lists."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    everything = facets.of(request.user, Filters(), as_of=now)
    left = counting.of(request.user)
    if not everything.total.customers:
        return beginning.show(request, left)
    try:
        rows = _rows(request, choice, now)
    except Refusal:
        return redirect(f"{reverse('workspace:home')}{choice.url()}")
    owner = choice.owner(request.user)
    seen = headline.of(
        request.user,
        as_of=now,
        days=choice.days,
        currency=choice.currency or None,
        owner=owner,
    )
    mine = _facets(request, choice, now) if owner else everything
    context = {
        "now": now,
        "counting": left,
        "told": Told(seen),
        "five": _five(seen, choice),
        "sealed": seen.states[SEALED],
        "sealed_url": _behind(SEALED, seen, choice),
        "coverage": Coverage(mine.known, mine.total.customers),
        "switches": _switches(request, choice, seen),
        "lists": beside.lists(request.user, choice, seen, now=now),
        "lines": lines(rows.rows, now=now),
        "next_url": _page_url(choice, after=rows.next),
        "previous_url": _page_url(choice, before=rows.previous),
        "renewals_url": reverse("workspace:renewals") + choice.url(),
        "crumbs": [{"label": "Home"}],
    }
    return render(request, "workspace/home/index.html", context)


def _filters(request: SignedInRequest, choice: Choice) -> Filters:
    return Filters(owners=frozenset({request.user.pk})) if choice.mine else Filters()


def _facets(request: SignedInRequest, choice: Choice, now: datetime) -> Facets:
    return facets.of(request.user, _filters(request, choice), as_of=now)


def _rows(request: SignedInRequest, choice: Choice, now: datetime) -> pages.Page[Any]:
    found = standings.filtered(request.user, _filters(request, choice), as_of=now)
    return pages.page(
        found.defer("words"),
        sort="urgency",
        size=ROWS,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _page_url(choice: Choice, **place: str) -> str:
    [(name, cursor)] = place.items()
    if not cursor:
        return ""
    query = choice.url()
    return f"{query}{'&' if len(query) > 1 else ''}{name}={cursor}#customers"


def _five(seen: Headline, choice: Choice) -> list[dict[str, Any]]:
    """The five states; each opens to the customers behind it."""
    return [
        {
            "answer": name,
            "customers": state.customers,
            "money": state.arr,
            "url": _behind(name, seen, choice),
        }
        for name, state in seen.states.items()
    ]


def _behind(answer: str, seen: Headline, choice: Choice) -> str:
    more = f"&days={choice.days}" + ("&owner=me" if choice.mine else "")
    more += f"&currency={seen.currency}" if len(seen.currencies) > 1 else ""
    return f"{reverse('workspace:customers')}?answer={answer}{more}"


def _switches(request: SignedInRequest, choice: Choice, seen: Headline) -> list[dict[str, Any]]:
    """How far ahead, whose customers, which money: menus of links."""
    windows = [
        {"label": f"{days} days", "url": choice.url(days=days), "current": days == choice.days}
        for days in WINDOWS
    ]
    sees_all = request.user.may(Permission.SEE_ALL_CUSTOMERS)
    everybodys = "Everybody’s" if sees_all else "The team’s"
    whose = [
        {"label": everybodys, "url": choice.url(mine=False), "current": not choice.mine},
        {"label": "Yours", "url": choice.url(mine=True), "current": choice.mine},
    ]
    currencies = [
        {"label": name, "url": choice.url(currency=name), "current": name == seen.currency}
        for name in seen.currencies
    ]
    switches = [
        {"label": "Next", "value": f"{choice.days} days", "options": windows},
        {"label": "Customers", "value": "Yours" if choice.mine else everybodys, "options": whose},
    ]
    if len(currencies) > 1:
        switches.append({"label": "In", "value": seen.currency, "options": currencies})
    return switches
