"""How Ledgerly asks: what success means at each stage, and rules of asking that are ready to be switched on."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from arbiter.engagement.actions import asking_rules
from arbiter.engagement.queries import asking_rules as known_rules
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.foundation.models import Person
from arbiter.outcomes.actions import stages
from arbiter.outcomes.queries import stages as known_stages


class Meaning(NamedTuple):
    """What success means in a stage: from which day on, within how many days, in a segment or in all."""

    stage: str
    meaning: str
    starts_after_days: int | None = None
    success_within_days: int | None = None
    segment: str = ""


MEANINGS = (
    Meaning("trial: first data", "Their own ledger is in, and a number in it surprised them", 0, 5),
    Meaning("trial: first close", "A month closed in Ledgerly with nobody from us in the room", 5, 14),
    Meaning("trial", "They name a goal of their own, with a number and a date", 0, 30),
    Meaning("onboarding", "The first close without their old sheets beside it", 0, 90),
    Meaning("onboarding", "Two entities closed, and controlling has seen the audit trail", 0, 120, "Enterprise"),
    Meaning("adoption", "The number they came for moves, and they say so themselves", 90, 180),
    Meaning("value", "They got what they came for, and the person who signs knows it", 270, 270),
    Meaning("growth", "A second team reaches a goal of its own", 540),
)  # fmt: skip
RULES = (
    ("Will you continue? Before each renewal", "", When(Trigger.BEFORE_RENEWAL, days=(120, 45)),
     Whom(roles=("decision_maker", "sponsor", "champion"), covers=True)),
    ("NPS, twice a year", "nps", When(Trigger.EVERY, months=6), Whom(most_people=2)),
    ("Is the goal still right?", "still_right", When(Trigger.GOAL_STALE), Whom()),
    ("How was it? After a closed ticket", "csat", When(Trigger.TICKET_CLOSED), Whom()),
    ("From 10 to 50 people", "check_in", When(Trigger.SEATS_CROSSED, steps=(10, 50)),
     Whom(roles=("decision_maker", "sponsor"))),
)  # fmt: skip
"""Rules by name: the survey they ask, empty for the outcome questions; when; and whom."""


def describe(*, by: Person, at: datetime) -> None:
    """Write down the meanings of stages and the rules that are not there yet; every rule is off."""
    there = {(stage.name, stage.segment) for stage in known_stages.standing()}
    for position, each in enumerate(MEANINGS, start=1):
        if (each.stage, each.segment) not in there:
            stages.add(
                name=each.stage,
                meaning=each.meaning,
                segment=each.segment,
                starts_after_days=each.starts_after_days,
                success_within_days=each.success_within_days,
                position=position,
                by=by,
                at=at,
            )
    named = {rule.name for rule in known_rules.standing()}
    for name, survey_key, when, whom in RULES:
        if name not in named:
            asking_rules.make(name=name, survey_key=survey_key, when=when, whom=whom, by=by, at=at)


def forget(*, by: Person, at: datetime) -> None:
    """Put away the meanings and rules of the sample company."""
    ours = {(each.stage, each.segment, each.meaning) for each in MEANINGS}
    for stage in known_stages.standing():
        if (stage.name, stage.segment, stage.meaning) in ours:
            stages.archive(stage=stage, by=by, at=at)
    names = {name for name, *_ in RULES}
    for rule in known_rules.standing():
        if rule.name in names:
            asking_rules.archive(rule=rule, by=by, at=at)
