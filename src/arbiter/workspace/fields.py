"""Fields that the workspace's forms share: days, amounts, people, and a choice that may stay open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.outcomes.models import Goal

    OneRow = forms.ModelChoiceField[Any]
    SomeRows = forms.ModelMultipleChoiceField[Any]
else:
    # Generic for the type checker alone.
    OneRow = forms.ModelChoiceField
    SomeRows = forms.ModelMultipleChoiceField

UNKNOWN = [("", "Not known"), ("yes", "Yes"), ("no", "No")]


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class NumberField(forms.DecimalField):
    """A number of a measure: any size, six places."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.NumberInput(attrs={"step": "any"}))
        super().__init__(max_digits=24, decimal_places=6, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show 14, not 14.000000."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class AmountField(forms.DecimalField):
    """An amount of money, to the cent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=16, decimal_places=2, **kwargs)


class CurrencyField(forms.CharField):
    """A currency by its three letters."""

    default_validators = [RegexValidator(r"^[A-Z]{3}$", "Give the three letters, as EUR.")]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Currency")
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"})
        )
        super().__init__(max_length=3, **kwargs)

    def to_python(self, value: Any) -> str:
        """Take "eur" as it is meant."""
        return str(super().to_python(value)).upper()


class WordsField(forms.CharField):
    """A few lines of somebody's words."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known: three answers, never two."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", UNKNOWN)
        super().__init__(
            required=False,
            coerce=lambda value: {"yes": True, "no": False}[value],
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer as the choice it is."""
        return {True: "yes", False: "no"}.get(value, value)


def name_and_role(contact: Contact) -> str:
    """How a contact is told apart in a list."""
    return f"{contact.name}, {contact.get_role_display()}"


class ContactField(OneRow):
    """One of the customer's people; the form gives the queryset."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Contact) -> str:
        """Name and role."""
        return name_and_role(obj)


class ContactsField(SomeRows):
    """Some of the customer's people, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Contact) -> str:
        """Name and role."""
        return name_and_role(obj)


class ContractField(OneRow):
    """One of the customer's terms."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Contract) -> str:
        """Product or plan, and the days."""
        what = obj.product or obj.plan or "Contract"
        return f"{what}, {obj.starts_on:%d %b %Y} to {obj.ends_on:%d %b %Y}"


class GoalField(OneRow):
    """One of the customer's goals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Goal) -> str:
        """The statement, shortened."""
        words = obj.statement
        return words if len(words) <= 80 else f"{words[:79]}…"


class SetField(OneRow):
    """One of the sets of behaviours that are looked for."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name."""
        return str(obj.name)
