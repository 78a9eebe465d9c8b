"""People, lists, links and buttons."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from arbiter.ui.charts.states import STATES
from arbiter.ui.components import component, render, slot
from arbiter.ui.icons import SPRITE
from arbiter.ui.icons import icon as draw_icon
from arbiter.ui.items import value_of

register = template.Library()
register.tag("component", component)
register.tag("slot", slot)


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, label: str = "", size: str = "") -> SafeString:
    sprite = context.get("icon_sprite") or SPRITE
    return draw_icon(name, label=label, size=size, sprite_path=sprite)


@register.simple_tag(takes_context=True)
def avatar(context: Context, name: str, size: str = "") -> SafeString:
    return render(context, "avatar", {"name": name, "size": size})


@register.simple_tag(takes_context=True)
def monogram(context: Context, name: str, size: str = "") -> SafeString:
    return render(context, "monogram", {"letter": name.strip()[:1].upper() or "?", "size": size})


@register.simple_tag(takes_context=True)
def timeline(context: Context, entries: Iterable[Any]) -> SafeString:
    return render(context, "timeline", {"entries": [_entry(each) for each in entries]})


@register.simple_tag(takes_context=True)
def step_list(
    context: Context, steps: Iterable[Any], vendor: str = "", customer: str = ""
) -> SafeString:
    values = {"steps": steps, "vendor": vendor or "Us", "customer": customer or "Them"}
    return render(context, "step_list", values)


@register.simple_tag(takes_context=True)
def definitions(context: Context, items: Iterable[Any], layout: str = "") -> SafeString:
    return render(
        context, "definitions", {"items": [_definition(each) for each in items], "layout": layout}
    )


@register.simple_tag(takes_context=True)
def changes(context: Context, rows: Iterable[Any], label: str = "Changes") -> SafeString:
    return render(context, "changes", {"rows": rows, "label": label})


@register.simple_tag(takes_context=True)
def pagination(
    context: Context,
    previous_url: str = "",
    next_url: str = "",
    text: str = "",
    label: str = "Pages",
    into: str = "",
) -> SafeString:
    values = {
        "previous_url": previous_url,
        "next_url": next_url,
        "text": text,
        "label": label,
        "into": into,
    }
    return render(context, "pagination", values)


@register.simple_tag(takes_context=True)
def breadcrumb(context: Context, items: Iterable[Any], label: str = "Where you are") -> SafeString:
    return render(context, "breadcrumb", {"items": items, "label": label})


@register.simple_tag(takes_context=True)
def copy_field(
    context: Context,
    value: str,
    label: str = "",
    id: str = "",  # noqa: A002 (HTML's word)
) -> SafeString:
    return render(
        context, "copy_field", {"value": value, "label": label or "Link", "id": id or "copy"}
    )


@register.simple_tag(takes_context=True)
def button(context: Context, text: str = "", **values: Any) -> SafeString:
    """`values`: type, icon, href, kind, size, name, value, dialog, label, confirm, disabled, form."""
    unknown = set(values) - _BUTTON
    if unknown:
        raise template.TemplateSyntaxError(f"A button has no {', '.join(sorted(unknown))}.")
    return render(context, "button", {"text": text, **values})


_BUTTON = {
    "type", "icon", "href", "kind", "size", "name", "value", "dialog", "label", "confirm", "disabled", "form", "id",
}  # fmt: skip


@register.simple_tag(takes_context=True)
def tabs(context: Context, items: Iterable[Any], label: str = "Parts of this page") -> SafeString:
    return render(context, "tabs", {"items": items, "label": label})


@register.simple_tag(takes_context=True)
def filter_chip(
    context: Context,
    label: str,
    value: str = "",
    icon: str = "",
    remove_url: str = "",
    url: str = "",
    active: bool = False,
    into: str = "",
) -> SafeString:
    values = {
        "label": label,
        "value": value,
        "icon": icon,
        "remove_url": remove_url,
        "url": url,
        "active": active,
        "into": into,
    }
    return render(context, "filter_chip", values)


@register.simple_tag(takes_context=True)
def filter_menu(
    context: Context,
    label: str,
    options: Iterable[Any],
    value: str = "",
    icon: str = "",
    align: str = "start",
    active: bool = False,
    into: str = "",
) -> SafeString:
    values = {
        "label": label,
        "options": options,
        "value": value,
        "icon": icon,
        "align": align,
        "active": active,
        "into": into,
    }
    return render(context, "filter_menu", values)


@register.simple_tag
def smooth(url: str, into: str = "", show: str = "") -> SafeString:
    """The attributes by which a link exchanges one part of the page instead of all of it; none without a part.

    Written out on each link: nothing is inherited. Without JavaScript the link is an ordinary one.
    """
    if not into:
        return SafeString("")
    return format_html(
        ' hx-get="{0}" hx-target="{1}" hx-select="{1}" hx-swap="{2}" hx-push-url="true"',
        url,
        into,
        f"outerHTML {show}".strip(),
    )


@register.simple_tag(takes_context=True)
def flashes(context: Context) -> SafeString:
    return render(context, "flashes", {"messages": context.get("messages") or ()})


@register.simple_tag(takes_context=True)
def theme_switch(context: Context) -> SafeString:
    return render(
        context,
        "theme_switch",
        {"theme": theme(context), "theme_url": context.get("theme_url", "")},
    )


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme this reader chose, from the cookie: auto, light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "auto") if request is not None else "auto"
    return chosen if chosen in ("light", "dark") else "auto"


def _entry(given: Any) -> dict[str, Any]:
    tone = value_of(given, "tone")
    return {
        **{key: value_of(given, key) for key in ("who", "text", "at", "detail", "url")},
        "icon": value_of(given, "icon") or (STATES[tone].icon if tone else "circle-dot"),
        "look": STATES[tone].look if tone else "plain",
    }


def _definition(given: Any) -> Any:
    return {"term": given[0], "value": given[1]} if isinstance(given, tuple) else given
