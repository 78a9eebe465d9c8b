"""/settings/suppressions/: who is not written to, why, and since when; adding an address, and lifting one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import suppressions as verbs
from arbiter.voice.queries import suppressions
from arbiter.voice.queries.choices import SuppressionCause, SuppressionScope
from arbiter.voice.queries.places import Place, newest_first
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of

MOST_WORDS = 100
COLUMNS: list[dict[str, Any]] = [
    {"label": "Address", "width": "wide"},
    {"label": "What is not sent"},
    {"label": "Why"},
    {"label": "Since", "sorted": "desc"},
    {"label": "", "hidden_label": "What can be done"},
]


class AddressForm(VerbForm):
    """An address we decide not to write to."""

    address = forms.EmailField(label="Address", max_length=254)
    scope = forms.ChoiceField(
        label="What is not sent",
        choices=[(each.value, each.label.capitalize()) for each in SuppressionScope],
        initial=SuppressionScope.ALL,
    )
    detail = forms.CharField(label="Why", max_length=300, required=False)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def index(request: SignedInRequest) -> HttpResponse:
    """List the addresses; a POST adds one."""
    now = timezone.now()
    form = AddressForm(request.POST or None)
    if form.is_valid():
        whose = contacts.known_as(form.cleaned_data["address"]).first()
        told = {"cause": SuppressionCause.BY_US, "contact": whose, "by": request.user, "at": now}
        if kept := form.attempt(verbs.suppress, **told):
            messages.success(request, f"{kept.address} is not written to.")
            return redirect("workspace:settings-suppressions")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_WORDS]
    lifted = request.GET.get("show") == "lifted"
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    found = newest_first(suppressions.known(words=words, lifted=lifted), after=place)
    kept_query = "?" + urlencode({"show": "lifted" if lifted else "", "q": words})
    context = {
        "form": form,
        "columns": COLUMNS,
        "rows": found.rows,
        "words": words,
        "lifted": lifted,
        "unsubscribed": contacts.unsubscribed().count(),
        "tabs": [
            {"label": "Not written to", "url": "?", "current": not lifted},
            {"label": "Written to again", "url": "?show=lifted", "current": lifted},
        ],
        "next_url": f"{kept_query}&after={found.after}" if found.after else "",
        "previous_url": kept_query if place else "",
    }
    return page(request, "index", context, status=status_of(request), folder="suppressions")


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an address be written to again."""
    kept = get_object_or_404(suppressions.all_of_them(), pk=pk)
    try:
        verbs.lift(suppression=kept, by=request.user, at=timezone.now())
        messages.success(request, f"{kept.address or 'The address'} is written to again.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:settings-suppressions")
