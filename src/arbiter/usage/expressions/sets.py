"""Behaviour sets: who did all of it, when for the first time, and who keeps it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.moments import nth
from arbiter.usage.expressions.rules import Rule


def completions(events: ibis.Table, *, rule: Rule, until: date) -> ibis.Table:
    """Return when each customer first completed a behaviour set, and whether it still holds.

    A behaviour counts from its last needed event on, a period from its last needed behaviour on, and the set from
    the last needed of its consecutive periods on.

    Returns:
        `customer_id`, `first_at`, `last` (the number of the last period with which the rule held; without
        periods none), `met`: without periods always true; with periods, whether the rule held through
        the period of `until` or the one before it, since the newest has hardly begun. Customers who never
        completed it have no row.
    """
    done = log.done(events, until=until, names=rule.events)
    if rule.per is None:
        ever = _whole(done, rule, ["customer_id"])
        never = ibis.null("int64")
        return ever.select("customer_id", first_at=_.at, last=never, met=ibis.literal(True))
    period = periods.number(done.day, rule.per)
    numbered = done.select("customer_id", "event", "at", period=period)
    newest = periods.number_of(until, rule.per)
    return (
        _running(_whole(numbered, rule, ["customer_id", "period"]), rule.consecutive)
        .group_by("customer_id")
        .aggregate(first_at=_.at.min(), last=_.period.max())
        .select("customer_id", "first_at", "last", met=_.last >= newest - 1)
    )


def _whole(done: ibis.Table, rule: Rule, whose: Sequence[str]) -> ibis.Table:
    """Each of whom and when enough behaviours were seen, with the moment from which on they were."""
    reached = _reached(done, rule, whose)
    if len(rule.of) == 1:
        return reached
    last = _.at.max() if rule.needed == len(rule.of) else nth(_.at, rule.needed)
    counted = reached.group_by(*whose).aggregate(at=last, n=_.count())
    return counted.filter(counted.n >= rule.needed).drop("n")


def _reached(done: ibis.Table, rule: Rule, whose: Sequence[str]) -> ibis.Table:
    """The moment from which on each behaviour was seen often enough."""
    # What is the same in every row is no key to group by: each costs time over many events.
    keys = [*whose, "event"] if len(rule.of) > 1 else whose
    often = sorted({one.times for one in rule.of})
    grouped = done.group_by(*keys)
    if often == [1]:
        return grouped.aggregate(at=_.at.min())
    found = grouped.aggregate(n=_.count(), **{f"at_{times}": nth(_.at, times) for times in often})
    times = _by_event(found, rule, {n: ibis.literal(n) for n in often})
    at = _by_event(found, rule, {n: found[f"at_{n}"] for n in often})
    return found.filter(found.n >= times).select(*keys, at=at)


def _by_event(found: ibis.Table, rule: Rule, by_times: Mapping[int, ibis.Value]) -> ibis.Value:
    """Of some values the one for how often each row's behaviour is needed."""
    if len(by_times) == 1:
        return next(iter(by_times.values()))
    needed = {one.event: one.times for one in rule.of}
    return found.event.cases(*((name, by_times[needed[name]]) for name in rule.events))


def _running(whole: ibis.Table, consecutive: int) -> ibis.Table:
    """The periods that end a run of so many."""
    if consecutive == 1:
        return whole
    before = ibis.row_number().over(group_by=_.customer_id, order_by=_.period)
    behind = ibis.row_number().over(group_by=[_.customer_id, _.run], order_by=_.period)
    return (
        whole.mutate(run=_.period - before)
        .mutate(behind=behind)
        .filter(_.behind >= consecutive - 1)
        .select("customer_id", "period", "at")
    )
