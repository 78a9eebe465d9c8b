"""Agreeing a goal anew, or hearing that it is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import revisions as actions
from arbiter.outcomes.queries import goals, revisions
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactField, DayField, WordsField
from arbiter.workspace.goals.agreements import FIELDS, MEASURE, AgreementForm
from arbiter.workspace.replies import DatedForm, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.outcomes.models import Goal, Revision


class RevisionForm(AgreementForm):
    """A new agreement."""

    GROUPS = (
        ("What is new", 1, ("reason",)),
        ("Who agreed", 2, ("agreed_by", "on")),
        ("How it is measured", 2, MEASURE),
    )

    on = DayField(label="Agreed on")
    reason = WordsField(label="Why does it change?", rows=2, required=False)
    agreed_by = ContactField(
        label="Agreed with",
        required=False,
        empty_label="Nobody yet",
        help_text="What nobody there agreed is only our idea.",
    )

    def __init__(self, *args: Any, goal: Goal, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        people = contacts.current(goal.customer, on=day(now))
        self.fields["agreed_by"].queryset = people  # type: ignore[attr-defined]


class StillRightForm(DatedForm):
    """A contact says that the goal is still right."""

    GROUPS = (("Still right", 2, ("agreed_by", "on")),)

    on = DayField(label="Said on")
    agreed_by = ContactField(label="Who said so", empty_label="Choose one")

    def __init__(self, *args: Any, goal: Goal, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, prefix="still", **kwargs)
        people = contacts.current(goal.customer, on=day(now))
        self.fields["agreed_by"].queryset = people  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the agreement that stands; a POST agrees anew, or notes that it is still right."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    current = revisions.current([goal.pk], as_of=now).get(goal.pk)
    here = reverse("workspace:goal", args=[goal.pk])
    is_still = request.method == "POST" and "still_right" in request.POST
    still = StillRightForm(request.POST if is_still else None, goal=goal, now=now)
    given = request.POST if request.method == "POST" and not is_still else None
    form = RevisionForm(given, goal=goal, now=now, initial=_standing(current))
    if still.keeps(actions.reconfirm, goal=goal, by=request.user):
        return done(request, "Still right: the agreement is dated anew.", goal.customer, to=here)
    if form.keeps(actions.revise, goal=goal, by=request.user):
        return done(request, "The new agreement stands.", goal.customer, to=here)
    return show(
        request,
        "goals/revise",
        title="Agreement",
        now=now,
        customer=goal.customer,
        form=form,
        still=still,
        goal=goal,
        crumbs=[{"label": "Goal", "url": here}],
        kept=revisions.history(goal, as_of=now),
        save="Agree anew" if current else "Agree",
    )


def _standing(current: Revision | None) -> dict[str, Any]:
    return {name: getattr(current, name) for name in FIELDS} if current else {}
