"""The home screen of an installation that knows no customer yet: the ways to the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest

if TYPE_CHECKING:
    from arbiter.workspace.lists.counting import Counting


def show(request: SignedInRequest, counting: Counting | None) -> HttpResponse:
    """Show what can be done first, as far as the reader may; or that the first customers are being counted."""
    context = {
        "counting": counting,
        "company": company.name(),
        "may_import": request.user.may(Permission.IMPORT),
        "may_load_sample": request.user.may(Permission.MANAGE_SETTINGS),
        "may_add": request.user.may(Permission.EDIT_CUSTOMERS),
        "crumbs": [{"label": "Home"}],
    }
    return render(request, "workspace/home/beginning.html", context)
