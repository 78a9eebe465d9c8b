"""The outbox: a list by status, one mail, and a person's decision about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.actions import mail as actions
from arbiter.foundation.mail import outbox
from arbiter.foundation.queries import mail as reads
from arbiter.foundation.refusals import Refusal
from arbiter.ui.wording import day
from arbiter.workspace.access import SignedInRequest, open_to_colleagues

STATUSES = {
    "queued": "Waiting",
    "sending": "Being sent",
    "failed": "Failed",
    "dropped": "Not sent",
    "sent": "Sent",
    "kept": "Shown here",
}
DECISIONS = {
    "again": (actions.send_again, "It is waiting to be sent."),
    "sent": (actions.mark_sent, "Marked as sent."),
    "drop": (actions.drop, "It will not be sent."),
}
PER_PAGE = 50


@open_to_colleagues()
def every(request: SignedInRequest) -> HttpResponse:
    """List the mails this person may look at, newest first."""
    chosen = request.GET.get("status", "")
    mails = reads.visible_to(request.user).order_by("-id").defer("text", "html")
    if chosen in STATUSES:
        mails = mails.filter(status=chosen)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "tabs": _tabs(request, chosen),
        "rows": [_row(mail, now) for mail in page],
        "columns": [{"label": label} for label in ("Subject", "To", "Status", "Written")],
        "previous_url": _page_url(chosen, page.previous_page_number())
        if page.has_previous()
        else "",
        "next_url": _page_url(chosen, page.next_page_number()) if page.has_next() else "",
        "range_text": f"{page.start_index()}–{page.end_index()} of {page.paginator.count}",
        "delivers": outbox.delivers(),
        "crumbs": [{"label": "Outbox"}],
        "now": now,
    }
    return render(request, "workspace/outbox/list.html", context)


@open_to_colleagues()
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one mail, as far as its words may be shown."""
    mail = get_object_or_404(reads.visible_to(request.user).select_related("decided_by"), pk=pk)
    now = timezone.now()
    stuck = reads.is_stuck(mail, at=now)
    again = mail.status in {"failed", "kept"} and outbox.delivers() and not mail.secret
    context = {
        "mail": mail,
        "words": reads.words_of(mail),
        "meta": [
            {"term": "Status", "value": STATUSES[mail.status], "icon": "mail"},
            {"term": "To", "value": mail.to, "icon": "user"},
            {"term": "Written", "value": day(mail.at, now), "icon": "clock"},
        ],
        "stuck": stuck,
        "may_send_again": again or (stuck and not mail.secret),
        "may_drop": stuck or mail.status in {"queued", "failed"},
        "crumbs": [
            {"label": "Outbox", "url": reverse("workspace:outbox")},
            {"label": mail.subject},
        ],
        "now": now,
    }
    return render(request, "workspace/outbox/detail.html", context)


@open_to_colleagues("POST")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a mail sent again, marked as sent, or given up."""
    mail = get_object_or_404(reads.visible_to(request.user), pk=pk)
    decision = DECISIONS.get(request.POST.get("decision", ""))
    if decision is None:
        messages.error(request, "Choose what shall become of the mail.")
        return redirect("workspace:outbox-mail", pk)
    verb, done = decision
    try:
        verb(mail=mail, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("workspace:outbox-mail", pk)


def _tabs(request: SignedInRequest, chosen: str) -> list[dict[str, Any]]:
    counts = reads.counts(request.user)
    here = reverse("workspace:outbox")
    everything = {"label": "All", "url": here, "count": sum(counts.values()), "current": not chosen}
    return [everything] + [
        {
            "label": label,
            "url": f"{here}?status={status}",
            "count": counts.get(status, 0),
            "current": status == chosen,
        }
        for status, label in STATUSES.items()
        if counts.get(status) or status == chosen
    ]


def _page_url(chosen: str, number: int) -> str:
    return f"?{urlencode({'status': chosen, 'page': number})}"


def _row(mail: Any, now: Any) -> dict[str, Any]:
    return {
        "mail": mail,
        "status": "Needs a decision" if reads.is_stuck(mail, at=now) else STATUSES[mail.status],
        "why": mail.reason or mail.error,
    }
