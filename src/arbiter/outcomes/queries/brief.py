"""Goals in brief: the few columns that reads of many customers need, as plain tuples.

A model instance costs five times as much, and forecasts of ten thousand contracts read a hundred thousand
rows. `past` reads them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


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
    recorded_at: datetime
    retired_at: datetime | None


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
    recorded_at: datetime


class Measured(NamedTuple):
    """A result of a measure."""

    goal_id: int
    measure: str
    at: datetime
    value: Decimal
    provenance: str
    recorded_at: datetime


class Judge(NamedTuple):
    """The contact who gave a verdict."""

    pk: int
    name: str
    role: str
    title: str
    left_on: date | None


class Judged(NamedTuple):
    """A contact's verdict that counts."""

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
    recorded_at: datetime

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
    """When a contact was told, saw, agreed or disputed."""

    pk: int
    goal_id: int
    contact_id: int
    state: str
    at: datetime
    contact_left_on: date | None
    recorded_at: datetime
