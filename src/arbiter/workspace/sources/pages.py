"""The list of sources, and one of them: is it heard, its key, what to paste, what it may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.foundation.sealing import Unopenable
from arbiter.usage.queries import sources
from arbiter.usage.rules import traits
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.settings.menu import page
from arbiter.workspace.sources import snippets

if TYPE_CHECKING:
    from arbiter.usage.models import Source

COLUMNS = [
    {"label": "Source"},
    {"label": "Key held by"},
    {"label": "Last heard"},
    {"label": "On its way into the log", "number": True},
    {"label": "Not taken", "number": True},
]


@open_to_colleagues(needs=Permission.MANAGE_SETTINGS)
def every(request: SignedInRequest) -> HttpResponse:
    """List where events come from."""
    context = {"columns": COLUMNS, "rows": sources.listed(request.user)}
    return page(request, "index", context, folder="sources", part="settings-sources")


@open_to_colleagues(needs=Permission.MANAGE_SETTINGS)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a source with all that somebody needs who connects a product."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    key, trouble = _key(source)
    context: dict[str, object] = {
        "source": source,
        "heard": sources.heard(source),
        "host": settings.BASE_URL,
        "key": key,
        "trouble": trouble,
        "snippets": _snippets(source, key),
        "facts": _facts(source),
        "rejected": sources.rejected(source),
        "crumbs": crumbs(source),
        "now": timezone.now(),
    }
    return page(request, "detail", context, folder="sources", part="settings-sources")


def crumbs(source: Source, *below: str) -> list[dict[str, str]]:
    """The way from the settings to a page of a source."""
    found = [
        {"label": "Settings", "url": reverse("workspace:settings")},
        {"label": "Sources of events", "url": reverse("workspace:settings-sources")},
        {"label": source.name, "url": reverse("workspace:settings-source", args=[source.pk])},
    ]
    return [*found, *({"label": label} for label in below)]


def _key(source: Source) -> tuple[str, str]:
    """The key, or why it cannot be read."""
    if source.revoked_at is not None:
        return "", ""
    try:
        return sources.key_of(source), ""
    except Unopenable as refusal:
        return "", str(refusal)


def _snippets(source: Source, key: str) -> list[dict[str, object]]:
    if not key:
        return []
    return [
        {
            "snippet": snippet,
            "text": snippet.text(host=settings.BASE_URL, key=key, number=str(source.pk)),
            "copy": f"snippet-{snippet.slug}",
        }
        for snippet in snippets.of(source.kind)
    ]


def _customer(source: Source) -> str:
    group = f"the group; in PostHog of type {source.group_type}"
    return f"{group}; else the user" if source.users_are_customers else group


def _facts(source: Source) -> list[tuple[str, str]]:
    allowed = sources.allowed(source)
    words = [traits.label(code) for code in (*traits.TRAITS, *sorted(allowed)) if code in allowed]
    facts = [
        ("May write", ", ".join(dict.fromkeys(words)) or "events alone"),
        ("Customer", _customer(source)),
        ("Events are kept", f"{source.keep_days:,} days" if source.keep_days else "for good"),
    ]
    if source.kind == sources.Kind.BROWSER:
        facts.append(("May send from", ", ".join(source.origins) or "any page"))
    return facts
