"""Words in the reader's language: `{% load portal %}`, then `{% say "send" %}`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from arbiter.portal import languages, words

register = template.Library()


@register.simple_tag
def say(key: str, **values: Any) -> SafeString:
    """What a key says in the language of this page; the values are escaped."""
    return words.say(key, **values)


@register.simple_tag
def page_language() -> SafeString:
    """The language and the direction of this page, as attributes of its first element."""
    direction = ' dir="rtl"' if words.direction() == "rtl" else ""
    return SafeString(f'lang="{words.language()}"{direction}')


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *args: object) -> str:
    """The address of a page of the portal, in the language that was picked on this one."""
    return languages.address(name, *args, language=languages.picked(context["request"]))


@register.inclusion_tag("portal/languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The languages that can be picked on this page."""
    return {"offered": languages.offered(context["request"])}


@register.filter
def quoted(text: str) -> SafeString:
    """What somebody said, between the quotation marks of this language."""
    return words.say("quote", words=text)


@register.filter
def whole_day(moment: date | None) -> str:
    return words.whole_day(moment) if moment else ""


@register.filter
def near_day(moment: date, now: datetime) -> str:
    return words.short_day(moment, now)


@register.filter
def plainly(number: Decimal | None) -> str:
    return words.number(number)
