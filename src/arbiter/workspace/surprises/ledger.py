"""GET /surprises/: what was lost, what had been believed, and how often it came as a surprise."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.accounts.rules import day
from arbiter.forecast.queries import memo
from arbiter.forecast.queries.surprises import alarms, bars, ledger, losses
from arbiter.foundation.roles import Permission
from arbiter.science.estimate import Estimate
from arbiter.science.surprise import Loss
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.surprises import looking_up
from arbiter.workspace.surprises.choice import PERIODS, Choice, page

if TYPE_CHECKING:
    from arbiter.forecast.queries.surprises.ledger import Line
    from arbiter.foundation.models import Person
    from arbiter.workspace.surprises.looking_up import LookingUp

COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "Lost", "sorted": "desc"},
    {"label": "A year", "number": True},
    {"label": "They had said"},
    {"label": "We believed", "number": True},
    {"label": "We forecast", "number": True},
    {"label": "It was"},
]
LESS_COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "Decided"},
    {"label": "Before, a year", "number": True},
    {"label": "After, a year", "number": True},
]
MOST_LESS = 20


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show the ledger with the surprise rate, what alarms would have cost, and who stayed for less."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    since = choice.since(day(now))
    found = [each for each in losses.visible_to(request.user, as_of=now) if each.lost_on >= since]
    bar = bars.in_force(now)
    lines = ledger.of(found, as_of=now, bar=bar)
    shown = [line for line in lines if choice.kind in ("", str(line.kind))]
    cut = page(shown, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    rate = ledger.rate(lines)
    less = losses.visible_to(request.user, as_of=now, decision="contracted")
    context = {
        "lines": cut.lines,
        "columns": COLUMNS,
        "next_url": f"{choice.url()}&after={cut.next}" if cut.next else "",
        "previous_url": f"{choice.url()}&before={cut.previous}" if cut.previous else "",
        "looking_up": _looking_up(request.user, lines, now),
        "rate": rate,
        "surprised": _counted(rate.by_count),
        "lost": len(lines),
        "alarms": _alarms(request.user, lines, now, since),
        "bar": bar,
        "periods": _periods(choice),
        "kinds": _kinds(choice, lines),
        "kind": ledger.WORDS[Loss(choice.kind)] if choice.kind else "",
        "less": [each for each in less if each.lost_on >= since][:MOST_LESS],
        "less_columns": LESS_COLUMNS,
        "sees_all": request.user.may(Permission.SEE_ALL_CUSTOMERS),
        "may_set": request.user.may(Permission.MANAGE_SETTINGS),
        "crumbs": [{"label": "Surprises"}],
        "now": now,
    }
    return render(request, "workspace/surprises/index.html", context)


def _looking_up(reader: Person, lines: list[Line], now: datetime) -> LookingUp | None:
    return looking_up.of(reader, now) if any(line.file is None for line in lines) else None


def _alarms(reader: Person, lines: list[Line], now: datetime, since: date) -> dict[str, Any] | None:
    """Of the whole company: who sees only some customers is shown none, for windows compare all."""
    if not lines or not reader.may(Permission.SEE_ALL_CUSTOMERS):
        return None
    external = frozenset(line.lost.contract_id for line in lines if line.cause == "external")
    key = ("alarms", day(now), since, external)
    found = memo.remember(key, lambda: alarms.of(now, since=since, external=external))
    told = found.alarms
    return {
        "missed": _counted(told.missed),
        "rate": _counted(told.alarm_rate),
        "precision": _counted(told.precision),
        "due": told.due,
        "forecast": found.forecast,
    }


def _counted(share: Estimate) -> dict[str, Any]:
    """A share with its k of n, which is shown in place of a percentage where there are few."""
    return {
        "value": share.value,
        "low": share.low,
        "high": share.high,
        "n": share.n,
        "count": None if share.value is None else round(share.value * share.n),
        "note": share.note,
    }


def _periods(choice: Choice) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": choice.url(period=key), "current": key == choice.period}
        for key, label in PERIODS.items()
    ]


def _kinds(choice: Choice, lines: list[Line]) -> list[dict[str, Any]]:
    every = {"label": "Every loss", "url": choice.url(kind=""), "current": not choice.kind}
    return [
        every,
        *(
            {
                "label": word,
                "url": choice.url(kind=str(kind)),
                "count": sum(line.kind == kind for line in lines),
                "current": choice.kind == kind,
            }
            for kind, word in ledger.WORDS.items()
        ),
    ]
