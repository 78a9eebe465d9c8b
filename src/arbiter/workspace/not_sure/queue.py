"""GET /not-sure/: everybody who is not sure, with the reason, what would make it a yes, who works on it and until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.rules import day
from arbiter.forecast.queries import memo, seals
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import not_sure, responses
from arbiter.voice.queries.not_sure import Spot
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.responses import figures

COLUMNS: list[dict[str, Any]] = [
    {"label": "Who is not sure"},
    {"label": "Why, and what would make it a yes", "width": "wide"},
    {"label": "Renews"},
    {"label": "Who works on it"},
    {"label": "", "hidden_label": "What can be done"},
]
WHOSE = {"": "Everybody", "nobody": "Nobody works on it", "mine": "Mine"}
TABS = (("not-sure", "Queue"), ("not-sure-later", "What became of them"))


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show a page of the queue: by the nearest renewal, or by the day it is due."""
    now, reader = timezone.now(), request.user
    whose = request.GET.get("whose", "") if request.GET.get("whose", "") in WHOSE else ""
    everybody = _queue(request, now)
    narrowed = {
        "": everybody,
        "nobody": [spot for spot in everybody if spot.follow_up is None],
        "mine": sorted(
            (spot for spot in everybody if spot.owner == reader.pk), key=lambda spot: spot.due_on
        ),
    }
    page = not_sure.page(narrowed[whose], after=_number(request.GET.get("after", "")))
    kept = f"?whose={whose}" if whose else "?"
    context = {
        **around("not-sure", now),
        "whose": [
            {
                "label": f"{label} · {len(narrowed[key]):,}",
                "url": f"?whose={key}" if key else "?",
                "current": key == whose,
            }
            for key, label in WHOSE.items()
        ],
        "columns": COLUMNS,
        "rows": [_row(each, day(now)) for each in page.rows],
        "may_edit": reader.may(Permission.EDIT_CUSTOMERS),
        "may_ask": reader.may(Permission.ASK_CUSTOMERS),
        "ask_url": reverse("workspace:asks-new"),
        "next_url": f"{kept}&after={page.after}" if page.after else "",
        "previous_url": kept if request.GET.get("after") else "",
    }
    return render(request, "workspace/not_sure/index.html", context)


def around(part: str, now: datetime, *more: str) -> dict[str, Any]:
    """Return the parts as links, the way here and the moment of the page."""
    first = (
        {"label": "Not sure", "url": reverse("workspace:not-sure")}
        if more
        else {"label": "Not sure"}
    )
    return {
        "now": now,
        "tabs": [
            {"label": label, "url": reverse(f"workspace:{name}"), "current": name == part}
            for name, label in TABS
        ],
        "crumbs": [first, *({"label": label} for label in more)],
    }


def _queue(request: SignedInRequest, now: datetime) -> list[Spot]:
    """The queue, put in order once until somebody is asked, answers or is worked on, for some minutes at most."""
    reader = request.user
    key = ("not sure", memo.scope(reader), responses.minutes(now), responses.marks())
    waiting = not_sure.waiting(reader, as_of=now)
    return memo.remember(key, lambda: not_sure.queue(seals.readable(waiting, as_of=now), as_of=now))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _row(each: not_sure.Waiting, today: date) -> dict[str, Any]:
    answer, work = each.answer, each.follow_up
    return {
        "each": each,
        "answer": answer,
        "role": figures.ROLES.get(answer.contact.role, ""),
        "reason": (work.reason if work else "") or "",
        "our_yes": (work.would_make_it_yes if work else "") or "",
        "overdue": each.is_overdue(today),
    }
