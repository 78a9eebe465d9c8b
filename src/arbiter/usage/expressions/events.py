"""The events a measure counts: who did what for which customer, as far as it was known at a moment.

Whatever order events, group calls and aliases came in, the same things said give the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import ibis
from ibis import _

MOMENT = "timestamp('UTC', 6)"
KNOWN = ibis.schema(
    {
        "customer_id": "string",
        "user_id": "string",
        "kind": "string",
        "event": "string",
        "at": MOMENT,
        "day": "date",
        "recorded_at": MOMENT,
        "properties": "string",
        "message_id": "string",
        "source": "int64",
    }
)
LOGGED = ibis.schema({**KNOWN, "anonymous_id": "string"})
MEMBERSHIPS = ibis.schema(
    {"user_key": "string", "customer_key": "string", "recorded_at": MOMENT},
)
ALIASES = ibis.schema({"user_key": "string", "other_key": "string", "recorded_at": MOMENT})
ACTIVITY = ("track", "page", "screen")
"""Kinds of event that are something done; the others only say who somebody is."""

FEW = 500
"""So many keys are listed one by one; of more, compiling them would take longer than counting."""
BETWEEN = "|"


def known(
    settled: ibis.Table,
    unsettled: ibis.Table,
    memberships: ibis.Table,
    aliases: ibis.Table,
    *,
    as_of: datetime | None = None,
) -> ibis.Table:
    """Return every event known at a moment, with its user and its customer as far as they were known.

    An event that says its customer and its user is taken at its word. Of any other, the user is the one its
    name is an alias of, and the customer the only one at which that user was seen; with none or with several
    it stays unknown. `recorded_at` is when the last thing was learnt that the row rests on.

    Args:
        settled: events that say both, of schema `LOGGED`.
        unsettled: the others.
        memberships: users seen at customers, of schema `MEMBERSHIPS`.
        aliases: names of users, of schema `ALIASES`: `other_key` is a name of `user_key`. Resolved as by
            `identities.resolved`; of several users of one name the smallest counts.
        as_of: what was recorded later is not known. Default: there is nothing else in the tables.
    """
    if as_of is not None:
        settled, unsettled, memberships, aliases = (
            table.filter(table.recorded_at <= as_of)
            for table in (settled, unsettled, memberships, aliases)
        )
    people = _people(aliases)
    told = settled.select(*KNOWN)
    return told.union(_attributed(unsettled, _homes(memberships, people), people))


def _people(aliases: ibis.Table) -> ibis.Table:
    """Each name with the user it means."""
    first = ibis.row_number().over(group_by=_.other_key, order_by=_.user_key)
    return (
        aliases.mutate(place=first)
        .filter(_.place == 0)
        .select(name=_.other_key, person=_.user_key, named_at=_.recorded_at)
    )


def _homes(memberships: ibis.Table, people: ibis.Table) -> ibis.Table:
    """Each user with its customer, where it has only one."""
    return (
        memberships.left_join(people, memberships.user_key == people.name)
        .select(
            member=ibis.coalesce(_.person, _.user_key),
            home=_.customer_key,
            home_at=ibis.greatest(_.recorded_at, ibis.coalesce(_.named_at, _.recorded_at)),
        )
        .group_by("member")
        .aggregate(home=_.home.min(), last=_.home.max(), home_at=_.home_at.min())
        .filter(_.home == _.last)
        .drop("last")
    )


def _attributed(unsettled: ibis.Table, homes: ibis.Table, people: ibis.Table) -> ibis.Table:
    named = unsettled.mutate(called=ibis.coalesce(_.user_id, _.anonymous_id))
    whose = named.left_join(people, named.called == people.name).mutate(
        user_id=ibis.coalesce(_.person, _.user_id),
        recorded_at=ibis.greatest(_.recorded_at, ibis.coalesce(_.named_at, _.recorded_at)),
    )
    placed = whose.left_join(homes, whose.user_id == homes.member)
    learnt = ibis.coalesce(_.home_at, _.recorded_at)
    return placed.mutate(
        customer_id=ibis.coalesce(_.customer_id, _.home),
        recorded_at=_.customer_id.isnull().ifelse(
            ibis.greatest(_.recorded_at, learnt), _.recorded_at
        ),
    ).select(*KNOWN)


def done(
    events: ibis.Table,
    *,
    until: date | None = None,
    days: int | None = None,
    since: date | None = None,
    names: Sequence[str] | None = None,
) -> ibis.Table:
    """Return what was done by people at known customers: events that count as activity.

    Args:
        events: of schema `KNOWN`.
        until: the last day that counts, in UTC. Default: all.
        days: how many days up to `until` count, at least 1.
        since: the first day that counts, instead of `days`.
        names: only these events.

    Raises:
        ValueError: days are below 1, or without `until`.
    """
    if days is not None:
        since = first_day(until, days)
    kept = events.filter(events.customer_id.notnull(), events.kind.isin(ACTIVITY))
    if since is not None:
        kept = kept.filter(kept.day >= since)
    if until is not None:
        kept = kept.filter(kept.day <= until)
    return kept if names is None else kept.filter(kept.event.isin(sorted(set(names))))


def first_day(until: date | None, days: int) -> date:
    """Return the first of so many days that end with `until`."""
    if until is None or days < 1:
        raise ValueError("A window has a last day and at least one day.")
    return until - timedelta(days=days - 1)


def only(events: ibis.Table, customers: Sequence[str] | ibis.Table) -> ibis.Table:
    """Return the events of some customers: given by their keys, or by a table with `customer_id`."""
    if isinstance(customers, ibis.Table):
        return events.semi_join(customers, "customer_id")
    keys = sorted(set(customers))
    if len(keys) <= FEW or any(BETWEEN in key for key in keys):
        return events.filter(events.customer_id.isin(keys))
    # Many are told in one long text, which every engine takes apart for itself.
    listed = ibis.literal(BETWEEN.join(keys)).split(BETWEEN).unnest().name("customer_id")
    return events.semi_join(listed.as_table(), "customer_id")


def news(
    events: ibis.Table, *, since: datetime, after: date, newer: ibis.Table | None = None
) -> ibis.Table:
    """Return the events that a count could not know: learnt after a moment, or of days after its last.

    Args:
        events: what is known now, as by `known`.
        since: the moment of that count.
        after: the last day that it counted.
        newer: the same, where what was known at that moment may be missing: it is read for what was learnt.
    """
    # Two parts, of which each passes over most of the log by the statistics of its files.
    learnt = events if newer is None else newer
    learnt = learnt.filter(learnt.recorded_at > since)
    return learnt.union(events.filter(events.day > after, events.recorded_at <= since))


def touched(
    told: ibis.Table, memberships: ibis.Table, aliases: ibis.Table, *, since: datetime
) -> ibis.Table:
    """Return the customers of every user who after a moment was seen at another one, or under another name.

    Their events may have gone to nobody, or be another's.

    Args:
        told: the events that are news, as by `news`: those of a user with another name are among them.
        memberships: as for `known`, filtered by the moment of looking.
        aliases: as for `known`, likewise.
        since: the moment of the last look.
    """
    named = (
        memberships.filter(memberships.recorded_at > since)
        .select(touched=_.user_key)
        .union(aliases.filter(aliases.recorded_at > since).select(touched=_.other_key))
    )
    people = (
        named.left_join(aliases, named.touched == aliases.other_key)
        .select(user_key=ibis.coalesce(_.user_key, _.touched))
        .distinct()
    )
    names = people.union(aliases.semi_join(people, "user_key").select(user_key=_.other_key))
    homes = memberships.semi_join(names, "user_key").select(customer_id=_.customer_key)
    theirs = told.semi_join(names, told.user_id == names.user_key)
    return homes.union(theirs.filter(_.customer_id.notnull()).select("customer_id")).distinct()
