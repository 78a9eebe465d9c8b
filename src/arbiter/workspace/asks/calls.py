"""/customers/<pk>/answers/: how to ask by voice, and what they said, on their behalf and with evidence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts, customers
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import verdicts
from arbiter.outcomes.queries import goals
from arbiter.outcomes.queries.choices import Helped, Judgement
from arbiter.voice.actions import answers, asks
from arbiter.voice.queries import letters
from arbiter.voice.queries.choices import AskKind, Channel, Intent
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import chosen
from arbiter.workspace.asks import people as gathered

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.outcomes.models import Goal

INTENTS = [
    {"value": Intent.YES, "label": "Yes", "tone": "yes"},
    {"value": Intent.NOT_SURE, "label": "Not sure", "tone": "not_sure"},
    {"value": Intent.NO, "label": "No", "tone": "no"},
]


class AnswersForm(forms.Form):
    """What somebody said in a call, a meeting or a mail."""

    contact = forms.TypedChoiceField(label="Who said it", coerce=int)
    said_on = forms.DateField(
        label="When they said it", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    evidence = forms.CharField(
        label="Where they said it",
        help_text="A call, a meeting, a mail: enough for a colleague to look it up.",
        max_length=2_000,
    )
    value = forms.ChoiceField(
        label="Will they continue?",
        choices=[("", "They were not asked"), *Intent.choices],
        required=False,
    )
    comment = forms.CharField(
        label="In their words", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    would_make_it_yes = forms.CharField(
        label="What would make it a yes",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, people: list[Contact], found: list[Goal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = found
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            (contact.pk, f"{contact.name}, {contact.get_role_display()}") for contact in people
        ]
        for goal in found:
            self.fields[f"verdict-{goal.pk}"] = forms.ChoiceField(
                label=goal.statement,
                choices=[("", "Not spoken of"), *Judgement.choices],
                required=False,
            )
            self.fields[f"helped-{goal.pk}"] = forms.ChoiceField(
                label="Did our product help?",
                choices=[("", "Not said"), *Helped.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Something must have been said."""
        said = super().clean() or {}
        judged = any(said.get(f"verdict-{goal.pk}") for goal in self.goals)
        if not said.get("value") and not judged:
            raise forms.ValidationError("Choose what they said: at least one answer.")
        return said

    def judgements(self) -> list[tuple[Goal, str, str]]:
        """Each goal that was spoken of, with what they said of it and of us."""
        return [
            (pair, self.cleaned_data[f"verdict-{pair.pk}"], self.cleaned_data[f"helped-{pair.pk}"])
            for pair in self.goals
            if self.cleaned_data[f"verdict-{pair.pk}"]
        ]


@open_to_colleagues("GET", "POST", needs=Permission.RECORD_ON_BEHALF)
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how to ask by voice; keep what was said, marked as recorded on behalf."""
    customer = get_object_or_404(customers.visible_to(request.user), pk=pk)
    now = timezone.now()
    people = list(contacts.current(customer, on=now.date()))
    named = request.GET.get("goal", "")
    standing = sorted(goals.of(customer, as_of=now), key=lambda goal: str(goal.pk) != named)
    asked = request.GET.get("contact", "")
    initial = {"contact": asked, "said_on": now.date()}
    form = AnswersForm(people, standing, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _keep(request, form, people, now):
        messages.success(request, "Recorded on their behalf.")
        return redirect(_back(customer))
    return _page(request, customer, form, people, asked, now)


def _page(
    request: SignedInRequest,
    customer: Customer,
    form: AnswersForm,
    people: list[Contact],
    asked: str,
    now: datetime,
) -> HttpResponse:
    group = gathered.groups(request.user, [customer.pk], at=now)[:1]
    one = next((contact for contact in people if str(contact.pk) == asked), None)
    term = letters.running_term(people[0], as_of=now) if people else None
    fields = [(form[f"verdict-{goal.pk}"], form[f"helped-{goal.pk}"]) for goal in form.goals]
    context = {
        "customer": customer,
        "group": group[0] if group else None,
        "may_believe": request.user.may(Permission.LOG_BELIEFS),
        "form": form,
        "verdict_fields": fields,
        "asked": one,
        "first_name": letters.first_name(one.name) if one else "",
        "people": people,
        "term": term,
        "crumbs": [{"label": customer.name, "url": _back(customer)}, {"label": "What they said"}],
        "now": now,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/asks/call.html", context, status=status)


def _keep(
    request: SignedInRequest, form: AnswersForm, people: list[Contact], now: datetime
) -> bool:
    said = form.cleaned_data
    contact = next(each for each in people if each.pk == said["contact"])
    at = _moment(said["said_on"], now)
    whole: dict[str, Any] = {"contact": contact, "by": request.user, "at": at, "recorded_at": now}
    try:
        with transaction.atomic():
            chosen.log_beliefs(chosen.read(request.POST), by=request.user, at=now)
            if said["value"]:
                asks.put(kind=AskKind.INTENT, channel=Channel.CALL, **whole)
                answers.give(
                    kind=AskKind.INTENT,
                    value=said["value"],
                    comment=said["comment"],
                    would_make_it_yes=said["would_make_it_yes"],
                    evidence=said["evidence"],
                    **whole,
                )
            for goal, verdict, helped in form.judgements():
                verdicts.give(
                    goal=goal, verdict=verdict, helped=helped, evidence=said["evidence"], **whole
                )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _moment(said_on: Any, now: datetime) -> datetime:
    """A day has no hour: today means now, an earlier day its noon, and a later one does not exist."""
    if said_on >= now.date():
        return now
    return datetime(said_on.year, said_on.month, said_on.day, 12, tzinfo=now.tzinfo)


def _back(customer: Customer) -> str:
    return reverse("workspace:customer", args=[customer.pk])
