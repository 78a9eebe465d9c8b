"""What changed about goals in a time: disputed, or gone stale."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Max, OuterRef, Q

from arbiter.outcomes import rules
from arbiter.outcomes.models import Awareness, Goal, Judgement, Knows, Revision, Verdict
from arbiter.outcomes.queries import attainment, known

# What became known long after it was said is history that came in, and no change.
NEWS_DAYS = 7


class Dispute(NamedTuple):
    """That somebody says a goal was not reached."""

    customer_id: int
    goal_id: int
    statement: str
    name: str
    at: datetime


class WentStale(NamedTuple):
    """That a goal must be asked again; `because` is "age" or "stage"."""

    customer_id: int
    goal_id: int
    statement: str
    because: str


def disputed(since: datetime, until: datetime) -> list[Dispute]:
    """Return the goals that were disputed in a time and were not by the same person before: two queries."""
    window = Q(
        recorded_at__gt=since, recorded_at__lte=until, at__gt=since - timedelta(days=NEWS_DAYS)
    )
    about = {"goal": OuterRef("goal"), "contact": OuterRef("contact"), "recorded_at__lte": since}
    judged = Verdict.objects.filter(window, verdict=Judgement.NOT, flagged=False)
    new = judged.filter(
        ~Exists(Verdict.objects.filter(**about, verdict=Judgement.NOT, flagged=False))
    )
    told = Awareness.objects.filter(window, state=Knows.DISPUTED)
    said = told.filter(~Exists(Awareness.objects.filter(**about, state=Knows.DISPUTED)))
    columns = ("goal__customer_id", "goal_id", "goal__statement", "contact__name", "at")
    rows = [*new.values_list(*columns), *said.values_list(*columns)]
    return list({(row[1], row[3]): Dispute(*row) for row in sorted(rows, key=lambda row: row[4])}.values())  # fmt: skip


def went_stale(
    since: datetime, until: datetime, *, moved_on: Collection[int] = ()
) -> list[WentStale]:
    """Return the goals that a year went by over, and those of customers who moved on to another stage.

    Args:
        since: goals that were stale by then are no news.
        until: the moment of the look.
        moved_on: the customers whose stage changed in that time.
    """
    newest = Revision.objects.filter(goal=OuterRef("pk"), recorded_at__lte=until, at__lte=until)
    agreed = newest.order_by().values("goal").annotate(last=Max("at")).values("last")
    standing = known.by(Goal.objects.all(), until).filter(Q(retired_at=None) | Q(retired_at__gt=until))  # fmt: skip
    old = standing.filter(at__lte=until - rules.YEAR, customer__archived_at=None).annotate(
        agreed=agreed
    )
    aged = old.filter(Q(agreed=None) | Q(agreed__lte=until - rules.YEAR)).filter(
        Q(at__gt=since - rules.YEAR) | Q(agreed__gt=since - rules.YEAR)
    )
    columns = ("customer_id", "pk", "statement")
    found = [WentStale._make((*row, "age")) for row in aged.values_list(*columns)]
    if moved_on:
        for customer_id, told in attainment.of_customers(moved_on, as_of=until).items():
            found += [
                WentStale(customer_id, each.goal.pk, each.goal.statement, "stage")
                for each in told.goals
                if each.stale == "stage"
            ]
    return found
