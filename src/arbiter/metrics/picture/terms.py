"""From contracts: who was a customer on a day, who was lost, of whom nobody knows, and for how much?

A term counts from its first day to its last. After its last day it

* ends the matter if it was churned;
* is carried on, for as long again and at the new amount, if it was renewed and no term follows on file;
* is over if a term follows;
* is unknown if nobody has recorded how it was decided. Unknown is neither kept nor lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from arbiter.metrics.picture.columns import NEVER, Column, Table

Floats = NDArray[np.float64]

EARLY = 45
"""Days before the end from which a term may be the one that follows: renewals are signed early."""


class State(IntEnum):
    """What the contracts say of a customer on a day."""

    NOT_YET = 0
    LOST = 1
    UNKNOWN = 2
    CUSTOMER = 3


@dataclass(frozen=True)
class Standing:
    """Each customer on a day. `amount` is NaN where it cannot be told in the company's currency."""

    state: NDArray[np.int64]
    amount: Floats

    @property
    def is_customer(self) -> NDArray[np.bool_]:
        """Who was a customer."""
        return np.asarray(self.state == State.CUSTOMER)

    @property
    def is_lost(self) -> NDArray[np.bool_]:
        """Who was lost by then."""
        return np.asarray(self.state == State.LOST)

    @property
    def is_unknown(self) -> NDArray[np.bool_]:
        """Of whom nobody knows."""
        return np.asarray(self.state == State.UNKNOWN)


def followers(customer: Column, start: Column, end: Column, product: Column) -> Column:
    """Return the row of the term that follows each; -1 where none does.

    The first of the customer's that begins later than it did, and not long before its end. Products tell
    terms apart where both name one; of two that begin on one day, that of the same product follows.

    Args:
        customer: whose term it is, rising; within a customer the first to begin first. Shape (n,).
        start: first days. Shape (n,).
        end: last days. Shape (n,).
        product: numbers of products, 0 for none. Shape (n,).
    """
    found = np.full(len(customer), -1, dtype=np.int64)
    best = np.full(len(customer), NEVER, dtype=np.int64)
    ahead = 1
    while True:
        # Compare each term with the one so many places on, as long as anybody has so many.
        here, there = np.arange(len(customer) - ahead), np.arange(ahead, len(customer))
        together = customer[here] == customer[there]
        if not together.any():
            return found
        here, there = here[together], there[together]
        same = product[here] == product[there]
        fits = same | (product[here] == 0) | (product[there] == 0)
        # Two ranks a day: the same product goes before another that merely could be it.
        rank = 2 * start[there] + ~same
        follows = fits & (start[there] > start[here]) & (start[there] >= end[here] - EARLY)
        better = follows & (rank < best[here])
        found[here[better]], best[here[better]] = there[better], rank[better]
        ahead += 1


def followed_from(follower: Column, start: Column) -> Column:
    """Return the day from which another term follows each; NEVER where none does."""
    return np.where(follower < 0, NEVER, start[follower]) if len(start) else start


def standing(terms: Table, day: int, customers: int) -> Standing:
    """Return where each customer stood at the end of a day, by what is known.

    Args:
        terms: with start, end, followed (days), known (whether the decision is), churned, amount and
            new_amount (NaN where they cannot be told).
        day: the day's number.
        customers: how many there are.
    """
    begun, ended = terms["start"] <= day, terms["end"] < day
    over = terms["followed"] <= day
    stayed = terms["known"] & ~terms["churned"]
    running = begun & ~ended
    length = terms["end"] - terms["start"]
    carried = ended & stayed & ~over & (day <= terms["end"] + length + 1)
    gone = ended & terms["known"] & terms["churned"]
    unknown = ended & ~gone & ~over & ~carried
    state = np.zeros(customers, dtype=np.int64)
    for what, which in (
        (State.LOST, gone | (ended & over)),
        (State.UNKNOWN, unknown),
        (State.CUSTOMER, running | carried),
    ):
        state[terms.customer[which]] = what
    amount = np.where(carried, terms["new_amount"], terms["amount"])
    paying = running | carried
    total = np.bincount(terms.customer[paying], amount[paying], minlength=customers).astype(
        np.float64
    )
    # Money that goes on or not, nobody knows, makes the customer's money unknown.
    total[terms.customer[unknown]] = np.nan
    return Standing(state, total)


def lost_on(terms: Table, day: int, customers: int) -> Column:
    """Return the day after the last term of each customer that is lost by a day; NEVER for the others."""
    lost = standing(terms, day, customers).is_lost
    last = np.zeros(customers, dtype=np.int64)
    ended = terms["end"] < day
    np.maximum.at(last, terms.customer[ended], terms["end"][ended] + 1)
    return np.where(lost, last, NEVER)
