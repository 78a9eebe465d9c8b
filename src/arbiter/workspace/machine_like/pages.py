"""GET /machine-like/: answers that look like a machine's. How they came is shown, what they say is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import machine_like as verbs
from arbiter.voice.queries import machine_like, places
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.responses import figures, frame

if TYPE_CHECKING:
    from arbiter.voice.models import Answer

SIZE = 50
COLUMNS: list[dict[str, Any]] = [
    {"label": "Who"},
    {"label": "Question"},
    {"label": "Why it looks like a machine’s"},
    {"label": "Came", "sorted": "desc"},
    {"label": "", "hidden_label": "Decision"},
]
DECISIONS = {"counts": verbs.count, "stays_out": verbs.leave_out}


@dataclass(frozen=True)
class Line:
    """A flagged answer by how it came; `after` is how long after the ask was delivered."""

    answer: Answer
    question: str
    after: str
    words: str


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show those nobody has looked at, or those somebody has."""
    now = timezone.now()
    shows_decided = request.GET.get("show") == "decided"
    waiting = machine_like.waiting(request.user, as_of=now)
    found = machine_like.decided(request.user, as_of=now) if shows_decided else waiting
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    by = "reviewed_at" if shows_decided else "at"
    page = places.newest_first(found, after=place, size=SIZE, by=by)
    kept = "?show=decided" if shows_decided else "?"
    context = {
        **frame.around("responses-machine-like", now, "Machine-like"),
        "shows_decided": shows_decided,
        "parts": [
            {"label": "To look at", "url": "?", "current": not shows_decided},
            {"label": "Looked at", "url": "?show=decided", "current": shows_decided},
        ],
        "columns": COLUMNS,
        "lines": [_line(answer) for answer in page.rows],
        "may_decide": request.user.may(Permission.EDIT_CUSTOMERS),
        "next_url": f"{kept}&after={page.after}" if page.after else "",
        "previous_url": kept if place else "",
    }
    return render(request, "workspace/machine_like/index.html", context)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an answer count, or leave it out."""
    answer = get_object_or_404(machine_like.door(request.user), pk=pk)
    verb = DECISIONS.get(request.POST.get("decision", ""))
    if verb is None:
        messages.error(request, "Choose whether it counts or stays out.")
        return redirect("workspace:responses-machine-like")
    try:
        verb(answer=answer, by=request.user, at=timezone.now())
        said = "counts from now on" if verb is verbs.count else "stays out"
        messages.success(request, f"The answer of {answer.contact.name} {said}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:responses-machine-like")


def _line(answer: Answer) -> Line:
    ask, letters = answer.ask, len(answer.comment) + len(answer.would_make_it_yes)
    delivered = ask.delivered_at if ask else None
    return Line(
        answer,
        question=figures.QUESTIONS.get(answer.kind, answer.kind),
        after=_after(delivered, answer.at),
        words=f"with {letters} letters of their own" if letters else "without words",
    )


def _after(delivered: datetime | None, at: datetime) -> str:
    if delivered is None or at < delivered:
        return ""
    seconds = int((at - delivered).total_seconds())
    if seconds < 120:
        return f"{seconds} seconds after delivery"
    return f"{seconds // 60} minutes after delivery" if seconds < 7200 else ""
