"""The sets that are looked for: who has completed them, when first, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import behaviour_sets as actions
from arbiter.usage.queries import behaviour_sets, lists, reaching
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.usage import frame

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet
    from arbiter.usage.queries.reaching import Reaching

DONE: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "First completed", "sorted": "desc"},
    {"label": "Keeps it up"},
]
NOT_DONE: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "People", "number": True},
    {"label": "Events", "number": True, "sorted": "desc"},
    {"label": "Last seen"},
]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """List the sets with how many have completed each."""
    counts = behaviour_sets.counts()
    return frame.show(
        request,
        "sets",
        part="usage-sets",
        sets=[
            {"set": each, "words": behaviour_sets.words(each.rule), "count": counts.get(each.pk, 0)}
            for each in behaviour_sets.standing()
        ],
        retired=behaviour_sets.retired(),
    )


@open_to_colleagues("GET")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one set: its rule, its curve, and the names."""
    found = get_object_or_404(behaviour_sets.every(), pk=pk)
    missing = request.GET.get("who") == "without"
    turned: dict[str, Any] = {key: request.GET.get(key, "") for key in ("after", "before")}
    page: Any
    if missing:
        rows = lists.not_completed(request.user, found)
        page = lists.page(rows, by="events_28d", **turned)
    else:
        page = lists.page(lists.completed(request.user, found), by="first_at", **turned)
    told = reaching.of(found)
    return frame.show(
        request,
        "set",
        part="usage-sets",
        title=found.name,
        set=found,
        words=behaviour_sets.words(found.rule),
        versions=behaviour_sets.versions(found),
        newer=behaviour_sets.newer(found),
        reaching=told,
        curve=_curve(found, told),
        page=page,
        missing=missing,
        columns=NOT_DONE if missing else DONE,
        who=[
            {"label": "Completed it", "url": "?#names", "current": not missing},
            {"label": "Not yet", "url": "?who=without#names", "current": missing},
        ],
        **frame.turns(page, who="without" if missing else ""),
    )


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Retire a set; with `undo` look for it again."""
    found = get_object_or_404(behaviour_sets.every(), pk=pk)
    undo = "undo" in request.POST
    verb = actions.restore if undo else actions.retire
    try:
        verb(behaviour_set=found, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = "is looked for again" if undo else "is retired"
        messages.success(request, f"“{found.name}” {said}.")
    return redirect("workspace:usage-sets")


def _curve(found: BehaviourSet, told: Reaching | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "curves": [{"name": found.name, "steps": told.told.curve}],
        "median": told.told.median,
        "n": told.told.n,
        "reached": told.told.reached,
        "waiting": told.told.waiting,
    }
