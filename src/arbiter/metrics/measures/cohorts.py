"""Customers by when they began and how old they are: do later ones stay longer?"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from arbiter.metrics.measures.measure import with_range
from arbiter.metrics.picture.columns import NEVER, Column, Mask, day_number
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.terms import EARLY
from arbiter.metrics.rules import BusinessModel, month_ends, quarter_ends
from arbiter.science.estimate import Estimate
from arbiter.science.retention import CohortRow, cohort_table

PERIODS = 12


class Cohorts:
    """Who began in which of the last periods, when they were lost, and what they paid at the end of each.

    Only those whose records reach back to their beginning: of the others nobody knows who left before.
    """

    def __init__(self, picture: Picture) -> None:
        monthly = picture.business_model == BusinessModel.MONTHLY
        self.every = "month" if monthly else "quarter"
        ends = month_ends if monthly else quarter_ends
        self.ends: list[date] = ends(picture.today, PERIODS)
        self.standings = [picture.on(end) for end in self.ends]
        numbers = np.array([day_number(end) for end in self.ends])
        first = _first_of(self.ends[0], monthly)
        began = picture.first_term
        whole = (picture.since == NEVER) | (began - picture.since <= EARLY)
        unknown = np.any([each.is_unknown for each in self.standings], axis=0)
        self.members: Mask = (
            (began >= first) & (began <= numbers[-1]) & whole & ~unknown & ~picture.now.is_unknown
        )
        self.start: Column = np.searchsorted(numbers, began[self.members])
        self.lost: Column = self._lost()

    def _lost(self) -> Column:
        """The period in which each was lost for good; NaN for never."""
        gone = np.array([each.is_lost[self.members] for each in self.standings])
        staying = ~gone
        # The period after the last one in which somebody was not yet lost.
        last = len(gone) - 1 - np.argmax(staying[::-1], axis=0)
        lost = np.where(staying.any(axis=0), last + 1, 0).astype(float)
        lost = np.maximum(lost, self.start)
        return np.where(gone[-1], lost, np.nan)

    def table(self, rows: tuple[CohortRow, ...], cells: str) -> dict[str, Any]:
        """The table as it is stored and drawn."""
        width = max((len(getattr(row, cells)) for row in rows), default=0)
        return {
            "every": self.every,
            "ages": [_age(age, self.every) for age in range(width)],
            "rows": [
                {
                    "label": _label(self.ends[row.start], self.every),
                    "n": row.n,
                    "cells": [_cell(cell) for cell in getattr(row, cells)],
                }
                for row in rows
            ],
        }


def logos(picture: Picture) -> dict[str, Any]:
    """Return the share of each cohort's customers that was not lost, by age."""
    found = Cohorts(picture)
    rows = cohort_table(found.start, found.lost, periods=len(found.ends))
    return found.table(rows, "logos")


def revenue(picture: Picture) -> dict[str, Any]:
    """Return what each cohort pays by age ÷ what it paid at the end of its first period."""
    found = Cohorts(picture)
    money = np.array([each.amount[found.members] for each in found.standings]).T
    money = money.reshape(-1, len(found.ends))
    told = ~np.isnan(money).any(axis=1)
    rows = cohort_table(
        found.start[told], found.lost[told], periods=len(found.ends), revenue=money[told]
    )
    return found.table(rows, "revenue")


def _first_of(end: date, monthly: bool) -> int:
    return day_number(date(end.year, end.month if monthly else end.month - 2, 1))


def _cell(cell: Estimate | None) -> dict[str, Any] | None:
    if cell is None or cell.value is None:
        return None
    return {**with_range(cell), "n": cell.n}


def _label(end: date, every: str) -> str:
    return f"{end:%b %Y}" if every == "month" else f"{end.year} Q{end.month // 3}"


def _age(age: int, every: str) -> str:
    if age == 0:
        return "start"
    return f"1 {every}" if age == 1 else f"{age} {every}s"
