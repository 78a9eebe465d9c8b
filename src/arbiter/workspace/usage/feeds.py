"""GET, POST /goals/<pk>/feed/: what of the customer's usage feeds the goal's measure, month by month."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import feeds as actions
from arbiter.outcomes.queries import feeds, goals, results, revisions
from arbiter.outcomes.queries.feeds import KINDS
from arbiter.usage.queries import behaviour_sets, explorer
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, SetField
from arbiter.workspace.replies import GroupedForm, done, show

SHOWN = 12


def _named(label: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "event-names", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, required=False, widget=widget, **more)


class FeedForm(GroupedForm):
    """An expression over usage."""

    GROUPS = (
        ("What is counted in each month", 1, ("kind",)),
        ("Of which event", 2, ("event", "property")),
        ("Divided by, for a ratio", 2, ("over_event", "over_property")),
        ("Or which set", 1, ("behaviour_set",)),
        ("From when on", 1, ("since",)),
    )

    kind = forms.ChoiceField(label="What", choices=KINDS)
    event = _named("Event")
    property = forms.CharField(
        label="Property",
        max_length=200,
        required=False,
        help_text="Whose values are taken. Without one, the events are counted.",
    )
    over_event = _named("Event below the line")
    over_property = forms.CharField(label="Property below the line", max_length=200, required=False)
    behaviour_set = SetField(queryset=None, label="Set", required=False, empty_label="No set")
    since = DayField(
        label="First month",
        required=False,
        help_text="Any day of it. The goal’s own month unless given.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behaviour_set"].queryset = behaviour_sets.standing()  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def connect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what feeds a goal; a POST connects an expression, and with `disconnect` ends it."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    feed = feeds.of(goal)
    if request.method == "POST" and "disconnect" in request.POST:
        if feed is None:
            return redirect(here)
        try:
            actions.disconnect(feed=feed, by=request.user, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        said = "Usage feeds this goal no longer. What was reported stays."
        return done(request, said, goal.customer, to=here)
    form = FeedForm(request.POST or None) if request.POST else FeedForm()
    if form.keeps(actions.connect, goal=goal, by=request.user, at=now):
        return done(request, "Connected. Each night the months that are over are reported.", goal.customer, to=here)  # fmt: skip
    told = results.series([goal.pk], as_of=now).get(goal.pk, [])
    return show(
        request,
        "usage/feed",
        title="Fed by usage",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        feed=feed,
        words=feeds.words(feed) if feed else "",
        current=revisions.current([goal.pk], as_of=now).get(goal.pk),
        told=[each for each in reversed(told) if each.provenance == "usage"][:SHOWN],
        names=explorer.event_names(as_of=now),
        crumbs=[{"label": "Goal", "url": here}],
        save="Connect",
    )
