"""From where on a number is called green: asked by GET, and never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from arbiter.workspace.audit.choice import exact


class GreenForm(forms.Form):
    """Which number, and from where on it looks safe."""

    use_required_attribute = False

    signal = forms.ChoiceField(label="Number")
    days = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def of(
        cls,
        signal: Mapping[str, Any],
        threshold: float | None,
        numbers: Sequence[tuple[str, str]],
        *,
        lead: int,
    ) -> GreenForm:
        """The form with what is shown now."""
        start = "" if threshold is None else exact(threshold)
        form = cls(initial={"signal": signal["name"], "from": start, "days": lead})
        side = "Green from" if signal["higher_renews"] else "Green up to"
        # `from` is no name that Python lets a class have.
        form.fields["from"] = forms.FloatField(
            label=side, widget=forms.NumberInput({"step": "any"})
        )
        choice = form.fields["signal"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(numbers)
        return form

    def threshold(self) -> forms.BoundField:
        """The field that asks from where on."""
        return self["from"]
