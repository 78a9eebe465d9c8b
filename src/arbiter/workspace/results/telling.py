"""Telling a customer what they achieved: a message that is ready to send, and who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import awareness as actions
from arbiter.outcomes.queries import attainment, goals
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactsField, DayField
from arbiter.workspace.replies import DatedForm, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.outcomes.models import Goal
    from arbiter.outcomes.queries.attainment import GoalAttainment


class TellingForm(DatedForm):
    """Who was told, and when."""

    GROUPS = (("Whom did you tell?", 1, ("contacts", "on")),)

    on = DayField(label="Told on")
    contacts = ContactsField(
        label="They were told",
        help_text="Told is not known yet: that they saw it, they say themselves.",
        error_messages={"required": "Choose whom you told."},
    )

    def __init__(self, *args: Any, goal: Goal, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        people = contacts.current(goal.customer, on=day(now))
        self.fields["contacts"].queryset = people  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the ready message; a POST notes who was told."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    initial = {"contacts": [goal.stated_by_id] if goal.stated_by_id else []}
    form = TellingForm(request.POST or None, goal=goal, now=now, initial=initial)
    if form.keeps(actions.tell, goal=goal, by=request.user):
        return done(request, "Noted. Whether they saw it, they will say.", goal.customer, to=here)
    standing = attainment.of_goal(goal, as_of=now)
    message = _message(request, goal, standing, now)
    return show(
        request,
        "results/tell",
        title="Tell them",
        lead="Value that nobody there knows of is a risk, not a success.",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        standing=standing,
        message=message,
        mailto=_mailto(goal, message),
        crumbs=[{"label": "Goal", "url": here}],
        save="Note who was told",
    )


def _message(
    request: SignedInRequest, goal: Goal, standing: GoalAttainment | None, now: datetime
) -> str:
    """What they said, where it stood, where it stands: figures, and a question at the end."""
    return render_to_string(
        "workspace/results/message.txt",
        {
            "goal": goal,
            "standing": standing,
            "first_name": goal.stated_by.name.split()[0] if goal.stated_by else "",
            "me": request.user.name,
            "vendor": company.name(),
            "now": now,
        },
    ).strip()


def _mailto(goal: Goal, message: str) -> str:
    email = goal.stated_by.email if goal.stated_by else ""
    return (
        f"mailto:{quote(email)}?subject={quote('What you set out to reach')}&body={quote(message)}"
    )
