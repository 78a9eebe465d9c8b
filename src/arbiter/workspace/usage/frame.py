"""What the pages about usage share: the way to them, their parts, whose customers, and until when it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.queries import runs, standings
from arbiter.usage.queries.lists import Page

if TYPE_CHECKING:
    from arbiter.workspace.access import SignedInRequest

PARTS = (
    ("usage", "Adoption"),
    ("usage-features", "Features"),
    ("usage-sets", "Sets"),
    ("usage-without-result", "Active without result"),
    ("usage-without-activity", "Result without activity"),
    ("usage-events", "Events"),
)


@dataclass(frozen=True)
class Choice:
    """Whose customers are looked at: everybody's, or those of a segment of which there are figures."""

    segment: str
    segments: tuple[str, ...]

    @classmethod
    def of(cls, request: SignedInRequest) -> Choice:
        """Read the choice from an address."""
        known = tuple(standings.segments())
        asked = request.GET.get("segment", "")
        return cls(asked if asked in known else "", known)

    @property
    def label(self) -> str:
        """Whose customers they are."""
        return self.segment or "Everybody"

    @property
    def query(self) -> str:
        """The choice as the end of an address."""
        return f"?{urlencode({'segment': self.segment})}" if self.segment else ""

    @property
    def menu(self) -> list[dict[str, Any]]:
        """Whose there are, as links of a menu."""
        return [
            {"label": each or "Everybody", "url": f"?{urlencode({'segment': each})}" if each else "?", "current": each == self.segment}
            for each in ("", *self.segments)
        ]  # fmt: skip


def show(
    request: SignedInRequest,
    template: str,
    *,
    part: str,
    title: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Show a page about usage under its parts."""
    way = [{"label": "Usage", "url": reverse("workspace:usage")}]
    label, url = dict(PARTS)[part], reverse(f"workspace:{part}")
    crumbs = [{"label": "Usage"}] if part == "usage" and not title else way
    if part != "usage":
        crumbs = [*way, {"label": label, "url": url} if title else {"label": label}]
    shared = {
        "now": timezone.now(),
        "parts": [
            {"label": name, "url": reverse(f"workspace:{each}"), "current": each == part}
            for each, name in PARTS
        ],
        "crumbs": [*crumbs, {"label": title}] if title else crumbs,
        "until": runs.newest_day(),
        "under_way": runs.under_way(),
        "may_edit": request.user.may(Permission.EDIT_CUSTOMERS),
    }
    return render(request, f"workspace/usage/{template}.html", shared | context, status=status)


def turns(page: Page[Any], **told: str) -> dict[str, Any]:
    """The addresses of the pages of a list before and after this one."""
    kept = {name: value for name, value in told.items() if value}
    return {
        "next_url": f"?{urlencode({**kept, 'after': str(page.after)})}#names" if page.after else "",
        "previous_url": f"?{urlencode({**kept, 'before': str(page.before)})}#names"
        if page.before
        else "",
    }
