"""How a rule is found and told in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse

from arbiter.engagement.queries import asking_rules
from arbiter.engagement.queries.triggers import read_when, read_whom, said
from arbiter.voice.queries import surveys

if TYPE_CHECKING:
    from arbiter.engagement.models import AskingRule


def rule_of(pk: int) -> AskingRule:
    """Find a rule, or answer 404."""
    found = asking_rules.get(pk)
    if found is None:
        raise Http404
    return found


def crumbs(rule: AskingRule | None = None, *more: str) -> list[dict[str, str]]:
    """The way to a page of rules."""
    way = [{"label": "Rules of asking", "url": reverse("workspace:rules")}]
    if rule is not None:
        way.append({"label": rule.name, "url": reverse("workspace:rules-rule", args=[rule.pk])})
    return [*way, *({"label": each} for each in more)]


def asks(rule: AskingRule) -> str:
    """What a rule asks, by name."""
    if rule.survey_key in asking_rules.BY_LETTER:
        return "Outcome questions"
    survey = surveys.by_key(rule.survey_key)
    return survey.name if survey else f"{rule.survey_key} (gone)"


def when(rule: AskingRule) -> str:
    """When a rule asks, in a few words."""
    return said(read_when(rule.when))


def whom(rule: AskingRule) -> str:
    """Whom a rule asks, in a few words."""
    found = read_whom(rule.whom)
    roles = ", ".join(each.replace("_", " ") for each in found.roles) or "anybody"
    named = [*found.segments, *(f"stage {each}" for each in found.stages), *found.products]
    where = f" at {', '.join(named)}" if named else ""
    covered = ", only with somebody who decides" if found.covers else ""
    return f"{roles}{where}, at most {found.most_people} at a customer{covered}"
