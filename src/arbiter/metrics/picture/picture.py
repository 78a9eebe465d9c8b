"""What was known at one moment, of all customers or of some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

import numpy as np

from arbiter.metrics.picture import terms as told_by_terms
from arbiter.metrics.picture.columns import NEVER, Column, Mask, Table, day_number, moment_number
from arbiter.metrics.picture.terms import Standing, State
from arbiter.metrics.picture.words import SEALS
from arbiter.metrics.rules import BusinessModel


@dataclass(frozen=True)
class Apart:
    """Money that is not in a sum since nobody knows what it is worth in the company's currency."""

    currency: str
    contracts: int
    amount: float


@dataclass(frozen=True)
class Picture:
    """What was known at the end of a day, in columns. Tables and columns are in the order of `ids`.

    Amounts are in `currency`, at the rates of that day for all days alike, so that no move of a rate looks
    like growth. `told` holds what customers said and what was measured, one column per question.
    `more` holds what parts above have added.
    """

    as_of: datetime
    today: date
    currency: str
    business_model: BusinessModel
    ids: Column
    segment: Column
    since: Column
    archived: Mask
    terms: Table
    answers: Table
    asks: Table
    milestones: Table
    conversations: Table
    achieved: Table
    told: Mapping[str, Column]
    more: Mapping[str, Table] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def day(self) -> int:
        """The day's number."""
        return day_number(self.today)

    @cached_property
    def moment(self) -> int:
        """The moment's number."""
        return moment_number(self.as_of)

    @cached_property
    def now(self) -> Standing:
        """Where each customer stands on the day."""
        return self.on(self.today)

    def on(self, day: date) -> Standing:
        """Where each customer stood on an earlier day, by what is known now."""
        return told_by_terms.standing(self.terms, day_number(day), len(self))

    @cached_property
    def current(self) -> Mask:
        """Who is looked after: customers by their contracts, and those of whom none is on file."""
        has_terms = np.bincount(self.terms.customer, minlength=len(self)) > 0
        by_terms = (self.now.state == State.CUSTOMER) | (self.now.state == State.UNKNOWN)
        # Without a contract and without a first day, somebody is a customer since they are on file.
        told = (self.since <= self.day) | (self.since == NEVER)
        return np.asarray(~self.archived & np.where(has_terms, by_terms, told))

    @cached_property
    def open_terms(self) -> Table:
        """Terms that run on the day and of which no decision is known."""
        terms = self.terms
        runs = (terms["start"] <= self.day) & (terms["end"] >= self.day) & ~terms["known"]
        return terms.where(runs & ~self.archived[terms.customer])

    @cached_property
    def sealed_terms(self) -> Mask:
        """Which of the open terms have an answer that waits to be read."""
        seals = self.more.get(SEALS)
        if seals is None:
            return np.zeros(len(self.open_terms), bool)
        return np.isin(self.open_terms["pk"], seals["term"])

    @cached_property
    def sealed(self) -> Mask:
        """Whose answer waits to be read."""
        waiting = self.open_terms.customer[self.sealed_terms]
        return np.asarray(np.bincount(waiting, minlength=len(self)) > 0)

    @cached_property
    def has_open_term(self) -> Mask:
        """Whose continuing is in question."""
        return np.asarray(np.bincount(self.open_terms.customer, minlength=len(self)) > 0)

    @cached_property
    def began(self) -> Column:
        """The day each customer began: as told, else the first day of its first term; NEVER for neither."""
        return np.where(self.since == NEVER, self.first_term, self.since)

    @cached_property
    def first_term(self) -> Column:
        """The first day of each customer's first term on file; NEVER without one."""
        first = np.full(len(self), NEVER)
        np.minimum.at(first, self.terms.customer, self.terms["start"])
        return first

    @cached_property
    def lost_on(self) -> Column:
        """The day after the last term of those that are lost; NEVER for the others."""
        return told_by_terms.lost_on(self.terms, self.day, len(self))

    def apart(self, terms: Table) -> tuple[Apart, ...]:
        """The money of some terms that has no rate, by currency."""
        without = terms.where(np.isnan(terms["amount"]) & ~np.isnan(terms["arr"]))
        found = []
        for currency in np.unique(without["currency"]).tolist():
            rows = without.where(without["currency"] == currency)
            found.append(Apart(str(currency), len(rows), float(rows["arr"].sum())))
        return tuple(found)

    def of(self, kept: Mask) -> Picture:
        """The same of some customers alone."""
        return Picture(
            as_of=self.as_of,
            today=self.today,
            currency=self.currency,
            business_model=self.business_model,
            ids=self.ids[kept],
            segment=self.segment[kept],
            since=self.since[kept],
            archived=self.archived[kept],
            terms=self.terms.of(kept),
            answers=self.answers.of(kept),
            asks=self.asks.of(kept),
            milestones=self.milestones.of(kept),
            conversations=self.conversations.of(kept),
            achieved=self.achieved.of(kept),
            told={name: column[kept] for name, column in self.told.items()},
            more={name: table.of(kept) for name, table in self.more.items()},
        )
