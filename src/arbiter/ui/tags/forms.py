"""Form controls, around Django's bound fields or by themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from arbiter.ui.charts.states import state
from arbiter.ui.components import render
from arbiter.ui.items import value_of

register = template.Library()

_LOOKS = (
    (forms.CheckboxSelectMultiple, "many"),
    (forms.RadioSelect, "many"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)


@register.simple_tag(takes_context=True)
def field(
    context: Context,
    bound: BoundField,
    label: str = "",
    help: str = "",  # noqa: A002 (HTML's word)
    prefix: str = "",
    suffix: str = "",
    hide_label: bool = False,
) -> SafeString:
    values = {
        "field": bound,
        "look": _look(bound),
        "label": label or bound.label,
        "help": help or bound.help_text,
        "prefix": prefix,
        "suffix": suffix,
        "hide_label": hide_label,
        "control": bound.as_widget(attrs=_described(bound, help)),
    }
    return render(context, "field", values)


@register.simple_tag(takes_context=True)
def form_errors(context: Context, form: forms.BaseForm) -> SafeString:
    named = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return render(context, "form_errors", {"general": form.non_field_errors(), "named": named})


@register.simple_tag(takes_context=True)
def choice_cards(
    context: Context,
    name: str,
    options: Iterable[Any],
    legend: str = "",
    hide_legend: bool = False,
    value: Any = "",
    error: str = "",
    required: bool = False,
) -> SafeString:
    values = {
        "name": name,
        "options": [_option(each, value) for each in options],
        "legend": legend,
        "hide_legend": hide_legend,
        "error": error,
        "required": required,
    }
    return render(context, "choice_cards", values)


@register.simple_tag(takes_context=True)
def drop_zone(
    context: Context,
    name: str,
    id: str = "",  # noqa: A002 (HTML's word)
    accept: str = "",
    title: str = "",
    help: str = "",  # noqa: A002 (HTML's word)
    multiple: bool = False,
    error: str = "",
) -> SafeString:
    values = {
        "name": name,
        "id": id or f"id_{name}",
        "accept": accept,
        "title": title or "Drop a file here, or choose one",
        "help": help,
        "multiple": multiple,
        "error": error,
    }
    return render(context, "drop_zone", values)


def _look(bound: BoundField) -> str:
    return next(
        (look for widget, look in _LOOKS if isinstance(bound.field.widget, widget)), "input"
    )


def _described(bound: BoundField, given_help: str) -> dict[str, str | bool]:
    """Django names the help it knows of; help that only the template gives is named here."""
    if not given_help or bound.help_text or not bound.auto_id:
        return {}
    ids = [f"{bound.auto_id}_helptext", *([f"{bound.auto_id}_error"] if bound.errors else [])]
    return {"aria-describedby": " ".join(ids)}


def _option(given: Any, chosen: Any) -> dict[str, Any]:
    tone = value_of(given, "tone")
    return {
        **{key: value_of(given, key) for key in ("value", "label", "help")},
        "icon": value_of(given, "icon") or (state(tone).icon if tone else ""),
        "look": state(tone).look if tone else "plain",
        "checked": bool(value_of(given, "checked"))
        or (chosen != "" and str(value_of(given, "value")) == str(chosen)),
    }
