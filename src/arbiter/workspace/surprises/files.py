"""GET /surprises/<contract>/: what was known the day before notice, and what we make of it now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from arbiter.accounts.permissions import may_edit
from arbiter.accounts.queries import contracts
from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.surprises import ledger, losses, post_mortems
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer.reasons import LEAST_POINTS, points_of
from arbiter.workspace.lists.words import ROLES

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.forecast.models import PostMortem
    from arbiter.forecast.queries.surprises.ledger import Line

CAUSES = {"ours": "Ours", "external": "External", "payment": "A payment", "": "Not told"}
AVOIDABLE = {True: "Yes", False: "No", None: "Cannot say"}
KNOWN = {True: "Yes", False: "No", None: "Cannot say"}
AWARENESS = {
    "not_told": "nobody there was told",
    "told": "they were told",
    "seen": "they saw it",
    "agreed": "they agreed to it",
    "disputed": "they disputed it",
}


@open_to_colleagues("GET")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the frozen file of a lost contract beside every version of its post-mortem."""
    now = timezone.now()
    contract, line = find(request, pk, now)
    versions = post_mortems.history(pk, as_of=now)
    content = line.file.content if line.file else {}
    context = {
        "contract": contract,
        "customer": contract.customer,
        "line": line,
        "cause": CAUSES[line.cause],
        "file": line.file,
        "is_stored": line.file is not None and line.file.pk is not None,
        "people": [_person(each) for each in content.get("people", ())],
        "goals": [_goal(each) for each in content.get("goals", ())],
        "beliefs": [_dated(each, "at") for each in content.get("beliefs", ())],
        "made": _forecast(content.get("forecast")),
        "talked_at": _moment(content.get("value_conversation_at")),
        "answered_at": _moment(content.get("answered_at")),
        "signals": [_signal(*each) for each in content.get("signals", {}).items()],
        "versions": [_version(each) for each in versions],
        "may_write": may_edit(request.user, contract.customer),
        "crumbs": _crumbs(contract),
        "now": now,
    }
    return render(request, "workspace/surprises/file.html", context)


def find(request: SignedInRequest, pk: int, now: datetime) -> tuple[Contract, Line]:
    """Return a contract within reach and its line in the ledger; 404 where it was not lost."""
    contract = get_object_or_404(contracts.visible_to(request.user), pk=pk)
    lines = ledger.of(losses.of_contracts([pk], as_of=now), as_of=now)
    if not lines:
        raise Http404("This contract was not lost.")
    return contract, lines[0]


def _crumbs(contract: Contract) -> list[dict[str, Any]]:
    return [
        {"label": "Surprises", "url": reverse("workspace:surprises")},
        {"label": contract.customer.name},
    ]


def _person(told: dict[str, Any]) -> dict[str, Any]:
    return _dated(told, "at") | {
        "role": " · ".join(filter(None, [told["title"], ROLES[told["role"]]]))
    }


def _goal(told: dict[str, Any]) -> dict[str, Any]:
    # Who says "not achieved" disputes the result, too; their own word tells more.
    own = told["judgement"] == "not" or not told["disputed"]
    verdict = told["judgement"] if own else "disputed"
    return _dated(told, "judged_at") | {
        "verdict": verdict or "never_asked",
        "aware": AWARENESS.get(told["awareness"], ""),
        "judged": told["judged_by"] or "",
    }


def _forecast(told: dict[str, Any] | None) -> dict[str, Any] | None:
    if told is None:
        return None
    chance = told["probability"]
    reasons = [
        {
            "label": each["label"],
            "source": each["known"],
            "effect": points,
            "shown": wording.signed(round(points)),
        }
        for each in told["reasons"]
        if each["name"] not in ("base", "uncertainty")
        and abs(points := points_of(chance, each["effect"])) >= LEAST_POINTS
    ]
    return _dated(told, "as_of") | {"reasons": reasons}


def _signal(name: str, value: float) -> tuple[str, str]:
    return trusted.of(name).title, wording.number(round(value, 2))


def _version(each: PostMortem) -> dict[str, Any]:
    return {
        "row": each,
        "cause": CAUSES[each.cause],
        "avoidable": AVOIDABLE[each.avoidable],
        "known": KNOWN[each.known],
        "who": each.by.get_full_name() if each.by else "Somebody",
    }


def _dated(told: dict[str, Any], name: str) -> dict[str, Any]:
    return told | {name: _moment(told[name])}


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
