"""GET /surprises/months/: the losses month by month; POST /surprises/reviews/: we went through one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from arbiter.forecast.actions import surprises as actions
from arbiter.forecast.queries.surprises import ledger, months
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import WordsField

if TYPE_CHECKING:
    from arbiter.forecast.queries.surprises.months import Month

COLUMNS: list[dict[str, Any]] = [
    {"label": "Month"},
    {"label": "Lost", "number": True},
    {"label": "Judged", "number": True},
    {"label": "Looked back", "number": True},
    {"label": "Surprises", "number": True},
    {"label": "Reviewed"},
]
MOST = 36


class ReviewForm(forms.Form):
    """What was said when a month was gone through."""

    month = forms.CharField(widget=forms.HiddenInput)
    said = WordsField(label="What was said", rows=3, required=False)


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show the months, and the losses of one of them: the newest unless another is asked for."""
    now = timezone.now()
    found = months.of(ledger.visible_to(request.user, as_of=now), as_of=now)[:MOST]
    wanted = _month(request.GET.get("month", ""))
    shown = next((each for each in found if each.month == wanted), next(iter(found), None))
    may_review = request.user.may(Permission.EDIT_CUSTOMERS) and request.user.may(
        Permission.SEE_ALL_CUSTOMERS
    )
    context = {
        "months": found,
        "columns": COLUMNS,
        "shown": shown,
        "form": _form(shown) if shown and may_review else None,
        "crumbs": [
            {"label": "Surprises", "url": reverse("workspace:surprises")},
            {"label": "Month by month"},
        ],
        "now": now,
    }
    return render(request, "workspace/surprises/months.html", context)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def review(request: SignedInRequest) -> HttpResponse:
    """Put on record that the losses of a month were gone through."""
    month = _month(request.POST.get("month", ""))
    if month is None:
        messages.error(request, "Which month was it? Choose one in the list.")
        return redirect("workspace:surprises-months")
    try:
        actions.review_month(
            month=month, said=request.POST.get("said", ""), by=request.user, at=timezone.now()
        )
        messages.success(request, f"{month:%B %Y} is reviewed.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('workspace:surprises-months')}?month={month:%Y-%m}")


def _form(shown: Month) -> ReviewForm:
    return ReviewForm(initial={"month": f"{shown.month:%Y-%m}"})


def _month(text: str) -> date | None:
    try:
        return parse_date(f"{text}-01")
    except ValueError:
        return None
