"""Every question of some kinds and every answer to them in plain rows, for whoever counts the whole company."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from arbiter.voice.models import Ask
from arbiter.voice.queries import answers


class AnswerRow(NamedTuple):
    """An answer that counts. Behind its scale stands which end is good, where a survey says so: `1-7 down`."""

    customer_id: int
    contact_id: int
    kind: str
    value: str
    scale: str
    at: datetime
    recorded_at: datetime


class AskRow(NamedTuple):
    """A question that was put to somebody."""

    customer_id: int
    contact_id: int
    kind: str
    at: datetime
    recorded_at: datetime


_PATHS = {"customer_id": "contact__customer_id"}


def answered(kinds: Collection[str], *, until: datetime) -> Iterator[AnswerRow]:
    """Every unflagged answer of some kinds known at a moment, the oldest first: one query, streamed."""
    rows = answers.known(until).filter(kind__in=kinds, flagged=False).order_by("at", "pk")
    columns = [_PATHS.get(name, name) for name in AnswerRow._fields]
    directed = rows.values_list(*columns, "version__direction")
    return map(_directed, directed.iterator(chunk_size=10_000))


def _directed(values: tuple[Any, ...]) -> AnswerRow:
    *columns, direction = values
    row = AnswerRow._make(columns)
    return row._replace(scale=f"{row.scale} {direction}") if direction and row.scale else row


def asked(kinds: Collection[str], *, until: datetime) -> Iterator[AskRow]:
    """Every ask of some kinds known at a moment, the oldest first: one query, streamed."""
    rows = Ask.objects.filter(kind__in=kinds, at__lte=until, recorded_at__lte=until)
    columns = [_PATHS.get(name, name) for name in AskRow._fields]
    ordered = rows.order_by("at", "pk").values_list(*columns)
    return map(AskRow._make, ordered.iterator(chunk_size=10_000))
