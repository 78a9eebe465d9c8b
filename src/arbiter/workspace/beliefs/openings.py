"""Reading a sealed answer without saying first what one believes: allowed, and kept on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.accounts.queries import contracts
from arbiter.forecast.actions import openings
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import answers
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done


@open_to_colleagues("POST", needs=Permission.LOG_BELIEFS)
def open_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open an answer about the contract that the form names."""
    answer = get_object_or_404(answers.visible_to(request.user), pk=pk)
    named = request.POST.get("contract", "")
    reachable = contracts.visible_to(request.user)
    contract = get_object_or_404(reachable, pk=int(named) if named.isdecimal() else 0)
    try:
        openings.open_sealed(
            answer_id=answer.pk, contract=contract, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workspace:beliefs", contract.pk)
    return done(
        request, "The answer is open. That no belief came first is kept.", contract.customer
    )
