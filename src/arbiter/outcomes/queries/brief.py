"""Goals in brief: the few columns that reads of many customers need, as plain tuples.

A model instance costs five times as much, and forecasts of ten thousand contracts read a hundred thousand
rows. Each function is one query; `standing` is the set of goals it reads for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from arbiter.outcomes.models import Awareness, Goal, Result, Revision, Verdict
from arbiter.outcomes.queries import known


class Stated(NamedTuple):
    """A goal as it was stated."""

    pk: int
    key: str
    customer_id: int
    statement: str
    whose_words: str
    category: str
    stated_by_id: int | None
    stated_by_name: str | None
    at: datetime
    priority: int | None
    stage: str
    customer_stage: str


class Agreed(NamedTuple):
    """The revision that stood."""

    pk: int
    goal_id: int
    at: datetime
    measure: str
    unit: str
    direction: str
    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None
    agreed_by_id: int | None
    guard_measure: str
    guard_limit: Decimal | None
    money_per_unit: Decimal | None
    currency: str
    stage: str


class Measured(NamedTuple):
    """The newest result of a measure."""

    goal_id: int
    measure: str
    at: datetime
    value: Decimal
    provenance: str


class Judge(NamedTuple):
    """The contact who gave a verdict."""

    pk: int
    name: str
    role: str
    title: str
    left_on: date | None


class Judged(NamedTuple):
    """A contact's newest verdict that counts."""

    pk: int
    goal_id: int
    at: datetime
    verdict: str
    helped: str
    comment: str
    on_behalf_by_id: int | None
    contact_id: int
    contact_name: str
    contact_role: str
    contact_title: str
    contact_left_on: date | None

    @property
    def contact(self) -> Judge:
        """Who gave it."""
        return Judge(
            self.contact_id,
            self.contact_name,
            self.contact_role,
            self.contact_title,
            self.contact_left_on,
        )


class Told(NamedTuple):
    """When a contact was last told, saw, agreed or disputed."""

    goal_id: int
    contact_id: int
    state: str
    at: datetime
    contact_left_on: date | None


def stated(standing: QuerySet[Goal]) -> list[Stated]:
    """The goals themselves."""
    columns = (*Stated._fields[:7], "stated_by__name", *Stated._fields[8:11], "customer__stage")
    return [Stated._make(row) for row in standing.order_by("pk").values_list(*columns)]


def agreed(standing: QuerySet[Goal], *, as_of: datetime) -> dict[int, Agreed]:
    """The revision that stood for each goal."""
    rows = known.by(Revision.objects.filter(goal__in=standing.values("pk")), as_of)
    found = known.newest(rows, "goal_id").values_list(*Agreed._fields)
    return {row[1]: Agreed._make(row) for row in found}


def measured(standing: QuerySet[Goal], *, as_of: datetime) -> dict[int, dict[str, Measured]]:
    """The newest result of each measure of each goal; "" is the goal's own."""
    rows = known.by(Result.objects.filter(goal__in=standing.values("pk")), as_of)
    found: dict[int, dict[str, Measured]] = defaultdict(dict)
    for row in known.newest(rows, "goal_id", "measure").values_list(*Measured._fields):
        found[row[0]][row[1]] = Measured._make(row)
    return found


def values(goal_ids: Collection[int], *, as_of: datetime) -> dict[int, dict[datetime, Decimal]]:
    """Every value of some goals' own measures by its moment, the oldest first; a correction replaces."""
    rows = known.by(Result.objects.filter(goal__in=goal_ids, measure=""), as_of)
    found: dict[int, dict[datetime, Decimal]] = defaultdict(dict)
    ordered = rows.order_by("at", "recorded_at", "pk")
    for goal, at, value in ordered.values_list("goal_id", "at", "value"):
        found[goal][at] = value
    return found


def judged(standing: QuerySet[Goal], *, as_of: datetime) -> dict[int, list[Judged]]:
    """Each contact's newest verdict that counts on each goal, the newest first."""
    rows = Verdict.objects.filter(goal__in=standing.values("pk"), flagged=False)
    of_contact = ("contact__name", "contact__role", "contact__title", "contact__left_on")
    newest = known.newest(known.by(rows, as_of), "goal_id", "contact_id")
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in newest.order_by("-at", "-pk").values_list(*Judged._fields[:8], *of_contact):
        found[row[1]].append(Judged._make(row))
    return found


def told(standing: QuerySet[Goal], *, as_of: datetime) -> dict[int, list[Told]]:
    """What each contact was last told, saw, agreed and disputed of each goal, the oldest first."""
    rows = known.by(Awareness.objects.filter(goal__in=standing.values("pk")), as_of)
    newest = known.newest(rows, "goal_id", "contact_id", "state").order_by("at", "pk")
    found: dict[int, list[Told]] = defaultdict(list)
    for row in newest.values_list(*Told._fields[:4], "contact__left_on"):
        found[row[0]].append(Told._make(row))
    return found
