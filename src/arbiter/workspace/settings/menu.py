"""The settings' own navigation: one tab for each page a person may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.workspace.access import SignedInRequest

PAGES = (
    ("settings", "Company", Permission.MANAGE_SETTINGS),
    ("settings-people", "People", Permission.MANAGE_PEOPLE),
    ("settings-mail", "Mail", Permission.MANAGE_SETTINGS),
    ("settings-base-rate", "Renewal rate", Permission.MANAGE_SETTINGS),
    ("settings-rates", "Exchange rates", Permission.MANAGE_SETTINGS),
    ("settings-business-model", "Business model", Permission.MANAGE_SETTINGS),
    ("settings-asking", "Asking", Permission.MANAGE_SETTINGS),
    ("settings-suppressions", "Not written to", Permission.MANAGE_SETTINGS),
    ("settings-stages", "Stages", Permission.MANAGE_SETTINGS),
    ("settings-categories", "Kinds of goals", Permission.MANAGE_SETTINGS),
    ("settings-sources", "Sources of events", Permission.MANAGE_SETTINGS),
    ("settings-privacy", "Privacy", Permission.MANAGE_SETTINGS),
    ("settings-widget", "Widget", Permission.MANAGE_SETTINGS),
    ("settings-keys", "Keys", Permission.MANAGE_SETTINGS),
    ("settings-sample", "Sample company", Permission.MANAGE_SETTINGS),
    ("settings-digests", "Digests", Permission.MANAGE_SETTINGS),
    ("settings-digest", "Your digest", None),
    ("settings-me", "You", None),
)


def page(
    request: SignedInRequest,
    template: str,
    context: dict[str, object],
    *,
    status: int = 200,
    folder: str = "settings",
    part: str = "",
) -> HttpResponse:
    """Show a page of the settings with its tabs; its template may lie with another part of the workspace.

    Args:
        part: the name of the tab under which the page is found, where it has none of its own.
    """
    here = request.resolver_match.url_name if request.resolver_match else None
    tabs = [
        {
            "label": label,
            "url": reverse(f"workspace:{name}"),
            "current": name in (here, part),
        }
        for name, label, needs in PAGES
        if needs is None or request.user.may(needs)
    ]
    shared = {
        "settings_tabs": tabs,
        "crumbs": [{"label": "Settings"}],
        "now": timezone.now(),
    }
    return render(request, f"workspace/{folder}/{template}.html", shared | context, status=status)


def status_of(request: HttpRequest) -> int:
    """Return the status of a page that shows a form: as asked for, or after input that was refused."""
    return 422 if request.method == "POST" else 200
