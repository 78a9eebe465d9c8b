"""Whom the rules would ask on a day: decided by the same budget that sends, and nothing is written."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from arbiter.engagement.models import Occasion, OccasionState
from arbiter.engagement.queries.asking_rules import Reading
from arbiter.engagement.queries.candidates import Cause, Look
from arbiter.engagement.queries.found import Found, addressee, looks
from arbiter.engagement.rules.asking import DECIDING, LOOK_BACK
from arbiter.voice.queries import budget
from arbiter.voice.queries.budget import Budget
from arbiter.voice.rules.budget import ORDER, OUTCOME, Reason, Request, Verdict, next_opening

__all__ = ["LOOK_BACK", "Plan", "Planned", "of", "tomorrow"]

SHOWN = 200
NO_LIMIT = 10**9
WAITING = OccasionState.WAITING.value


class Planned(NamedTuple):
    """Somebody who would be asked, or would not, and why."""

    contact_id: int
    name: str
    role: str
    customer_id: int
    customer: str
    rule: str
    because: str
    at: datetime | None
    code: str
    sentence: str


@dataclass
class Plan:
    """What a day would bring. Lists hold the first so many, counts all; `most` is how many may be asked on a day.

    `customers`: of how many customers somebody would be asked, and `with_decider`: of how many somebody who decides.
    """

    day: datetime
    most: int
    asked: list[Planned] = field(default_factory=list)
    not_asked: list[Planned] = field(default_factory=list)
    count: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    customers: int = 0
    with_decider: int = 0


class _Place(NamedTuple):
    """Who goes first where a day is full: outcome questions, then deciders, then whoever came first."""

    purpose: int
    decides: bool
    turn: int


def tomorrow(at: datetime) -> datetime:
    """The beginning of the next day where the company is."""
    local = at.astimezone(ZoneInfo(budget.company_zone()))
    day = local.date() + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=local.tzinfo)


def of(readings: Sequence[Reading], *, day: datetime, shown: int = SHOWN) -> Plan:
    """Decide a whole day, some thousand customers at a time; what is kept does not grow with their number.

    Args:
        readings: the rules, outcome questions first.
        day: its beginning where the company is.
        shown: how many names are kept of those asked and of those not.
    """
    plan = Plan(day, budget.limits().a_day)
    first: list[tuple[_Place, Planned]] = []
    last = day + timedelta(days=1) - timedelta(seconds=1)
    turn = 0
    for look, found in looks(readings, at=last):
        for one, verdict, at in _decided(readings, look, found, day):
            told = _told(one, verdict, at)
            if verdict.may:
                turn -= 1
                order = -ORDER.index(one.reading.purpose)
                _keep(first, (_Place(order, one.role in DECIDING, turn), told), plan)
            else:
                plan.reasons[verdict.code] += 1
                plan.not_asked += [told] if len(plan.not_asked) < shown else []
    ordered = [told for _, told in sorted(first, key=itemgetter(0), reverse=True)]
    plan.count = len(ordered)
    plan.customers = len({told.customer_id for told in ordered})
    plan.with_decider = len({told.customer_id for told in ordered if told.role in DECIDING})
    plan.asked = ordered[:shown]
    return plan


def _keep(first: list[tuple[_Place, Planned]], one: tuple[_Place, Planned], plan: Plan) -> None:
    """Keep the first so many a day; the others wait."""
    if len(first) < plan.most:
        heapq.heappush(first, one)
        return
    plan.reasons[Reason.DAILY_MOST] += 1
    if first:
        heapq.heappushpop(first, one)


def _decided(
    readings: Sequence[Reading], look: Look, found: list[Found], day: datetime
) -> Iterator[tuple[Found, Verdict, datetime | None]]:
    """Decide those of one batch who were not decided before, with those who wait since earlier."""
    states = _states([one.number for one in found])
    new = [one for one in found if states.get(one.number, WAITING) == WAITING]
    due = [*new, *_waiting(readings, look, {one.number for one in new}, day)]
    due.sort(key=lambda one: ORDER.index(one.reading.purpose))
    end = day + timedelta(days=1)
    spent = budget.of({one.to for one in due}, at=end)
    spent.today = 0
    # How many a day is settled over all batches.
    spent.limits = replace(spent.limits, a_day=NO_LIMIT)
    pending = {one.to.contact_id for one in due if one.reading.purpose == OUTCOME and not one.out}
    for one in due:
        yield _decide(one, spent, pending, day, end)


def _decide(
    one: Found, spent: Budget, pending: set[int], day: datetime, end: datetime
) -> tuple[Found, Verdict, datetime | None]:
    if one.out:
        return one, Verdict(False, one.out, one.sentence), None
    request = Request(
        one.to,
        one.reading.purpose,
        one.reading.kind,
        outcome_pending=one.to.contact_id in pending,
    )
    at: datetime | None = next_opening(day, one.to.zone, spent.limits)
    verdict = spent.decide(request, at=at if at and at < end else day)
    while not verdict.may and (at := verdict.look_again_at) and at < end:
        verdict = spent.decide(request, at=at)
    if verdict.may and at:
        spent.note(request, at=at)
        # Asked, it waits no more.
        pending.discard(one.to.contact_id)
    return one, verdict, at


def _states(numbers: Collection[str]) -> dict[str, str]:
    rows = Occasion.objects.filter(number__in=numbers)
    return dict(rows.values_list("number", "state"))


def _waiting(
    readings: Sequence[Reading], look: Look, but: Collection[str], day: datetime
) -> Iterator[Found]:
    """Who was found on an earlier day and waits until this one."""
    by_rule = {each.rule.pk: each for each in readings}
    people = {person.pk: person for each in look.people.values() for person in each}
    zone = budget.company_zone()
    rows = Occasion.objects.filter(
        state=WAITING,
        rule_id__in=list(by_rule),
        contact__customer_id__in=look.ids,
        look_at__lt=day + timedelta(days=1),
        lapses_at__gt=day,
    )
    for each in rows.order_by("pk"):
        person = people.get(each.contact_id)
        if person is None or each.number in but:
            continue
        cause = Cause(person.customer_id, each.number, each.because)
        to = addressee(person, zone)
        customer = look.by_id[person.customer_id]
        yield Found(by_rule[each.rule_id], cause, to, person.role, each.number, customer)


def _told(one: Found, verdict: Verdict, at: datetime | None) -> Planned:
    return Planned(
        one.to.contact_id,
        one.to.name,
        one.role,
        one.customer.pk,
        one.customer.name,
        one.reading.rule.name,
        one.cause.because,
        at,
        verdict.code,
        verdict.sentence,
    )
