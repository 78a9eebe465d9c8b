"""Taking down a goal along the interview guide: result, measure, by when, what if not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts, contracts
from arbiter.accounts.rules import day
from arbiter.foundation.roles import Permission
from arbiter.outcomes import rules
from arbiter.outcomes.actions import discovery
from arbiter.outcomes.queries.choices import WhoseWords, categories
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactField, ContractField, DayField, WordsField
from arbiter.workspace.goals.agreements import FIELDS, MEASURE, AgreementForm
from arbiter.workspace.replies import customer_of, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.accounts.models import Customer


class CaptureForm(AgreementForm):
    """A discovery talk, in the order in which it is held."""

    GROUPS = (
        ("1. What should be different?", 1, ("statement",)),
        ("Whose words are these?", 2, ("whose_words", "stated_by", "on", "category")),
        ("2. How would you see it, and 3. by when?", 2, MEASURE),
        ("4. What if not, and what stands in the way?", 1, ("pain", "constraints")),
    )
    MORE = (*AgreementForm.MORE, ("Where it belongs", 2, ("priority", "contract")))
    more_title = "What must not get worse, what it is worth, where it belongs"

    on = DayField(label="Said on")
    statement = WordsField(
        label="The result they want, in their words",
        help_text="One sentence. Not what they will do with the product, but what will be better.",
    )
    whose_words = forms.ChoiceField(
        label="Worded by",
        choices=[(WhoseWords.CUSTOMER, "Them"), (WhoseWords.VENDOR, "Us")],
        initial=WhoseWords.CUSTOMER,
    )
    stated_by = ContactField(label="Who said it", required=False, empty_label="Not known")
    category = forms.ChoiceField(label="Kind", required=False)
    pain = WordsField(
        label="What happens if it is not reached?",
        rows=2,
        required=False,
        help_text="What it costs, who feels it, what they would do.",
    )
    constraints = WordsField(
        label="What stands in the way?",
        rows=2,
        required=False,
        help_text="People, systems, rules or dates that it depends on, on their side and on ours.",
    )
    priority = forms.IntegerField(
        label="Priority", min_value=1, max_value=99, required=False, help_text="1 comes first."
    )
    contract = ContractField(label="Contract", required=False, empty_label="Any")

    def __init__(self, *args: Any, customer: Customer, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        people = contacts.current(customer, on=day(now))
        self.fields["stated_by"].queryset = people  # type: ignore[attr-defined]
        self.fields["contract"].queryset = contracts.of(customer)  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", "Not said"), *categories()]  # type: ignore[attr-defined]
        self.fields["statement"].widget.attrs |= {
            "hx-get": reverse("workspace:goal-wording"),
            "hx-target": "#wording",
            "hx-trigger": "change",
        }


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def capture(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the guide; a POST takes the goal down, after one gentle question about its wording."""
    customer = customer_of(request, pk)
    now = timezone.now()
    initial = {"statement": request.GET.get("statement", "")}
    form = CaptureForm(request.POST or None, customer=customer, now=now, initial=initial)
    doubts: list[str] = []
    if form.is_valid():
        doubts = _doubts(form, kept="keep_wording" in request.POST)
        if not doubts:
            goal = form.attempt(discovery.capture, customer=customer, by=request.user)
            if goal is not None:
                here = reverse("workspace:goal", args=[goal.pk])
                return done(request, _said(form), customer, to=here)
    return show(
        request,
        "goals/capture",
        title="New goal",
        lead="What do they want? Ask, and write it down as they say it.",
        now=now,
        customer=customer,
        form=form,
        doubts=doubts,
        save="Take it down",
    )


@open_to_colleagues("GET")
def wording(request: SignedInRequest) -> HttpResponse:
    """Give the gentle questions about a wording, as a part of the page."""
    doubts = rules.wording_warnings(request.GET.get("statement", ""))
    return render(request, "workspace/goals/wording.html", {"doubts": doubts})


def _doubts(form: CaptureForm, *, kept: bool) -> list[str]:
    return [] if kept else rules.wording_warnings(form.cleaned_data["statement"])


def _said(form: CaptureForm) -> str:
    agreed = {name: form.cleaned_data[name] for name in FIELDS}
    asked = ("measure", "unit", "target", "due_on", "source", "direction")
    missing = rules.measurability(**{name: agreed[name] for name in asked})
    if not missing:
        return "The goal is taken down, and it can be measured."
    return f"The goal is taken down. Before anyone can tell: {missing[0]}"
