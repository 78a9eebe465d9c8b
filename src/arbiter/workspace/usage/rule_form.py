"""The form of a set of behaviours: which events, how often, how many of them, in how many periods in a row."""

from __future__ import annotations

from typing import Any

from django import forms

from arbiter.accounts.queries import customers
from arbiter.usage.actions import behaviour_sets as actions
from arbiter.usage.queries import behaviour_sets
from arbiter.workspace.forms import VerbForm

BEHAVIOURS = 6
"""Rows of the form; a rule with more keeps as many as it has."""
NEEDS = [("", "all of them")]
PERIODS = [
    ("", "over all time"),
    ("day", "in a day"),
    ("week", "in a week"),
    ("month", "in a month"),
]


class RuleForm(VerbForm):
    """A set: its name, whose it is, and its rule. The rows are `event_1`, `times_1` and so on."""

    name = forms.CharField(label="Name", max_length=actions.LONGEST_NAME)
    need = forms.ChoiceField(label="How many of them", choices=NEEDS, required=False)
    per = forms.ChoiceField(label="Within", choices=PERIODS, required=False)
    consecutive = forms.IntegerField(
        label="Periods in a row", min_value=1, max_value=60, initial=1, required=False
    )
    segment = forms.ChoiceField(label="Segment", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)
    means_value = forms.BooleanField(
        label="Whoever completes it got first value",
        help_text="Time to first value is told by this set.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = kwargs.get("initial") or {}
        self.behaviours = max(BEHAVIOURS, sum(name.startswith("event_") for name in given))
        super().__init__(*args, **kwargs)
        for number in range(1, self.behaviours + 1):
            self.fields[f"event_{number}"] = forms.CharField(
                label=f"Event {number}",
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"list": "event-names", "autocomplete": "off"}),
            )
            self.fields[f"times_{number}"] = forms.IntegerField(
                label="At least", min_value=1, max_value=100_000, initial=1, required=False
            )
        numbers = [(str(number), str(number)) for number in range(1, self.behaviours)]
        self._choose("need", [*NEEDS, *((value, f"at least {label}") for value, label in numbers)])
        for field in ("segment", "stage"):
            words = customers.words_in_use(field)
            chosen = [self.data.get(field, ""), given.get(field, "")]
            words += [word for word in dict.fromkeys(chosen) if word and word not in words]
            self._choose(field, [("", "Everybody"), *((word, word) for word in words)])

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, found: Any) -> dict[str, Any]:
        """What the form shows of a set."""
        rule = found.rule
        told = {
            "name": found.name,
            "need": rule["need"] or "",
            "per": rule["per"] or "",
            "consecutive": rule["consecutive"],
            "segment": found.segment,
            "stage": found.stage,
            "means_value": found.means_value,
        }
        for number, each in enumerate(rule["of"], 1):
            told |= {f"event_{number}": each["event"], f"times_{number}": each["times"]}
        return told

    def rows(self) -> list[tuple[Any, Any]]:
        """The rows of events with their times, for the template."""
        return [
            (self[f"event_{number}"], self[f"times_{number}"])
            for number in range(1, self.behaviours + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Make the rule of the rows."""
        told = self.cleaned_data
        rows = [
            (told.pop(f"event_{number}", ""), told.pop(f"times_{number}", None))
            for number in range(1, self.behaviours + 1)
        ]
        rule: dict[str, Any] = {
            "of": [{"event": event, "times": times or 1} for event, times in rows if event],
            "need": int(told.pop("need", "") or 0) or None,
            "per": told.pop("per", "") or None,
            "consecutive": told.pop("consecutive", None) or 1,
        }
        if not self.errors and (problem := behaviour_sets.problem_of(rule)):
            raise forms.ValidationError(problem)
        told["rule"] = rule
        return told
