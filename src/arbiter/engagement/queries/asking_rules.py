"""The rules of asking, and what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from arbiter.engagement.models import AskingRule, OccasionState
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import When, Whom
from arbiter.voice.queries import surveys
from arbiter.voice.rules.budget import ORDER, OUTCOME

if TYPE_CHECKING:
    from arbiter.voice.models import Survey

# Surveys of the library that the letter asks.
BY_LETTER = frozenset({"", "intent", "verdict"})


@dataclass(frozen=True)
class Reading:
    """A rule, read: when, whom, what it is for, and since when it may find somebody."""

    rule: AskingRule
    purpose: str
    kind: str
    since: datetime

    @cached_property
    def when(self) -> When:
        """What it waits for."""
        return asking.read_when(self.rule.when)

    @cached_property
    def whom(self) -> Whom:
        """Whom it is for."""
        return asking.read_whom(self.rule.whom)


def standing() -> QuerySet[AskingRule]:
    """Every rule that is not archived, with how many were asked, wait, were not asked and are held out."""
    rules = AskingRule.objects.filter(archived_at=None).select_related("made_by")
    counts = {
        state.value: Count("occasions", filter=Q(occasions__state=state)) for state in OccasionState
    }
    return rules.annotate(**counts).order_by("name", "pk")


def archived() -> QuerySet[AskingRule]:
    """The rules that were put away, the last first."""
    return AskingRule.objects.exclude(archived_at=None).order_by("-archived_at", "pk")


def get(pk: int) -> AskingRule | None:
    """A rule by number."""
    return AskingRule.objects.select_related("made_by").filter(pk=pk).first()


def is_any_on() -> bool:
    """Say whether any rule is switched on: a cheap look for the schedule."""
    return AskingRule.objects.filter(archived_at=None, on_since__isnull=False).exists()


def switched_on() -> list[Reading]:
    """The rules that ask, outcome questions first."""
    rules = AskingRule.objects.filter(archived_at=None, on_since__isnull=False)
    known = {each.key: each for each in (*surveys.standing(), *surveys.archived())}
    found = [
        _read(rule, known.get(rule.survey_key), rule.on_since)
        for rule in rules.select_related("made_by").order_by("pk")
        if rule.on_since is not None
    ]
    return sorted(found, key=lambda each: ORDER.index(each.purpose))


def read(rule: AskingRule, *, since: datetime) -> Reading:
    """Read a rule: the letter is an outcome question, any other is what its survey is for."""
    return _read(rule, surveys.by_key(rule.survey_key), since)


def _read(rule: AskingRule, survey: Survey | None, since: datetime) -> Reading:
    if rule.survey_key in BY_LETTER:
        return Reading(rule, OUTCOME, rule.survey_key or "intent", since)
    if survey is None:
        return Reading(rule, ORDER[-1], "custom", since)
    return Reading(rule, survey.purpose, survey.kind, since)
