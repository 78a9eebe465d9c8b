"""How a rule asks somebody it found: by the letter with the outcome questions, or by a survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from arbiter.engagement.models import Occasion
from arbiter.engagement.queries.asking_rules import BY_LETTER, Reading
from arbiter.outcomes.queries import goals
from arbiter.voice.actions import letters, survey_mails
from arbiter.voice.queries import asks, surveys
from arbiter.voice.queries.choices import AskKind
from arbiter.voice.queries.letters import AskedGoal

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.voice.models import SurveyVersion

# An answer may be changed for so long.
CLOSES_AFTER = timedelta(days=30)
MOST_GOALS = 5


@dataclass(frozen=True)
class Way:
    """What a rule asks: a version of a survey, which may be about a goal; none stands for the letter or for nothing to ask."""

    version: SurveyVersion | None = None
    for_goal: bool = False


def way_of(reading: Reading) -> Way:
    """Read what a rule asks as it is now, once for everybody it asks in a row."""
    if reading.rule.survey_key in BY_LETTER:
        return Way()
    survey = surveys.by_key(reading.rule.survey_key)
    version = surveys.newest(survey) if survey and not survey.archived_at else None
    return Way(version, version is not None and surveys.is_for_goal(version))


def send(reading: Reading, way: Way, occasion: Occasion, *, by: Person, at: datetime) -> str:
    """Ask somebody and note the ask with the occasion. Return why it was not possible; empty when it was."""
    contact, rule = occasion.contact, reading.rule
    if rule.survey_key in BY_LETTER:
        asked = _goals(occasion, at)
        by_verdict = rule.survey_key == AskKind.VERDICT or occasion.goal_key
        first = AskKind.VERDICT if by_verdict else AskKind.INTENT
        mailed = letters.send(
            contact=contact, goals=asked, by=by, at=at, first=first, rule_key=rule.key
        )
    else:
        if way.version is None:
            return "is not asked: the survey is archived."
        goal = next(iter(_goals(occasion, at)), None) if way.for_goal else None
        if goal is None and way.for_goal:
            return "is not asked: there is no goal to ask about."
        mailed = survey_mails.send(
            contact=contact,
            version=way.version,
            by=by,
            at=at,
            rule_key=rule.key,
            goal=goal,
            closes_at=at + CLOSES_AFTER,
        )
    if mailed.link is None:
        return mailed.because
    Occasion.objects.filter(pk=occasion.pk).update(ask_key=asks.key_behind(mailed.link))
    return ""


def _goals(occasion: Occasion, at: datetime) -> list[AskedGoal]:
    """The goals of the letter: the one it is about first, then those to see to."""
    standing = list(goals.of(occasion.contact.customer, as_of=at)[:MOST_GOALS])
    standing.sort(key=lambda goal: goal.key != occasion.goal_key)
    return [AskedGoal(goal.key, goal.statement) for goal in standing]
