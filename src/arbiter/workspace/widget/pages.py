"""Surveys in the own product: set up, given another secret, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.foundation.sealing import Unopenable
from arbiter.voice.actions import widget as actions
from arbiter.voice.queries import surveys, widget
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import WordsField
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of
from arbiter.workspace.widget import snippets

if TYPE_CHECKING:
    from arbiter.voice.models import Widget


class WidgetForm(VerbForm):
    """Which pages may ask: one origin a line."""

    origins = WordsField(
        label="Pages that may ask",
        rows=3,
        help_text="One origin a line, such as https://app.example.com. Other pages are refused.",
    )

    def clean_origins(self) -> list[str]:
        """Take the lines apart."""
        return [line.strip() for line in self.cleaned_data["origins"].splitlines() if line.strip()]


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def edit(request: SignedInRequest) -> HttpResponse:
    """Show how the product asks and what to paste there; by POST, say which pages may."""
    there = widget.current()
    before = {"origins": "\n".join(there.origins)} if there else {}
    form = WidgetForm(request.POST or None, initial=before)
    if (
        form.is_valid()
        and form.attempt(actions.set_up, by=request.user, at=timezone.now()) is not None
    ):
        messages.success(request, "These pages may ask from now on.")
        return redirect("workspace:settings-widget")
    context = {"form": form, "widget": there, **_to_paste(there)}
    return page(request, "index", context, status=status_of(request), folder="widget")


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def renew(request: SignedInRequest) -> HttpResponse:
    """Make another secret; the one before counts for a day."""
    try:
        actions.renew_secret(by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "There is another secret. The one before counts for 24 hours.")
    return redirect("workspace:settings-widget")


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def end(request: SignedInRequest) -> HttpResponse:
    """Ask in the product no more."""
    try:
        actions.end(by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Nothing is asked in your product any more.")
    return redirect("workspace:settings-widget")


def _to_paste(there: Widget | None) -> dict[str, Any]:
    """The secret, the tag and how to sign; why not, where the secret cannot be read."""
    if there is None:
        return {}
    try:
        secret = widget.secret(there)
    except Unopenable as refusal:
        return {"trouble": str(refusal)}
    return {
        "secret": secret,
        "tag": snippets.tag(settings.BASE_URL),
        "policy": snippets.policy(settings.BASE_URL),
        "signing": [
            {"slug": slug, "label": label, "text": text, "copy": f"#sign-{slug}"}
            for slug, label, text in snippets.SIGNING
        ],
        "surveys": [
            survey
            for survey in surveys.standing()
            if not surveys.goes_by_letter(survey) and survey.key not in snippets.ABOUT_A_GOAL
        ],
    }
