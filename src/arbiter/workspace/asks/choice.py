"""GET /asks/new/: choose whom to ask, and say first what we believe."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import asks
from arbiter.voice.queries.choices import AskKind
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import people, question
from arbiter.workspace.asks.people import MOST_CUSTOMERS

DAYS = 180


@open_to_colleagues("GET", needs=Permission.ASK_CUSTOMERS)
def show(request: SignedInRequest) -> HttpResponse:
    """Show the people of the customers named, or of those that nobody asked."""
    now = timezone.now()
    picked = numbers(request.GET, "contact")
    asked = question.read(request.GET, verdicts=True)
    goal = asked.goal(request.user)
    ids = ([goal.customer_id] if goal else []) + _customers(request, picked, now)
    groups = people.groups(
        request.user,
        ids,
        at=now,
        chosen=picked or None,
        judge=goal.stated_by_id if goal else None,
        warns=asked.first == AskKind.INTENT,
    )
    context = {
        "groups": groups,
        "named_goal": goal.pk if goal else "",
        **question.offered([group.customer.pk for group in groups], asked, at=now),
        "cut_off": len(set(ids)) > MOST_CUSTOMERS,
        "most": MOST_CUSTOMERS,
        "may_believe": request.user.may(Permission.LOG_BELIEFS),
        "crumbs": [{"label": "Asks", "url": reverse("workspace:asks")}, {"label": "New"}],
        "now": now,
    }
    return render(request, "workspace/asks/choice.html", context)


def numbers(data: QueryDict, name: str) -> list[int]:
    """Return the whole numbers given under a name; anything else is nobody's number."""
    return [int(said) for said in data.getlist(name) if said.isdecimal() and len(said) < 19]


def days_of(data: QueryDict) -> int:
    """Return how far ahead to look, in days."""
    said = data.get("days", "")
    return min(int(said), 3_650) if said.isdecimal() and len(said) < 9 else DAYS


def _customers(request: SignedInRequest, picked: list[int], now: datetime) -> list[int]:
    ids = numbers(request.GET, "customer")
    if picked:
        theirs = contacts.visible_to(request.user).filter(pk__in=picked)
        ids += list(theirs.values_list("customer_id", flat=True))
    if request.GET.get("state") == "never_asked":
        queue = asks.never_asked(request.user, as_of=now, days=days_of(request.GET))
        ids += list(queue.values_list("customer_id", flat=True)[: MOST_CUSTOMERS + 1])
    return ids
