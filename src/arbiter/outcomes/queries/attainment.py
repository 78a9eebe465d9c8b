"""Where goals stand: what forecast and pages build on, for many customers in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from arbiter.accounts.queries.choices import ContactRole
from arbiter.accounts.rules import day
from arbiter.outcomes import rules
from arbiter.outcomes.models import Goal, Judgement, Knows
from arbiter.outcomes.queries import past
from arbiter.outcomes.queries.brief import Agreed, Judged, Measured, Stated, Told
from arbiter.outcomes.queries.past import Past, Picked

NOT_TOLD = "not_told"


@dataclass(slots=True)
class GoalAttainment:
    """Where one goal stood at a moment. `verdict` is the one that counts; the rest follows from it."""

    goal: Stated
    revision: Agreed | None
    result: Measured | None
    guard: Measured | None
    verdicts: tuple[Judged, ...]
    verdict: Judged | None
    progress: float | None
    reached: bool
    due: bool
    missed: bool
    fresh: bool
    disputed: bool
    knows: dict[int, str]
    awareness: str
    stale: str
    celebrate: bool
    guard_breached: bool
    achieved_not_known: bool = False
    wrong_value: str = ""

    @property
    def due_on(self) -> date | None:
        """By when it was agreed."""
        return self.revision.due_on if self.revision else None

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
    def shows_result(self) -> bool:
        """Whether anything they want has come nearer, by their word or by our measure."""
        return self.confirmed > 0 or not {"partly", "measured"}.isdisjoint(self.segments)

    @property
    def last_verdict_at(self) -> datetime | None:
        """When anyone there last judged."""
        return max((v.at for goal in self.goals for v in goal.verdicts), default=None)


def of_customers(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, Attainment]:
    """Where the goals of many customers stood at a moment. Every id given has its entry.

    Six queries at most for any number of customers; give it some thousand ids at once.
    """
    return told_from(
        past.of_customers(customer_ids, until=as_of, whole=False), customer_ids, as_of=as_of
    )


def told_from(
    on_file: Past, customer_ids: Collection[int], *, as_of: datetime
) -> dict[int, Attainment]:
    """Where the goals of some customers stood at a moment, by what was read before. Every id has its entry.

    Args:
        on_file: what is on file about them, whole if it is asked about more than the moment it was read for.
        customer_ids: some of the customers it was read for.
        as_of: only what was true and recorded by then.
    """
    stated = on_file.standing(customer_ids, as_of=as_of)
    picked = {goal.pk: on_file.picked(goal.pk, as_of=as_of) for goal in stated}
    found = {goal.pk: _attainment(goal, picked[goal.pk], as_of) for goal in stated}
    _see_who_knows(found, picked, on_file, as_of)
    per_customer: dict[int, list[GoalAttainment]] = defaultdict(list)
    for each in found.values():
        per_customer[each.goal.customer_id].append(each)
    for beside in per_customer.values():
        _see_wrong_value(beside)
        beside.sort(key=_place)
    return {
        customer: Attainment(customer, tuple(per_customer.get(customer, ())))
        for customer in customer_ids
    }


def of_goal(goal: Goal, *, as_of: datetime) -> GoalAttainment | None:
    """Where one goal stood beside its customer's others; None when it did not stand at that moment."""
    found = of_customers([goal.customer_id], as_of=as_of)[goal.customer_id].goals
    return next((each for each in found if each.goal.pk == goal.pk), None)


def _attainment(goal: Stated, picked: Picked, as_of: datetime) -> GoalAttainment:
    revision, measured, verdicts = picked.agreed, picked.measured, picked.judged
    told = [row for row in picked.told if _is_there(row, as_of)]
    result = measured.get("")
    guard = measured.get(revision.guard_measure) if revision and revision.guard_measure else None
    verdict = _that_counts(goal, verdicts)
    fresh = verdict is not None and rules.verdict_is_fresh(verdict.at, as_of=as_of)
    judgement = verdict.verdict if verdict and fresh else ""
    disputed = _is_disputed(verdict if fresh else None, told, as_of)
    due = bool(revision and revision.due_on and revision.due_on <= day(as_of))
    reached = _is_reached(revision, result.value if result else None)
    return GoalAttainment(
        goal=goal,
        revision=revision,
        result=result,
        guard=guard,
        verdicts=verdicts,
        verdict=verdict,
        progress=_progress(revision, result),
        reached=reached,
        due=due,
        missed=rules.is_missed(
            judgement=judgement, due=due, measured=result is not None, reached=reached
        ),
        fresh=fresh,
        disputed=disputed,
        knows={row.contact_id: row.state for row in told},
        awareness=_best(told),
        stale=rules.stale_because(
            agreed_at=max(goal.at, revision.at) if revision else goal.at,
            as_of=as_of,
            goal_stage=(revision.stage if revision else "") or goal.stage,
            customer_stage=goal.customer_stage,
        ),
        celebrate=rules.to_celebrate(
            confirmed=judgement == Judgement.ACHIEVED and not disputed,
            verdict_at=verdict.at if verdict else None,
            as_of=as_of,
        ),
        guard_breached=rules.guard_breached(
            limit=revision.guard_limit if revision else None, now=guard.value if guard else None
        ),
    )


def _see_who_knows(
    found: Mapping[int, GoalAttainment],
    picked: Mapping[int, Picked],
    on_file: Past,
    as_of: datetime,
) -> None:
    """Mark what was achieved without anyone there knowing.

    When the target was first reached matters only where someone knew before the newest result; the whole
    story of a measure is read for those goals alone.
    """
    known_at = {
        pk: _known_at(picked[pk].told, each.verdicts, as_of)
        for pk, each in found.items()
        if each.reached and not each.confirmed
    }
    unsure = [pk for pk, known in known_at.items() if known and max(known) < _result_at(found[pk])]
    stories = on_file.values(unsure, as_of=as_of) if unsure else {}
    for pk, known in known_at.items():
        each = found[pk]
        story = stories.get(pk, {}).items()
        reached = ((at, _is_reached(each.revision, value)) for at, value in story)
        each.achieved_not_known = rules.achieved_not_known(
            reached_at=rules.reached_since(reached) or _result_at(each),
            confirmed=False,
            known_at=known,
        )


def _see_wrong_value(beside: list[GoalAttainment]) -> None:
    """Mark where value went elsewhere, which needs a customer's goals together."""
    moved = [each for each in beside if each.progress is not None and each.progress > 0]
    for each in beside:
        each.wrong_value = rules.wrong_value(
            missed=each.missed,
            others_moved=any(other is not each for other in moved),
            guard_is_breached=each.guard_breached,
        )


def _place(each: GoalAttainment) -> tuple[bool, int, date, datetime, int]:
    """By priority, then by date; goals without either keep the order in which they were stated."""
    goal = each.goal
    return (
        goal.priority is None,
        goal.priority or 0,
        each.due_on or date.max,
        goal.at,
        goal.pk,
    )


def _that_counts(goal: Stated, given: Iterable[Judged]) -> Judged | None:
    return max(
        given,
        key=lambda verdict: rules.verdict_order(
            verdict.at,
            outranks=verdict.contact_role == ContactRole.DECISION_MAKER
            or verdict.contact_id == goal.stated_by_id,
            number=verdict.pk,
        ),
        default=None,
    )


def _is_disputed(verdict: Judged | None, told: Iterable[Told], as_of: datetime) -> bool:
    if verdict is not None and verdict.verdict == Judgement.NOT:
        return True
    words = [row for row in told if row.state in (Knows.AGREED, Knows.DISPUTED)]
    if not words or words[-1].state != Knows.DISPUTED:
        return False
    if verdict is not None and words[-1].at <= verdict.at:
        return False
    return rules.verdict_is_fresh(words[-1].at, as_of=as_of)


def _best(told: Iterable[Told]) -> str:
    """The most that anyone there knows; a dispute that nobody has settled since outranks all."""
    last = {row.contact_id: row.state for row in told}
    words = [row.state for row in told if row.state in (Knows.AGREED, Knows.DISPUTED)]
    if words and words[-1] == Knows.DISPUTED:
        return Knows.DISPUTED.value
    for state in (Knows.AGREED, Knows.SEEN, Knows.TOLD):
        if state in last.values():
            return state.value
    return NOT_TOLD


def _known_at(told: Iterable[Told], given: Iterable[Judged], as_of: datetime) -> list[datetime]:
    saw = [row.at for row in told if row.state != Knows.TOLD and _is_there(row, as_of)]
    return saw + [
        verdict.at
        for verdict in given
        if verdict.verdict != Judgement.TOO_EARLY and _is_there(verdict, as_of)
    ]


def _is_there(said: Told | Judged, as_of: datetime) -> bool:
    return said.contact_left_on is None or said.contact_left_on > day(as_of)


def _result_at(each: GoalAttainment) -> datetime:
    assert each.result, "a goal is reached by a result"
    return each.result.at


def _is_reached(revision: Agreed | None, value: Decimal | None) -> bool:
    return revision is not None and rules.is_reached(
        direction=revision.direction,
        baseline=revision.baseline,
        target=revision.target,
        now=value,
    )


def _progress(revision: Agreed | None, result: Measured | None) -> float | None:
    if revision is None or result is None:
        return None
    return rules.progress(
        direction=revision.direction,
        baseline=revision.baseline,
        target=revision.target,
        now=result.value,
    )
