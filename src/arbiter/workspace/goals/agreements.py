"""The fields of an agreement: how a goal is measured, from where to where, by when."""

from __future__ import annotations

from django import forms

from arbiter.outcomes.queries.choices import Direction
from arbiter.workspace.fields import CurrencyField, DayField, NumberField
from arbiter.workspace.replies import DatedForm, Group

DIRECTIONS = [
    ("", "As the numbers say"),
    (Direction.UP, "More is better"),
    (Direction.DOWN, "Less is better"),
    (Direction.REACH, "A yes/no test"),
]
CADENCES = [
    ("", "Not agreed"),
    ("weekly", "Weekly"),
    ("monthly", "Monthly"),
    ("quarterly", "Quarterly"),
    ("yearly", "Yearly"),
]
MEASURE = (
    "measure",
    "unit",
    "baseline",
    "target",
    "due_on",
    "direction",
    "source",
    "measured_by",
    "baseline_on",
    "cadence",
)
GUARD = ("guard_measure", "guard_limit")
WORTH = ("money_per_unit", "currency")
FIELDS = (*MEASURE, *GUARD, *WORTH)


class AgreementForm(DatedForm):
    """The measure, its guard and its worth; nothing of it is required, and what is missing is said."""

    MORE: tuple[Group, ...] = (
        ("What must not get worse", 2, GUARD),
        ("What it is worth", 2, WORTH),
    )
    more_title = "What must not get worse, what it is worth"

    measure = forms.CharField(
        label="What would you look at?",
        max_length=200,
        required=False,
        help_text="The measure, or the question of a yes/no test.",
    )
    unit = forms.CharField(label="Unit", max_length=60, required=False, help_text="days, EUR, % …")
    direction = forms.ChoiceField(label="Which way is better?", choices=DIRECTIONS, required=False)
    baseline = NumberField(label="Where it stands now", required=False)
    baseline_on = DayField(label="Measured on", required=False)
    target = NumberField(
        label="Where it should get to", required=False, help_text="For a yes/no test: 1."
    )
    due_on = DayField(label="By when?", required=False)
    source = forms.CharField(label="Where the number comes from", max_length=200, required=False)
    measured_by = forms.CharField(label="Who measures it", max_length=200, required=False)
    cadence = forms.ChoiceField(label="How often", choices=CADENCES, required=False)
    guard_measure = forms.CharField(
        label="What must not get worse?",
        max_length=200,
        required=False,
        help_text="As “incidents a month”: over its limit the goal counts as wrong value.",
    )
    guard_limit = NumberField(label="Its limit", required=False, help_text="Not above this.")
    money_per_unit = NumberField(
        label="What is one unit worth to them a year?",
        required=False,
        help_text="By their own estimate.",
    )
    currency = CurrencyField(required=False)
