"""Where goals stand: what forecast and pages build on, for many customers in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F

from arbiter.accounts.queries.choices import ContactRole
from arbiter.accounts.rules import day
from arbiter.outcomes import rules
from arbiter.outcomes.models import Awareness, Goal, Judgement, Knows, Result, Revision, Verdict
from arbiter.outcomes.queries import awareness, goals, results, revisions, verdicts

NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class GoalAttainment:
    """Where one goal stood at a moment. `verdict` is the one that counts; the rest follows from it."""

    goal: Goal
    revision: Revision | None
    result: Result | None
    guard: Result | None
    progress: float | None
    reached: bool
    reached_at: datetime | None
    due_on: date | None
    due: bool
    missed: bool
    verdicts: tuple[Verdict, ...]
    verdict: Verdict | None
    fresh: bool
    disputed: bool
    knows: dict[int, str]
    awareness: str
    achieved_not_known: bool
    stale: str
    celebrate: bool
    guard_breached: bool
    wrong_value: str = ""

    @property
    def judgement(self) -> str:
        """What the verdict that counts says, fresh or not; "" when nobody has judged."""
        return self.verdict.verdict if self.verdict else ""

    @property
    def helped(self) -> str:
        """How much our product helped, by the same verdict; kept apart from the result."""
        return self.verdict.helped if self.verdict else ""

    @property
    def confirmed(self) -> bool:
        """Whether the customer says, lately, that they got it."""
        return self.fresh and not self.disputed and self.judgement == Judgement.ACHIEVED

    @property
    def segment(self) -> str:
        """The goal's part in a bar: what the customer said, else what we measured, else that nobody asked."""
        if self.fresh and self.judgement == Judgement.NOT:
            return Judgement.NOT.value
        if self.disputed:
            return Knows.DISPUTED.value
        if self.fresh:
            return self.judgement
        return "measured" if self.progress is not None and self.progress > 0 else "never_asked"


@dataclass(frozen=True, slots=True)
class Attainment:
    """Where all goals of a customer stood at a moment, the leading goal first."""

    customer_id: int
    goals: tuple[GoalAttainment, ...]

    @property
    def lead(self) -> GoalAttainment | None:
        """The goal to show where only one can be shown."""
        return self.goals[0] if self.goals else None

    @property
    def segments(self) -> list[str]:
        """One key per goal for a bar of segments."""
        return [goal.segment for goal in self.goals]

    @property
    def total(self) -> int:
        """How many goals stand."""
        return len(self.goals)

    @property
    def confirmed(self) -> int:
        """How many the customer says they got, lately."""
        return sum(goal.confirmed for goal in self.goals)

    @property
    def disputed(self) -> int:
        """How many the customer says they did not get, or whose result they dispute."""
        return sum(goal.disputed for goal in self.goals)

    @property
    def partly(self) -> int:
        """How many the customer got in part."""
        return sum(goal.segment == Judgement.PARTLY for goal in self.goals)

    @property
    def unjudged(self) -> int:
        """How many have no verdict that still counts."""
        return sum(not goal.fresh for goal in self.goals)

    @property
    def due(self) -> int:
        """How many have reached their date."""
        return sum(goal.due for goal in self.goals)

    @property
    def achieved_not_known(self) -> int:
        """How many are reached without anyone there knowing."""
        return sum(goal.achieved_not_known for goal in self.goals)

    @property
    def wrong_value(self) -> int:
        """How many were missed while other numbers rose, or were reached over the customer's own limit."""
        return sum(bool(goal.wrong_value) for goal in self.goals)

    @property
    def stale(self) -> int:
        """How many must be asked again."""
        return sum(bool(goal.stale) for goal in self.goals)

    @property
    def to_celebrate(self) -> int:
        """How many were confirmed lately."""
        return sum(goal.celebrate for goal in self.goals)

    @property
    def has_result(self) -> bool:
        """Whether anything was ever measured."""
        return any(goal.result for goal in self.goals)

    @property
    def moving(self) -> bool:
        """Whether any goal has come nearer."""
        return any(goal.progress is not None and goal.progress > 0 for goal in self.goals)

    @property
    def last_verdict_at(self) -> datetime | None:
        """When anyone there last judged."""
        return max((v.at for goal in self.goals for v in goal.verdicts), default=None)


def of_customers(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, Attainment]:
    """Where the goals of many customers stood at a moment. Every id given has its entry.

    Six queries for any number of customers; give it some thousand ids at once.
    """
    standing = list(
        goals.of_customers(customer_ids, as_of=as_of).annotate(customer_stage=F("customer__stage"))
    )
    known = _Known.of(standing, as_of)
    per_customer: dict[int, list[GoalAttainment]] = defaultdict(list)
    for goal in standing:
        per_customer[goal.customer_id].append(_attainment(goal, known))
    return {
        customer: Attainment(customer, _in_order(_beside_each_other(per_customer[customer])))
        for customer in customer_ids
    }


def of_goal(goal: Goal, *, as_of: datetime) -> GoalAttainment | None:
    """Where one goal stood beside its customer's others; None when it did not stand at that moment."""
    found = of_customers([goal.customer_id], as_of=as_of)[goal.customer_id].goals
    return next((each for each in found if each.goal.pk == goal.pk), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything read for many goals, by goal."""

    as_of: datetime
    revisions: dict[int, Revision]
    results: dict[int, dict[str, Result]]
    series: dict[int, list[Result]]
    verdicts: dict[int, list[Verdict]]
    awareness: dict[int, list[Awareness]]

    @classmethod
    def of(cls, standing: Sequence[Goal], as_of: datetime) -> _Known:
        ids = [goal.pk for goal in standing]
        agreed = revisions.current(ids, as_of=as_of)
        measured = results.latest(ids, as_of=as_of)
        reached = [pk for pk in ids if _reached(agreed.get(pk), measured.get(pk, {}).get(""))]
        return cls(
            as_of,
            agreed,
            measured,
            results.series(reached, as_of=as_of),
            verdicts.latest(ids, as_of=as_of),
            awareness.newest_of_each_state(ids, as_of=as_of),
        )


def _attainment(goal: Goal, known: _Known) -> GoalAttainment:
    as_of = known.as_of
    revision = known.revisions.get(goal.pk)
    measured = known.results.get(goal.pk, {})
    result = measured.get("")
    guard = measured.get(revision.guard_measure) if revision and revision.guard_measure else None
    given = tuple(known.verdicts.get(goal.pk, ()))
    verdict = _that_counts(goal, given)
    fresh = verdict is not None and rules.verdict_is_fresh(verdict.at, as_of=as_of)
    told = [row for row in known.awareness.get(goal.pk, ()) if _is_there(row, as_of)]
    disputed = _is_disputed(verdict if fresh else None, told, as_of)
    confirmed = bool(fresh and verdict and verdict.verdict == Judgement.ACHIEVED and not disputed)
    reached = _reached(revision, result)
    reached_at = _reached_at(revision, known.series.get(goal.pk, ())) if reached else None
    due_on = revision.due_on if revision else None
    due = due_on is not None and due_on <= day(as_of)
    return GoalAttainment(
        goal=goal,
        revision=revision,
        result=result,
        guard=guard,
        progress=_progress(revision, result),
        reached=reached,
        reached_at=reached_at,
        due_on=due_on,
        due=due,
        missed=rules.is_missed(
            judgement=verdict.verdict if fresh and verdict else "",
            due=due,
            measured=result is not None,
            reached=reached,
        ),
        verdicts=given,
        verdict=verdict,
        fresh=fresh,
        disputed=disputed,
        knows={row.contact_id: row.state for row in told},
        awareness=_best(told),
        achieved_not_known=rules.achieved_not_known(
            reached_at=reached_at, confirmed=confirmed, known_at=_known_at(told, given, as_of)
        ),
        stale=rules.stale_because(
            agreed_at=max(goal.at, revision.at) if revision else goal.at,
            as_of=as_of,
            goal_stage=goal.stage,
            customer_stage=goal.customer_stage,  # type: ignore[attr-defined]
        ),
        celebrate=rules.to_celebrate(
            confirmed=confirmed, verdict_at=verdict.at if verdict else None, as_of=as_of
        ),
        guard_breached=rules.guard_breached(
            limit=revision.guard_limit if revision else None, now=guard.value if guard else None
        ),
    )


def _beside_each_other(found: list[GoalAttainment]) -> list[GoalAttainment]:
    """Wrong value needs the other goals: one was missed while another moved."""
    moved = [goal for goal in found if goal.progress is not None and goal.progress > 0]
    return [
        replace(
            goal,
            wrong_value=rules.wrong_value(
                missed=goal.missed,
                others_moved=any(other is not goal for other in moved),
                guard_is_breached=goal.guard_breached,
            ),
        )
        for goal in found
    ]


def _in_order(found: list[GoalAttainment]) -> tuple[GoalAttainment, ...]:
    """By priority, then by date; goals without either keep the order in which they were stated."""
    last = date.max
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.goal.priority is None,
                each.goal.priority or 0,
                each.due_on or last,
                each.goal.at,
                each.goal.pk,
            ),
        )
    )


def _that_counts(goal: Goal, given: Iterable[Verdict]) -> Verdict | None:
    return max(
        given,
        key=lambda verdict: rules.verdict_order(
            verdict.at,
            outranks=verdict.contact.role == ContactRole.DECISION_MAKER
            or verdict.contact_id == goal.stated_by_id,
            number=verdict.pk,
        ),
        default=None,
    )


def _is_disputed(verdict: Verdict | None, told: Iterable[Awareness], as_of: datetime) -> bool:
    if verdict is not None and verdict.verdict == Judgement.NOT:
        return True
    words = [row for row in told if row.state in (Knows.AGREED, Knows.DISPUTED)]
    newest = max(words, key=lambda row: (row.at, row.pk), default=None)
    if newest is None or newest.state != Knows.DISPUTED:
        return False
    if verdict is not None and newest.at <= verdict.at:
        return False
    return rules.verdict_is_fresh(newest.at, as_of=as_of)


def _best(told: Iterable[Awareness]) -> str:
    """The most that anyone there knows; a dispute that nobody has settled since outranks all."""
    last = {row.contact_id: row.state for row in told}
    words = [row.state for row in told if row.state in (Knows.AGREED, Knows.DISPUTED)]
    if words and words[-1] == Knows.DISPUTED:
        return Knows.DISPUTED.value
    for state in (Knows.AGREED, Knows.SEEN, Knows.TOLD):
        if state in last.values():
            return state.value
    return NOT_TOLD


def _known_at(
    told: Iterable[Awareness], given: Iterable[Verdict], as_of: datetime
) -> list[datetime]:
    known = [row.at for row in told if row.state != Knows.TOLD]
    return known + [
        verdict.at
        for verdict in given
        if verdict.verdict != Judgement.TOO_EARLY and _is_there(verdict, as_of)
    ]


def _is_there(said: Awareness | Verdict, as_of: datetime) -> bool:
    left_on = said.contact.left_on
    return left_on is None or left_on > day(as_of)


def _reached(revision: Revision | None, result: Result | None) -> bool:
    return revision is not None and rules.is_reached(
        direction=revision.direction,
        baseline=revision.baseline,
        target=revision.target,
        now=result.value if result else None,
    )


def _reached_at(revision: Revision | None, series: Iterable[Result]) -> datetime | None:
    return rules.reached_since((result.at, _reached(revision, result)) for result in series)


def _progress(revision: Revision | None, result: Result | None) -> float | None:
    if revision is None or result is None:
        return None
    return rules.progress(
        direction=revision.direction,
        baseline=revision.baseline,
        target=revision.target,
        now=result.value,
    )
