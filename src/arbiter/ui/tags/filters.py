"""Filters and tags for numbers, money and days. None reads the clock."""

from django import template

from arbiter.ui import wording

register = template.Library()

for _name in (
    "money",
    "money_long",
    "money_exact",
    "percent",
    "number",
    "signed",
    "one_of",
    "day",
    "days_from",
    "ago",
):
    register.filter(_name, getattr(wording, _name))

register.filter("initials", wording.initials)
register.filter("measured", wording.measured)
register.simple_tag(wording.share, name="share")
register.simple_tag(wording.percents, name="span")
