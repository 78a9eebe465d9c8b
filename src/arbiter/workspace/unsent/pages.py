"""GET /unsent/: every mail that was not sent, by rules and by hand, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.engagement.queries import occasions
from arbiter.foundation.queries import mail
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asking_rules import doors
from arbiter.workspace.asking_rules.reasons import REASONS

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE = 50
BY_RULES: list[dict[str, Any]] = [
    {"label": "Who", "width": "wide"},
    {"label": "Rule"},
    {"label": "Why they were to be asked", "width": "wide"},
    {"label": "Why they were not", "width": "wide"},
    {"label": "Next look"},
]
BY_HAND: list[dict[str, Any]] = [
    {"label": "Mail", "width": "wide"},
    {"label": "To"},
    {"label": "Why it was not sent", "width": "wide"},
    {"label": "Written"},
]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show who was not asked: by rules, or with `by=hand` the mails that a colleague wanted to send."""
    by_hand = request.GET.get("by") == "hand"
    code = request.GET.get("reason", "")
    code = code if code in REASONS else ""
    before = request.GET.get("before", "")
    if by_hand:
        found: QuerySet[Any] = mail.visible_to(request.user).filter(status="dropped")
        found = found.defer("text", "html").order_by("-pk")
    else:
        found = occasions.unsent(request.user, code=code)
    if before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    rows = list(found[: SIZE + 1])
    shown = rows[:SIZE]
    kept = {"by": "hand"} if by_hand else {"reason": code} if code else {}
    more = {**kept, "before": shown[-1].pk} if len(rows) > SIZE else None
    context = {
        "by_hand": by_hand,
        "rows": shown,
        "columns": BY_HAND if by_hand else BY_RULES,
        "reasons": [] if by_hand else _reasons(request, code),
        "reason": REASONS.get(code, "any") if code else "any",
        "tabs": [
            {"label": "By rules", "url": "?", "current": not by_hand},
            {"label": "By hand", "url": "?by=hand", "current": by_hand},
        ],
        "next_url": f"?{urlencode(more)}" if more else "",
        "previous_url": f"?{urlencode(kept)}" if before else "",
        "crumbs": doors.crumbs(None, "Not sent"),
        "now": timezone.now(),
    }
    return render(request, "workspace/unsent/index.html", context)


def _reasons(request: SignedInRequest, code: str) -> list[dict[str, Any]]:
    counts = occasions.counts(request.user)
    every = {"label": "Any reason", "url": "?", "count": sum(counts.values()), "current": not code}
    told = [
        {"label": label, "url": f"?reason={one}", "count": counts[one], "current": one == code}
        for one, label in REASONS.items()
        if one in counts
    ]
    return [every, *told]
