"""A goal that is no longer wanted is set aside with a reason, and may come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import goals as actions
from arbiter.outcomes.queries import goals
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import WordsField
from arbiter.workspace.replies import GroupedForm, done, show


class RetirementForm(GroupedForm):
    """Why."""

    GROUPS = (("Why is it set aside?", 1, ("reason",)),)

    reason = WordsField(
        label="Reason",
        rows=2,
        help_text="As they said it: replaced, no longer theirs, done for good.",
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the reason; a POST retires the goal, and with `undo` brings it back."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    if request.method == "POST" and "undo" in request.POST:
        try:
            actions.restore(goal=goal, by=request.user, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        return done(request, "The goal is back.", goal.customer, to=here)
    form = RetirementForm(request.POST or None)
    if form.keeps(actions.retire, goal=goal, by=request.user, at=now):
        return done(request, "The goal is set aside. It keeps all it has.", goal.customer)
    return show(
        request,
        "goals/retire",
        title="Retire the goal",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        crumbs=[{"label": "Goal", "url": here}],
        save="Retire it",
    )
