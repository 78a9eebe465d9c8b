"""What a letter asks first: read from an address or a form, offered on the page, carried on to the letter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from arbiter.outcomes.queries import attainment, goals
from arbiter.voice.queries.choices import AskKind
from arbiter.voice.queries.letters import OPENINGS, AskedGoal

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.outcomes.models import Goal
    from arbiter.outcomes.queries.attainment import Attainment, GoalAttainment

GOALS_IN_A_LETTER = 3
WORDS = {
    AskKind.INTENT: ("Will you continue?", "Whether they renew comes first."),
    AskKind.VERDICT: ("Did you get it?", "Their verdict on a goal comes first."),
    AskKind.GOAL: ("Is it still what you want?", "Whether the goal still stands comes first."),
}
WANTED = ("What do you want?", "What they want to reach comes first: no goal is known here.")


@dataclass(frozen=True)
class Question:
    """What comes first, of which goal, and whether a verdict is asked of their other goals as well."""

    first: str = AskKind.INTENT
    goal_pk: int | None = None
    verdicts: bool = True

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same again, as fields of a form or of an address."""
        named = [("goal", str(self.goal_pk))] if self.goal_pk else []
        return [("kind", str(self.first)), *named, *([("verdicts", "on")] if self.verdicts else [])]

    def goal(self, person: Person) -> Goal | None:
        """The goal that is named, where it is within reach and still stands."""
        if self.goal_pk is None:
            return None
        found = goals.visible_to(person).filter(pk=self.goal_pk, retired_at=None)
        return found.select_related("customer", "stated_by").first()


def read(data: QueryDict, *, verdicts: bool | None = None) -> Question:
    """Read what is asked first; what a letter cannot begin with counts as whether they continue."""
    kind, goal = data.get("kind", ""), data.get("goal", "")
    return Question(
        first=kind if kind in OPENINGS else AskKind.INTENT,
        goal_pk=int(goal) if goal.isdecimal() and len(goal) < 19 else None,
        verdicts=data.get("verdicts") == "on" if verdicts is None else verdicts,
    )


def goals_of(
    customer_ids: Collection[int], question: Question, *, at: datetime
) -> dict[int, list[AskedGoal]]:
    """The goals a letter asks about: the one named, then those not judged lately, a few of each customer."""
    most = GOALS_IN_A_LETTER if question.verdicts else int(question.first != AskKind.INTENT)
    if not most:
        return {}
    found = attainment.of_customers(customer_ids, as_of=at)
    return {pk: _asked(stands, question)[:most] for pk, stands in found.items()}


def offered(
    customer_ids: Collection[int], question: Question, *, at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What the page offers: the questions, and the goals where one customer alone is asked."""
    found = attainment.of_customers(customer_ids, as_of=at).values()
    wanting = bool(found) and not any(stands.total for stands in found)
    kinds = [AskKind.INTENT, AskKind.GOAL] if wanting else list(WORDS)
    first = question.first if question.first in kinds else AskKind.GOAL
    return {
        "kinds": [_kind(kind, wanting, chosen=kind == first) for kind in kinds],
        "goals": _options(next(iter(found)), question) if len(found) == 1 else [],
    }


def _asked(stands: Attainment, question: Question) -> list[AskedGoal]:
    waiting = _waiting(stands, question)
    ordered = sorted(waiting, key=lambda each: each.goal.pk != question.goal_pk)
    return [AskedGoal(each.goal.key, each.goal.statement) for each in ordered]


def _kind(kind: AskKind, wanting: bool, *, chosen: bool) -> dict[str, Any]:
    label, help_ = WANTED if wanting and kind == AskKind.GOAL else WORDS[kind]
    return {"value": kind.value, "label": label, "help": help_, "checked": chosen}


def _options(stands: Attainment, question: Question) -> list[dict[str, Any]]:
    """The goals by how much they wait for a word; the one named is chosen."""
    return [
        {
            "value": each.goal.pk,
            "label": each.goal.statement,
            "chosen": each.goal.pk == question.goal_pk,
        }
        for each in _waiting(stands, question)
    ]


def _waiting(stands: Attainment, question: Question) -> list[GoalAttainment]:
    """Those that may no longer hold first, or else those not judged lately, and due."""
    if question.first == AskKind.GOAL:
        return sorted(stands.goals, key=lambda each: not each.stale)
    return sorted(stands.goals, key=lambda each: (each.fresh, not each.due))
