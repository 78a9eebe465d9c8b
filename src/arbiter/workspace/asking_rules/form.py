"""The form of a rule: what it waits for, whom it is for, what it asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from arbiter.accounts.queries.choices import ContactRole
from arbiter.engagement.queries.triggers import LABELS, Trigger, When, Whom, read_when, read_whom
from arbiter.voice.queries import surveys
from arbiter.workspace.replies import GroupedForm

if TYPE_CHECKING:
    from arbiter.engagement.models import AskingRule

LETTER = "The outcome questions: did they get it, will they continue"


class WordsField(forms.CharField):
    """Several words, with commas between them."""

    def to_python(self, value: Any) -> Any:
        """Return them one by one."""
        text = super().to_python(value) or ""
        return tuple(word for part in re.split(r"[,;\n]", text) if (word := part.strip()))

    def prepare_value(self, value: Any) -> Any:
        """Show them in one line."""
        return ", ".join(str(each) for each in value) if isinstance(value, tuple | list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the words, not their commas."""
        return bool(self.to_python(data or "") != tuple(initial or ()))


class NumbersField(WordsField):
    """Several whole numbers, with commas between them."""

    def to_python(self, value: Any) -> Any:
        """Return them one by one, each once."""
        words = super().to_python(value)
        if not all(word.isdecimal() and 0 < int(word) < 100_000 for word in words):
            raise forms.ValidationError("Give whole numbers with commas between them.")
        return tuple(dict.fromkeys(int(word) for word in words))


class RuleForm(GroupedForm):
    """When this, ask that."""

    GROUPS = (
        ("What it asks", 1, ("name", "survey_key")),
        ("When", 2, ("on", "days", "months", "steps", "stages_to", "events")),
        ("Whom", 2, ("segments", "stages", "products", "roles", "most_people", "covers")),
    )
    MORE = (("Who is left out by lot", 2, ("sample_percent", "hold_out_percent")),)
    more_title = "Ask only a share"

    name = forms.CharField(label="Name", max_length=200)
    survey_key = forms.ChoiceField(label="Asks", required=False)
    on = forms.ChoiceField(
        label="Asks when", choices=[(each.value, LABELS[each]) for each in Trigger]
    )
    days = NumbersField(
        label="Days", required=False, help_text="Before a renewal, or after they began: 90, 30"
    )
    months = forms.IntegerField(
        label="Months",
        required=False,
        min_value=1,
        max_value=60,
        help_text="For every so many months",
    )
    steps = NumbersField(label="Steps of seats", required=False, help_text="Such as 10, 50")
    stages_to = WordsField(
        label="Into these stages",
        required=False,
        help_text="For a changed stage; any of them when empty",
    )
    events = WordsField(
        label="Usage events", required=False, help_text="The names of events that tell it"
    )
    segments = WordsField(label="Segments", required=False, help_text="All of them when empty")
    stages = WordsField(label="Stages", required=False, help_text="All of them when empty")
    products = WordsField(label="Products", required=False, help_text="All of them when empty")
    roles = forms.MultipleChoiceField(
        label="Roles",
        required=False,
        choices=ContactRole.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="All of them when none is ticked",
    )
    most_people = forms.IntegerField(
        label="People at one customer",
        min_value=1,
        max_value=20,
        initial=3,
        help_text="At most; whoever decides first",
    )
    covers = forms.BooleanField(
        label="Only where somebody who decides can be asked too", required=False
    )
    sample_percent = forms.IntegerField(
        label="Ask",
        min_value=0,
        max_value=100,
        initial=100,
        help_text="Percent of those found, by lot each time",
    )
    hold_out_percent = forms.IntegerField(
        label="Never ask",
        min_value=0,
        max_value=100,
        initial=0,
        help_text="Percent of people, by lot once and for all, from 200 people on: what happens to them tells what asking does",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [
            (each.key, each.name) for each in surveys.standing() if not surveys.goes_by_letter(each)
        ]
        self.fields["survey_key"].choices = [("", LETTER), *asked]  # type: ignore[attr-defined]

    def attempt(self, verb: Any, **more: Any) -> Any:
        """Hand over when and whom as the verb takes them."""
        said = dict(self.cleaned_data)
        self.cleaned_data = {
            "name": said["name"],
            "survey_key": said["survey_key"],
            "when": _when(said),
            "whom": _whom(said),
            "sample_percent": said["sample_percent"],
            "hold_out_percent": said["hold_out_percent"],
        }
        return super().attempt(verb, **more)


def initial_of(rule: AskingRule) -> dict[str, Any]:
    """What the form of a rule begins with."""
    when, whom = read_when(rule.when), read_whom(rule.whom)
    return {
        "name": rule.name,
        "survey_key": rule.survey_key,
        "on": when.on.value,
        "days": when.days,
        "months": when.months or None,
        "steps": when.steps,
        "stages_to": when.stages,
        "events": when.events,
        "segments": whom.segments,
        "stages": whom.stages,
        "products": whom.products,
        "roles": whom.roles,
        "most_people": whom.most_people,
        "covers": whom.covers,
        "sample_percent": rule.sample_percent,
        "hold_out_percent": rule.hold_out_percent,
    }


def _when(said: dict[str, Any]) -> When:
    return When(
        on=Trigger(said["on"]),
        days=said["days"],
        months=said["months"] or 0,
        stages=said["stages_to"],
        steps=said["steps"],
        events=said["events"],
    )


def _whom(said: dict[str, Any]) -> Whom:
    return Whom(
        segments=said["segments"],
        stages=said["stages"],
        products=said["products"],
        roles=tuple(said["roles"]),
        most_people=said["most_people"],
        covers=said["covers"],
    )
