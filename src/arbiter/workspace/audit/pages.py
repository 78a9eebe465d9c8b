"""GET /audit/: which of the numbers we trust told who would leave, and who left although all looked well."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import memo
from arbiter.forecast.queries.audits import lists, runs, stored
from arbiter.forecast.queries.audits.looks import LEADS, MAIN_LEAD
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.audit import names, tables, words
from arbiter.workspace.audit.choice import Choice
from arbiter.workspace.audit.forms import GreenForm

if TYPE_CHECKING:
    from arbiter.forecast.models import Audit
    from arbiter.foundation.models import Person


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show the stored audit at one lead, with the names behind it."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    audit = stored.newest(now)
    run = runs.newest()
    context: dict[str, Any] = {
        "audit": audit,
        "run": run,
        "under_way": run is not None and run.is_under_way,
        "choice": choice,
        "may_export": request.user.may(Permission.EXPORT),
        "may_import": request.user.may(Permission.IMPORT),
        "short": names.today(request.user, now=now),
        "crumbs": [{"label": "Audit"}],
        "now": now,
    }
    if audit is not None and audit.decided:
        context |= _found(audit, choice) | _names(request.user, audit, choice, now)
    return render(request, "workspace/audit/index.html", context)


def _found(audit: Audit, choice: Choice) -> dict[str, Any]:
    result, lead = audit.result, choice.lead
    counts = result["leads"][str(lead)]
    answers = result["answers"][str(lead)]
    title, rest = words.bearing(counts["lost"], of=counts["decided"])
    return {
        "told": words.Headline.of(result, lead),
        "counts": counts,
        "tested": result["tested"],
        "bearing": {"title": title, "rest": rest},
        "leads": _leads(choice),
        "rows": [
            words.plot_row(each, lead, tables.signal_url(each["name"]))
            for each in result["signals"]
        ],
        "answers": words.answer_rows(answers),
        "has_answers": any(each["n"] for each in answers if each["answer"] != "never_asked"),
        "base": 1 - counts["lost"] / counts["decided"] if counts["decided"] else None,
        "lines": tables.lines(result, lead),
        "lead_columns": tables.LEAD_COLUMNS,
        "coverage_columns": tables.COVERAGE_COLUMNS,
        "main_lead": MAIN_LEAD,
    }


def _leads(choice: Choice) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{lead} days before",
            "url": choice.url(lead=lead),
            "current": lead == choice.lead,
        }
        for lead in LEADS
    ]


def _names(person: Person, audit: Audit, choice: Choice, now: datetime) -> dict[str, Any]:
    found = lists.lost(person, audit)
    signal = choice.chosen(audit.result) or lists.usual_signal(audit.result)
    left = lists.left(found, audit.result)
    return {
        "left": left,
        "activity": names.activity_words(left),
        "quarters": names.quarters(left),
        **gone(found, signal, choice, audit, now=now),
    }


def gone(
    found: list[lists.Lost],
    signal: dict[str, Any] | None,
    choice: Choice,
    audit: Audit,
    *,
    now: datetime,
) -> dict[str, Any]:
    """Who left although a number was green, for the card that names them."""
    if signal is None:
        return {"gone": None, "lost_at_all": len(found)}
    seen = lists.green_and_gone(found, signal=signal, threshold=choice.green_from, as_of=now)
    numbers = names.numbers(audit.result)
    form = GreenForm.of(signal, seen.threshold if seen else None, numbers, lead=choice.lead)
    if seen is None:
        return {"gone": None, "gone_form": form, "lost_at_all": len(found)}
    chosen = replace(choice, signal=seen.signal)
    most = names.MOST if choice.all else names.SHOWN
    return {
        "gone": seen,
        "gone_title": dict(numbers)[seen.signal],
        "gone_rows": names.departed(seen, most=most),
        "gone_more": max(len(seen.rows) - most, 0),
        "gone_all": f"{reverse('workspace:audit')}{chosen.url(all=True)}#gone",
        "gone_side": names.green_side(seen),
        "gone_csv": reverse("workspace:audit-gone-csv") + chosen.url(),
        "gone_form": form,
        "gone_columns": GONE_COLUMNS,
        "lost_at_all": len(found),
    }


GONE_COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "A year", "number": True},
    {"label": "Lost on"},
    {"label": "It said", "number": True},
    {"label": "They had said"},
    {"hidden_label": "What to do"},
]
