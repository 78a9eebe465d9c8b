"""Forms check dictionaries; a verb decides. Here a verb's refusal becomes a form's error, in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from arbiter.foundation.refusals import Refusal

T = TypeVar("T")


class VerbForm(forms.Form):
    """A form whose valid data is handed to one verb."""

    def attempt(self, verb: Callable[..., T], **more: Any) -> T | None:
        """Call the verb with the cleaned data; a refusal becomes an error of its field, and None comes back."""
        try:
            return verb(**self.cleaned_data, **more)
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None
