"""How a rule asks somebody it found: by the letter with the outcome questions, or by a survey."""

from __future__ import annotations

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

# An answer may be changed for so long.
CLOSES_AFTER = timedelta(days=30)
MOST_GOALS = 5


def send(reading: Reading, occasion: Occasion, *, by: Person, at: datetime) -> str:
    """Ask somebody and note the ask with the occasion. Return why it was not possible; empty when it was."""
    contact, rule = occasion.contact, reading.rule
    asked = _goals(occasion, at)
    if rule.survey_key in BY_LETTER:
        by_verdict = rule.survey_key == AskKind.VERDICT or occasion.goal_key
        first = AskKind.VERDICT if by_verdict else AskKind.INTENT
        mailed = letters.send(
            contact=contact, goals=asked, by=by, at=at, first=first, rule_key=rule.key
        )
    else:
        survey = surveys.by_key(rule.survey_key)
        version = surveys.newest(survey) if survey else None
        if version is None or (survey and survey.archived_at):
            return "is not asked: the survey is archived."
        goal = asked[0] if asked else None
        if goal is None and surveys.is_for_goal(version):
            return "is not asked: there is no goal to ask about."
        mailed = survey_mails.send(
            contact=contact,
            version=version,
            by=by,
            at=at,
            rule_key=rule.key,
            goal=goal if surveys.is_for_goal(version) else None,
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
