"""Which goals are fed by usage, and what usage says of their measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.outcomes.models import Feed, FeedKind
from arbiter.usage.queries import behaviour_sets, monthly
from arbiter.usage.queries.monthly import Counter, Month, Term

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal

Months = Mapping[int, Sequence[Month]]
KINDS = FeedKind.choices
"""What may be counted, with its words, for faces that know no models."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a month came to, and what it rests on."""

    number: float
    evidence: str


def of(goal: Goal) -> Feed | None:
    """What feeds a goal now; None where nothing does."""
    feeds = Feed.objects.filter(goal=goal, disconnected_at=None)
    return feeds.select_related("behaviour_set", "by").first()


def of_goals(goal_ids: Collection[int]) -> dict[int, Feed]:
    """What feeds each of many goals, in one query; goals that nothing feeds are left out."""
    feeds = Feed.objects.filter(goal__in=goal_ids, disconnected_at=None)
    return {feed.goal_id: feed for feed in feeds.select_related("behaviour_set")}


def standing() -> QuerySet[Feed]:
    """Every feed of a goal that stands, of a customer that is served."""
    feeds = Feed.objects.filter(
        disconnected_at=None, goal__retired_at=None, goal__customer__archived_at=None
    )
    return feeds.select_related("goal__customer", "behaviour_set").order_by("pk")


def words(feed: Feed) -> str:
    """Say in a few words what is counted."""
    if feed.kind == FeedKind.SET:
        assert feed.behaviour_set is not None, "a set is fed by a set"
        return f"whether “{feed.behaviour_set.name}” was completed: {behaviour_sets.words(feed.behaviour_set.rule)}"
    above = _above(feed)
    return f"{above} ÷ {_below(feed)}" if feed.kind == FeedKind.RATIO else str(above)


def values(
    fed: Sequence[Feed], months: Months, *, as_of: datetime
) -> dict[int, dict[Month, Value]]:
    """What usage says of some feeds, each for its months. One question of the log for all that count the same.

    A month without the event came to 0 where anything was known of the customer's usage by its end; before that,
    and where there is nothing to take the greatest of or to divide by, nothing is said.
    """
    if not any(months.get(feed.pk) for feed in fed):
        return {}
    with monthly.counter(as_of) as counter:
        reading = _Reading(counter, fed, months)
        return {feed.pk: reading.of(feed) for feed in fed if months.get(feed.pk)}


class _Reading:
    """What the log says of all that any of the feeds counts."""

    def __init__(self, counter: Counter, fed: Sequence[Feed], months: Months) -> None:
        every = sorted({month for each in months.values() for month in each})
        self.months = months
        self._since, self._until = every[0].first_day, every[-1].last_day
        keys = {feed.goal.customer.key for feed in fed}
        self._seen = counter.first_seen(customers=keys, until=self._until)
        self._terms = self._counted(counter, fed)
        self._sets = self._completed(counter, fed)

    def of(self, feed: Feed) -> dict[Month, Value]:
        """What each month of a feed came to."""
        found = {}
        for month in self.months[feed.pk]:
            number = self._number(feed, month)
            if number is not None:
                found[month] = Value(number, _evidence(feed, month))
        return found

    def _number(self, feed: Feed, month: Month) -> float | None:
        key = feed.goal.customer.key
        seen = self._seen.get(key)
        if seen is None or seen > month.end:
            return None
        if feed.kind == FeedKind.SET:
            done = self._sets[feed.behaviour_set_id].get(key)
            return float(done is not None and done <= month.end)
        above = self._terms[_above(feed)].get((key, month))
        if feed.kind == FeedKind.RATIO:
            below = self._terms[_below(feed)].get((key, month))
            return (above or 0.0) / below if below else None
        return above if feed.kind == FeedKind.MAX else above or 0.0

    def _counted(
        self, counter: Counter, fed: Sequence[Feed]
    ) -> dict[Term, dict[tuple[str, Month], float]]:
        wanted: dict[Term, set[str]] = defaultdict(set)
        for feed in fed:
            for term in _terms(feed):
                wanted[term].add(feed.goal.customer.key)
        return {
            term: counter.per_month(term, customers=keys, since=self._since, until=self._until)
            for term, keys in wanted.items()
        }

    def _completed(
        self, counter: Counter, fed: Sequence[Feed]
    ) -> dict[int | None, dict[str, datetime]]:
        wanted: dict[int | None, tuple[Feed, set[str]]] = {}
        for feed in fed:
            if feed.kind == FeedKind.SET:
                keys = wanted.setdefault(feed.behaviour_set_id, (feed, set()))[1]
                keys.add(feed.goal.customer.key)
        found = {}
        for pk, (feed, keys) in wanted.items():
            assert feed.behaviour_set is not None, "a set is fed by a set"
            found[pk] = counter.completed(feed.behaviour_set, customers=keys, until=self._until)
        return found


def _terms(feed: Feed) -> list[Term]:
    if feed.kind == FeedKind.SET:
        return []
    return [_above(feed), _below(feed)] if feed.kind == FeedKind.RATIO else [_above(feed)]


def _above(feed: Feed) -> Term:
    how = "max" if feed.kind == FeedKind.MAX else "sum"
    return Term(feed.event, feed.property, how) if feed.property else Term(feed.event)


def _below(feed: Feed) -> Term:
    return (
        Term(feed.over_event, feed.over_property, "sum")
        if feed.over_property
        else Term(feed.over_event)
    )


def _evidence(feed: Feed, month: Month) -> str:
    said = words(feed)
    first, last = month.first_day, month.last_day
    if feed.kind == FeedKind.SET:
        return f"Usage: {said}, by {last:%-d %B %Y} (1 = yes)"
    return f"Usage: {said}, from {first:%-d} to {last:%-d %B %Y}"
