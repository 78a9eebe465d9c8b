"""GET /audit/signal/?name=…: one number that is trusted, at every lead, and what it claims."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries.audits import lists, stored, trusted
from arbiter.forecast.queries.audits.looks import LEADS, MAIN_LEAD
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.audit import pages, tables, words
from arbiter.workspace.audit.choice import Choice


@open_to_colleagues("GET")
def show(request: SignedInRequest) -> HttpResponse:
    """Show what one number said, of whom it was known, and who left although it was green."""
    now = timezone.now()
    audit = stored.newest(now)
    name = request.GET.get("name", "")
    signals = audit.result["signals"] if audit else ()
    signal = next((each for each in signals if each["name"] == name), None)
    if audit is None or signal is None:
        raise Http404("There is no such number in the audit.")
    known = trusted.of(name)
    main = signal["leads"][str(MAIN_LEAD)]
    found = lists.lost(request.user, audit)
    context: dict[str, Any] = {
        "signal": signal,
        "known": known,
        "bear": words.note(main) or f"Too few to say: {words.too_few(main)}",
        "rows": [words.lead_row(signal, signal["leads"][str(lead)], lead) for lead in LEADS],
        "main_sub": f"{MAIN_LEAD} days before",
        "coverage": _coverage(main),
        "claims": _claims(signal),
        **_implied(signal["implied"]),
        "too_few": words.too_few(main),
        "crumbs": [{"label": "Audit", "url": reverse("workspace:audit")}, {"label": known.title}],
        "now": now,
        **pages.gone(found, signal, Choice(signal=name), audit, now=now),
    }
    return render(request, "workspace/audit/signal.html", context)


def _coverage(main: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Known of", wording.share(main["n"], main["decided"])),
        ("Of those, renewed", tables.rate(main["renewal_with"])),
        ("Of the others, renewed", tables.rate(main["renewal_without"])),
        ("Told apart, the others put in the middle", tables.area(main["auc_everywhere"])),
    ]


def _claims(signal: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("It claims", tables.claims(signal["implied"])),
        ("It added to the forecasts stored then", tables.adds(signal["addition"])),
    ]


def _implied(implied: dict[str, Any] | None) -> dict[str, Any]:
    """The chances it implies: drawn from two hundred renewals on, else told by their score."""
    if implied is None:
        return {"bins": []}
    return {
        "bins": [each | {"value": each["observed"]} for each in implied["bins"]],
        "score": f"{implied['score']:.3f}",
        "base_score": f"{implied['base_score']:.3f}",
    }
