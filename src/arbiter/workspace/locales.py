"""Where somebody is: the language they read and the time of day there, as fields of a form."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from arbiter.voice.queries.surveys import language_name

LANGUAGES = ("en", "de", "fr", "es", "ja", "ar", "it", "nl", "pt", "pt-br", "pl", "cs", "sv", "da", "nb", "fi", "tr", "he", "fa", "ur", "uk", "ko", "zh-hans", "hi")  # fmt: skip
"""The languages that are offered, by their codes."""
CODE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,7}){0,2}$")


class LanguageField(forms.ChoiceField):
    """A language; one that is on file and not among those offered is offered, too."""

    def __init__(self, *, unknown: str = "", **kwargs: Any) -> None:
        named = [(code, language_name(code)) for code in LANGUAGES]
        first = [("", unknown)] if unknown else []
        super().__init__(choices=[*first, *named], **{"label": "Language", **kwargs})

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Offer what is on file."""
        self._offer(form.get_initial_for_field(self, field_name))
        return super().get_bound_field(form, field_name)

    def valid_value(self, value: Any) -> bool:
        """Take any code of a language: a file may have brought another than those offered."""
        return bool(CODE.match(str(value)))

    def _offer(self, code: Any) -> None:
        if code and code not in dict(self.choices):  # type: ignore[arg-type]
            self.choices = [*self.choices, (code, language_name(str(code)))]  # type: ignore[misc]


class ZoneField(forms.CharField):
    """A time zone by its name."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "time-zones", "placeholder": "Europe/Berlin"})
        told = {"label": "Time zone", "max_length": 60, "required": False, "widget": widget}
        super().__init__(**{**told, **kwargs})

    def clean(self, value: Any) -> str:
        """Refuse what no clock knows."""
        said = str(super().clean(value))
        known = {name.casefold(): name for name in zones()}
        if said and said.casefold() not in known:
            raise forms.ValidationError("No such time zone is known. Name it as Europe/Berlin.")
        return known.get(said.casefold(), "")


@cache
def zones() -> tuple[str, ...]:
    """The names of the time zones there are: hundreds of files, looked for once."""
    return tuple(sorted(available_timezones()))
