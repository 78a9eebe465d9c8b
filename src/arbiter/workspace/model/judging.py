"""GET /model/progress/: whether past renewals wait to be judged; a fragment that the page asks for while they do."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries.backtests import stored
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew


def is_under_way(now: datetime) -> bool:
    """Say whether so much was decided that past renewals are judged at once, and they are not yet."""
    return stored.is_wanted(now)


@open_to_colleagues("GET", needs=Permission.SEE_ALL_CUSTOMERS)
def show(request: SignedInRequest) -> HttpResponse:
    """Say that it goes on; once it is done, have the page read anew."""
    if not is_under_way(timezone.now()):
        return read_anew()
    return render(request, "workspace/model/_judging.html", {"judging": True})
