"""What usage tells the measures: the numbers of four weeks, and when the first value came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from arbiter.accounts.queries import signals
from arbiter.accounts.rules import day
from arbiter.metrics.picture import columns as col
from arbiter.metrics.picture.columns import Column, Table
from arbiter.usage.queries import first_values, standings

DAYS = 14
"""A count that is older says nothing of today: each is told once a week, and at the end of each month."""
_NAMES = {"users": standings.USERS, "breadth": standings.BREADTH}


def lately(ids: Column, moments: Sequence[datetime]) -> list[Table]:
    """Return for each moment the newest numbers that were true and known by then: one query for all."""
    shape: Any = {
        "customer": (int, np.int64),
        "name": (list(_NAMES.values()).index, np.int8),
        "at": (col.moment_number, np.int64),
        "recorded": (col.moment_number, np.int64),
        "value": (float, np.float64),
    }
    read = col.columns(signals.before(moments, names=_NAMES.values(), days=DAYS), shape)
    table = Table(np.searchsorted(ids, read.pop("customer")), read)
    return [_newest(table, len(ids), col.moment_number(moment)) for moment in moments]


def _newest(table: Table, customers: int, moment: int) -> Table:
    earliest = moment - DAYS * col.MICROSECONDS_A_DAY
    known = (table["at"] > earliest) & (table["at"] <= moment) & (table["recorded"] <= moment)
    rows = table.where(known)
    told = np.full((len(_NAMES), customers), np.nan)
    # What is written last stands: of each name the newest, and of one moment what was learnt last.
    order = np.lexsort((rows["recorded"], rows["at"]))
    told[rows["name"][order], rows.customer[order]] = rows["value"][order]
    places = np.flatnonzero(~np.isnan(told).all(axis=0))
    columns = {name: each[places] for name, each in zip(_NAMES, told, strict=True)}
    return Table(places.astype(np.int64), columns)


def first_value(ids: Column) -> Table:
    """Return when first value came to each customer for whom it can be told; the same for every moment.

    A completion has a day and no date of learning: it counts from the day on which it was true.
    """
    shape: Any = {"customer": (int, np.int64), "at": (col.moment_number, np.int64)}
    told = first_values.everything()
    read = col.columns(told.rows, shape)
    seen_from = col.day_number(None if told.seen_from is None else day(told.seen_from))
    since = np.full(len(read["at"]), seen_from, dtype=np.int64)
    return Table(np.searchsorted(ids, read.pop("customer")), {**read, "seen_from": since})
