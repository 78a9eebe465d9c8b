"""The sample company: in by one button, out by another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from arbiter.foundation.jobs import queue
from arbiter.foundation.roles import Permission
from arbiter.sample import jobs, loading
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.settings.menu import page


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def sample(request: SignedInRequest) -> HttpResponse:
    """Show whether it is here; a POST has it loaded or removed in the background."""
    at_work = queue.is_under_way(jobs.load) or queue.is_under_way(jobs.remove)
    record = loading.loaded()
    if request.method == "POST":
        wanted = jobs.remove if record else jobs.load
        if not at_work:
            wanted.enqueue(request.user.pk)
            messages.success(
                request, "It takes less than a minute. This page shows when it is done."
            )
        return redirect("workspace:settings-sample")
    context: dict[str, object] = {
        "record": record,
        "at_work": at_work,
        "failed": queue.failed_last(jobs.load) or queue.failed_last(jobs.remove),
    }
    return page(request, "sample", context)
