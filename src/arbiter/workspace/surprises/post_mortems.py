"""What we make of a loss: a chain of causes with evidence, whose doing it was, and who knew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.forecast.actions import post_mortems as actions
from arbiter.forecast.actions.post_mortems import Step
from arbiter.forecast.queries.surprises import post_mortems
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactField, DayField, WordsField, YesNoField
from arbiter.workspace.replies import GroupedForm, done, show
from arbiter.workspace.surprises import files

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.forecast.models import PostMortem

STEPS = 5
FURTHER = range(3, STEPS + 1)
CANNOT_SAY = [("", "Cannot say"), ("yes", "Yes"), ("no", "No")]
PARTS = ("because", "evidence", "link")


def _step_names(number: int) -> tuple[str, ...]:
    return tuple(f"{part}_{number}" for part in PARTS)


class PostMortemForm(GroupedForm):
    """One version of a post-mortem."""

    GROUPS = (
        ("Whose doing", 1, ("cause", "evidence", "avoidable")),
        ("Because", 1, _step_names(1)),
        ("And that because", 1, _step_names(2)),
        ("Did we know?", 1, ("known", "known_to", "known_on")),
        ("What they say", 1, ("quote", "quoted")),
        ("What we learn", 1, ("lessons",)),
    )
    MORE = tuple(("And that because", 1, _step_names(number)) for number in FURTHER)
    more_title = "A longer chain"

    cause = forms.ChoiceField(
        label="Whose doing was it?",
        choices=[
            ("", "Choose one"),
            ("ours", "Ours: they did not get what they came for"),
            ("external", "External: closed, merged, budget gone for all"),
            ("payment", "A payment that failed"),
        ],
    )
    evidence = WordsField(
        label="What shows it",
        rows=2,
        required=False,
        help_text="Needed if it was external.",
    )
    avoidable = YesNoField(label="Could we have avoided it?", choices=CANNOT_SAY)
    known = YesNoField(label="Did any of us know?", choices=CANNOT_SAY)
    known_to = forms.CharField(label="Who knew", required=False)
    known_on = DayField(label="Since when", required=False)
    quote = WordsField(label="In their own words", rows=2, required=False)
    quoted = ContactField(label="Who said that", required=False, empty_label="Nobody")
    lessons = WordsField(label="What we do differently", rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["quoted"]
        people.queryset = contacts.of(contract.customer)
        for number in range(1, STEPS + 1):
            for name, field in _step_fields(number):
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Gather the chain."""
        told = dict(super().clean() or {})
        told["steps"] = [
            Step(*(told.pop(name, "") for name in _step_names(number)))
            for number in range(1, STEPS + 1)
        ]
        return told


def _step_fields(number: int) -> Iterator[tuple[str, forms.Field]]:
    because, evidence, link = _step_names(number)
    is_first = number == 1
    what = "What happened" if is_first else f"What was behind that ({number})"
    missing = {"required": "Name at least one cause."}
    yield because, forms.CharField(label=what, required=is_first, error_messages=missing)
    yield evidence, forms.CharField(label=f"What shows it ({number})", required=False)
    yield link, forms.CharField(label=f"Where that can be read ({number})", required=False)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form, filled with the last version; a POST records a new one."""
    now = timezone.now()
    contract, line = files.find(request, pk, now)
    last = post_mortems.latest([pk], as_of=now).get(pk)
    given = _given(last) if last else {"cause": line.cause, "avoidable": line.avoidable}
    form = PostMortemForm(request.POST or None, contract=contract, initial=given)
    to = reverse("workspace:surprises-file", args=[pk])
    if form.keeps(actions.record, contract=contract, by=request.user, at=now):
        return done(request, "It is on record. Earlier versions stay.", contract.customer, to=to)
    return show(
        request,
        "surprises/post_mortem",
        title="Looking back",
        now=now,
        customer=contract.customer,
        form=form,
        contract=contract,
        line=line,
        save="Record this version",
        file_url=to,
    )


def _given(last: PostMortem) -> dict[str, Any]:
    """The last version as the form shows it."""
    told: dict[str, Any] = {
        name: getattr(last, name)
        for name in (
            *("cause", "evidence", "avoidable", "known", "known_to", "known_on"),
            *("quote", "quoted", "lessons"),
        )
    }
    for number, step in enumerate(last.steps[:STEPS], start=1):
        told |= {f"{part}_{number}": step[part] for part in PARTS}
    return told
