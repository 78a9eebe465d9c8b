"""What was known at a moment, and the newest of it: the two questions every read here begins with."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar, cast

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

Noun = TypeVar("Noun", bound=Model)


def by(rows: QuerySet[Noun], as_of: datetime) -> QuerySet[Noun]:
    """Keep the rows that were true and recorded by a moment."""
    return rows.filter(at__lte=as_of, recorded_at__lte=as_of)


def newest(rows: QuerySet[Noun], *per: str) -> QuerySet[Noun]:
    """Keep the newest row for each value of some columns, by one pass of the database."""
    place = Window(
        RowNumber(),
        partition_by=[F(column) for column in per],
        order_by=[F("at").desc(), F("recorded_at").desc(), F("pk").desc()],
    )
    return cast("QuerySet[Noun]", rows.annotate(place=place).filter(place=1))
