"""POST /asks/letters/: log what we believe, then mail the letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.mail import outbox
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import letters
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import chosen, question


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def create(request: SignedInRequest) -> HttpResponse:
    """Write a letter to everybody chosen; whoever gets none is named with the reason."""
    now = timezone.now()
    sent = 0
    try:
        form = chosen.read(request.POST)
        asked = form.people(request.user)
        chosen.log_beliefs(form, by=request.user, at=now)
    except Refusal as refusal:
        messages.error(request, f"Nobody was asked. {refusal}")
        return redirect("workspace:asks")
    ids = {contact.customer_id for contact in asked}
    goals = question.goals_of(ids, form.question, at=now)
    for contact in asked:
        theirs = goals.get(contact.customer_id, [])
        try:
            mailed = letters.send(
                contact=contact, goals=theirs, first=form.question.first, by=request.user, at=now
            )
        except Refusal as refusal:
            messages.warning(request, f"Not sent to {contact.name}: {refusal}")
            continue
        if mailed.link is None:
            messages.warning(request, f"Not sent: {mailed.because}")
        else:
            sent += 1
    _tell(request, sent)
    return redirect("workspace:asks")


def _tell(request: SignedInRequest, sent: int) -> None:
    letter = "1 letter is" if sent == 1 else f"{sent} letters are"
    if not sent:
        messages.error(request, "Nobody was asked.")
    elif outbox.delivers():
        messages.success(request, f"{letter} on the way.")
    else:
        messages.success(
            request, f"{letter} in the outbox. There is no mail server, so nothing has left."
        )
