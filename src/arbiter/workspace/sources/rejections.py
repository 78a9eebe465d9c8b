"""GET /settings/sources/…/rejected/: for which reasons events were not taken, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.queries import sources
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.settings.menu import page
from arbiter.workspace.sources.pages import crumbs

if TYPE_CHECKING:
    from arbiter.usage.models import Rejection

ROWS = 50
COLUMNS = [
    {"label": "Reason"},
    {"label": "Times", "number": True},
    {"label": "Last"},
    {"label": "The last of them", "width": "wide"},
]


@open_to_colleagues(needs=Permission.MANAGE_SETTINGS)
def every(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the reasons with how often, and the last event of each as it came."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    before = _place(request.GET.get("before", ""))
    found = list(sources.rejections(source, before=before, most=ROWS + 1))
    context = {
        "source": source,
        "columns": COLUMNS,
        "rows": found[:ROWS],
        "next_url": _url(found[ROWS - 1]) if len(found) > ROWS else "",
        "first_url": request.path if before else "",
        "crumbs": crumbs(source, "Not taken"),
        "now": timezone.now(),
    }
    return page(request, "rejected", context, folder="sources", part="settings-sources")


def _place(said: str) -> tuple[datetime, int] | None:
    """The last row of the page before; the beginning where the address is not ours."""
    moment, _, pk = said.partition("|")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(pk)) if at.tzinfo else None
    except ValueError:
        return None


def _url(last: Rejection) -> str:
    return "?" + urlencode({"before": f"{last.last_at.isoformat()}|{last.pk}"})
