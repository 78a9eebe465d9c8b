"""What is asked of who sets a source up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from arbiter.usage.queries.sources import Kind
from arbiter.usage.rules import traits
from arbiter.workspace.fields import WordsField
from arbiter.workspace.forms import VerbForm

if TYPE_CHECKING:
    from arbiter.usage.models import Source

KINDS = (
    {
        "value": "server",
        "label": "A server",
        "icon": "server",
        "help": "Your product's own code. The key stays secret.",
    },
    {
        "value": "browser",
        "label": "A browser or an app",
        "icon": "globe",
        "help": "Everyone can read the key, so it can change little.",
    },
    {
        "value": "webhook",
        "label": "A webhook",
        "icon": "waypoints",
        "help": "Segment or RudderStack passes on what it has: no code.",
    },
)


class NewForm(VerbForm):
    """What sends, and what holds its key."""

    name = forms.CharField(
        label="What sends?", max_length=200, help_text="Web app, Billing service …"
    )
    kind = forms.ChoiceField(
        label="What holds the key?", choices=Kind.choices, widget=forms.RadioSelect
    )


class ChangeForm(VerbForm):
    """All that can be changed about a source; a public key has less to be ticked."""

    name = forms.CharField(label="What sends?", max_length=200)
    group_type = forms.CharField(
        label="Group type of the customer",
        max_length=100,
        help_text="For PostHog's clients: of a group {company: acme}, company.",
    )
    users_are_customers = forms.BooleanField(
        label="Each user is a customer",
        required=False,
        help_text="People buy for themselves, as in a shop: events without a group are their user's own.",
    )
    keep_days = forms.IntegerField(
        label="Keep events for",
        min_value=1,
        max_value=36_500,
        required=False,
        help_text="Empty: for good.",
    )
    origins = WordsField(
        label="Pages that may send",
        required=False,
        help_text="One a line, as https://app.example.com. Empty: any page.",
    )
    traits = forms.MultipleChoiceField(
        label="What its events may write",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Value, renewal date and owner are never written by events.",
    )
    signals = forms.CharField(
        label="Numbers about customers to keep as signals",
        required=False,
        max_length=2_000,
        help_text="Names of traits, with commas between: open_tickets, storage_gb.",
    )

    def __init__(self, data: Any, *, source: Source) -> None:
        super().__init__(data, initial=_initial(source))
        public = source.kind == Kind.BROWSER
        choice = self.fields["traits"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (code, trait.label.capitalize())
            for code, trait in traits.TRAITS.items()
            if traits.may_be_ticked(code, public=public)
        ]
        if public:
            del self.fields["signals"]
        else:
            del self.fields["origins"]

    def clean(self) -> dict[str, Any]:
        """Bring the fields together as the verb takes them."""
        found = super().clean() or {}
        names = [name.strip() for name in found.pop("signals", "").split(",") if name.strip()]
        found["traits"] = [*found.get("traits", []), *(f"{traits.SIGNAL}{name}" for name in names)]
        found["origins"] = found.get("origins", "").split()
        return found


def _initial(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "group_type": source.group_type,
        "users_are_customers": source.users_are_customers,
        "keep_days": source.keep_days,
        "origins": "\n".join(source.origins),
        "traits": [code for code in source.traits if code in traits.TRAITS],
        "signals": ", ".join(traits.signals(source.traits)),
    }
