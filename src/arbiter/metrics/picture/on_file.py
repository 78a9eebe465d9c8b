"""Everything that was read, from which any of the moments it was read for can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from arbiter.accounts.rules import day as utc_day
from arbiter.metrics.picture.columns import Column, Table, day_number, moment_number
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.rules import BusinessModel

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OnFile:
    """The whole company, read once. `told` has a row per moment and a column per customer."""

    currency: str
    moments: tuple[datetime, ...]
    business_models: tuple[BusinessModel, ...]
    worth: tuple[Mapping[str, Decimal], ...]
    ids: Column
    segment: Column
    since: Column
    archived_at: Column
    terms: Table
    answers: Table
    asks: Table
    milestones: Table
    conversations: Table
    achieved: Table
    told: Mapping[str, Column] = field(default_factory=dict)
    more: Sequence[Mapping[str, Table]] = ()

    def picture(self, place: int) -> Picture:
        """What was known at one of the moments."""
        as_of = self.moments[place]
        moment, today = moment_number(as_of), utc_day(as_of)
        return Picture(
            as_of=as_of,
            today=today,
            currency=self.currency,
            business_model=self.business_models[place],
            ids=self.ids,
            segment=self.segment,
            since=self.since,
            archived=self.archived_at <= moment,
            terms=known_terms(self.terms, moment, today, self.worth[place]),
            answers=known(self.answers, moment),
            asks=known(self.asks, moment),
            milestones=self.milestones,
            conversations=known(self.conversations, moment),
            achieved=known(self.achieved, moment),
            told={name: rows[place] for name, rows in self.told.items()},
            more=self.more[place] if self.more else {},
        )


def known_terms(terms: Table, moment: int, today: date, worth: Mapping[str, Decimal]) -> Table:
    """Return the terms with what was known of their decisions, and with amounts in the company's currency."""
    known = (terms["recorded"] <= moment) & (terms["decided"] <= day_number(today))
    rate = _rates(terms["currency"], worth)
    churned = known & terms["churns"]
    return terms.and_(
        known=known,
        churned=churned,
        amount=terms["arr"] * rate,
        new_amount=np.where(churned, 0.0, terms["new_arr"] * rate),
    )


def known(table: Table, moment: int) -> Table:
    """Return the rows that were true and recorded by a moment."""
    return table.where((table["at"] <= moment) & (table["recorded"] <= moment))


def _rates(currency: Column, worth: Mapping[str, Decimal]) -> Floats:
    names, place = np.unique(currency, return_inverse=True)
    each = [float(worth[name]) if name in worth else np.nan for name in names.tolist()]
    return np.asarray(each, dtype=float)[place] if each else np.array([], dtype=float)
