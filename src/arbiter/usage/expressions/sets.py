"""Behaviour sets: who did all of it, when for the first time, and who keeps it up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.rules import Rule


def completions(events: ibis.Table, *, rule: Rule, until: date) -> ibis.Table:
    """Return when each customer first completed a behaviour set, and whether it still holds.

    A behaviour counts from its last needed event on, a period from its last needed behaviour on, and the set from
    the last needed of its consecutive periods on.

    Returns:
        `customer_id`, `first_at`, `met`: without periods always true; with periods, whether the rule held through
        the period of `until` or the one before it, since the newest has hardly begun. Customers who never
        completed it have no row.
    """
    whole = _whole(log.done(events, until=until, names=rule.events), rule)
    if rule.per is None:
        return whole.select("customer_id", first_at=_.at, met=ibis.literal(True))
    newest = periods.number_of(until, rule.per)
    return (
        _running(whole, rule.consecutive)
        .group_by("customer_id")
        .aggregate(first_at=_.at.min(), last=_.period.max())
        .select("customer_id", "first_at", met=_.last >= newest - 1)
    )


def _whole(done: ibis.Table, rule: Rule) -> ibis.Table:
    """Each period in which enough behaviours were seen, with the moment from which on they were."""
    period = ibis.literal(0, "int64") if rule.per is None else periods.number(done.day, rule.per)
    reached = _reached(done.select("customer_id", "event", "at", period=period), rule)
    if rule.needed == len(rule.of):
        # The last of all needs no order among them.
        every = reached.group_by("customer_id", "period").aggregate(at=_.at.max(), n=_.count())
        return every.filter(_.n == rule.needed).drop("n")
    place = ibis.row_number().over(group_by=[_.customer_id, _.period], order_by=[_.at, _.event])
    return (
        reached.mutate(place=place)
        .filter(_.place == rule.needed - 1)
        .select("customer_id", "period", "at")
    )


def _reached(done: ibis.Table, rule: Rule) -> ibis.Table:
    """The moment from which on each behaviour was seen often enough in a period."""
    once = [one.event for one in rule.of if one.times == 1]
    often = {one.event: one.times for one in rule.of if one.times > 1}
    found = []
    if once:
        found.append(
            _of(done, once, rule)
            .group_by("customer_id", "period", "event")
            .aggregate(at=_.at.min())
        )
    if often:
        place = ibis.row_number().over(group_by=[_.customer_id, _.period, _.event], order_by=_.at)
        times = done.event.cases(*sorted(often.items()), else_=ibis.null("int64"))
        found.append(
            _of(done, often, rule)
            .mutate(place=place, times=times)
            .filter(_.place == _.times - 1)
            .select("customer_id", "period", "event", "at")
        )
    return found[0].union(*found[1:]) if len(found) > 1 else found[0]


def _of(done: ibis.Table, names: Collection[str], rule: Rule) -> ibis.Table:
    return done if len(names) == len(rule.of) else done.filter(done.event.isin(sorted(names)))


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
