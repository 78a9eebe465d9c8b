"""GET /renewals/: what ends when, what its customers said, what we believe and what we forecast."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries import facets, headline, memo, money, outlooks, pages
from arbiter.forecast.queries.headline import Headline
from arbiter.forecast.queries.outlooks import MonthOfState
from arbiter.forecast.queries.standings import SEALED, Filters
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.lists import counting
from arbiter.workspace.lists.coverage import Coverage
from arbiter.workspace.renewals import months
from arbiter.workspace.renewals.choice import WINDOWS, Choice

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "A year", "number": True},
    {"label": "Ends", "sorted": "asc"},
    {"label": "They say"},
    {"label": "We believe", "number": True},
    {"label": "We forecast"},
    {"label": "How far apart"},
]
MONTH_COLUMNS: list[dict[str, Any]] = [
    {"label": "Month"},
    {"label": "Contracts", "number": True},
    {"label": "Ends", "number": True},
    {"label": "By answer", "width": "wide"},
    {"label": "They spoke", "number": True},
    {"label": "Nobody knows", "number": True},
    {"label": "We forecast", "number": True},
]
MOST_OVERDUE = 10


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show the renewals ahead in one currency, and those that are past without a decision."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    owner = choice.owner(request.user)
    seen = headline.of(
        request.user, as_of=now, days=choice.days, currency=choice.currency or None, owner=owner
    )
    due = choice.narrowed(
        outlooks.due(request.user, as_of=now, days=choice.days, owner=owner)
    ).select_related(None)
    try:
        page = pages.page(
            due.order_by(),
            sort="ends",
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
    except Refusal:
        page = pages.page(due.order_by(), sort="ends")
    ahead = outlooks.by_month(request.user, as_of=now, days=choice.days, owner=owner)
    overdue = outlooks.overdue(request.user, as_of=now, owner=owner)
    context = {
        "counting": counting.of(request.user),
        "choice": choice,
        "seen": seen,
        "money": money.portfolio(
            request.user, currency=seen.currency, as_of=now, days=choice.days, owner=owner
        ),
        "coverage": _coverage(request.user, choice, now),
        "months": months.of(ahead, currency=seen.currency),
        "columns": COLUMNS,
        "month_columns": MONTH_COLUMNS,
        "page": page,
        "next_url": f"{choice.url()}&after={page.next}" if page.next else "",
        "previous_url": f"{choice.url()}&before={page.previous}" if page.previous else "",
        "sealed": seen.states[SEALED],
        "sealed_url": choice.url(answer=SEALED) + "#contracts",
        "overdue": overdue[:MOST_OVERDUE],
        "overdue_count": outlooks.count_overdue(request.user, as_of=now, owner=owner),
        "windows": _windows(choice),
        "answers": _answers(choice, seen, ahead),
        "currencies": _currencies(choice, seen),
        "mine": _mine(choice),
        "may_export": request.user.may(Permission.EXPORT),
        "may_ask": request.user.may(Permission.ASK_CUSTOMERS),
        "crumbs": [{"label": "Renewals"}],
        "now": now,
    }
    return render(request, "workspace/renewals/index.html", context)


def _coverage(reader: Person, choice: Choice, now: datetime) -> Coverage:
    """At how many of the customers whose contract ends in these days who decides has answered."""
    owners = frozenset({reader.pk}) if choice.mine else frozenset()
    due = Filters(within_days=choice.days, owners=owners)
    counted = facets.of(reader, due, as_of=now)
    return Coverage(counted.known, counted.total.customers)


def _windows(choice: Choice) -> list[dict[str, Any]]:
    return [
        {
            "label": f"Next {days} days",
            "url": choice.url(days=days),
            "current": days == choice.days,
        }
        for days in WINDOWS
    ]


def _answers(choice: Choice, seen: Headline, ahead: list[MonthOfState]) -> list[dict[str, Any]]:
    counts: dict[str, int] = dict.fromkeys(months.ORDER, 0)
    for row in ahead:
        if row.currency == seen.currency:
            counts[row.intent] += row.contracts
    every = {"label": "Every answer", "url": choice.url(answer=""), "current": not choice.answer}
    return [
        every,
        *(
            {
                "label": months.word(answer),
                "url": choice.url(answer=answer),
                "count": counts[answer],
                "current": choice.answer == answer,
                "answer": answer,
            }
            for answer in map(str, months.ORDER)
            if answer != SEALED or counts[answer] or choice.answer == SEALED
        ),
    ]


def _currencies(choice: Choice, seen: Headline) -> list[dict[str, Any]]:
    return [
        {"label": code, "url": choice.url(currency=code), "current": code == seen.currency}
        for code in seen.currencies
    ]


def _mine(choice: Choice) -> list[dict[str, Any]]:
    return [
        {"label": "Everyone's", "url": choice.url(mine=False), "current": not choice.mine},
        {"label": "Mine", "url": choice.url(mine=True), "current": choice.mine},
    ]
