"""Contracts from their first term to their last: how many renewals has each lived through?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arbiter.metrics.picture.columns import NEVER, Column, Mask
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.terms import EARLY


@dataclass(frozen=True)
class Chains:
    """One row per contract, however many terms it has had.

    `last` is the row of its latest term that has begun, `renewals` how often it was renewed so far, those
    before our records begin (`already`) included. `lost` tells whether it was let go, known by now.
    """

    customer: Column
    first: Column
    last: Column
    renewals: Column
    already: Column
    lost: Mask


def of(picture: Picture) -> Chains:
    """Follow each contract from the term that follows no other through those that follow it.

    Whoever was lost and came back has a contract of its own from then on.
    """
    terms = picture.terms
    size = len(terms)
    follower = _followers(picture)
    heads = np.ones(size, bool)
    heads[follower[follower >= 0]] = False
    at = np.flatnonzero(heads & (terms["start"] <= picture.day))
    first, renewals = at.copy(), np.zeros(len(at), dtype=np.int64)
    stayed = terms["known"] & ~terms["churned"]
    moving = np.ones(len(at), bool)
    while moving.any():
        after = np.where(moving, follower[at], -1)
        moving &= after >= 0
        # A term that began after another one went on from it, whether or not anybody recorded a decision.
        renewals += moving
        at = np.where(moving, after, at)
    renewals = renewals + stayed[at]
    already = _already(picture, first)
    return Chains(
        customer=terms.customer[first],
        first=first,
        last=at,
        renewals=renewals + already,
        already=already,
        lost=np.asarray((terms["known"] & terms["churned"])[at]),
    )


def _followers(picture: Picture) -> Column:
    """The row of the term that follows each and has begun; -1 for none, and where a loss lies between."""
    terms = picture.terms
    goes_on = (terms["followed"] <= picture.day) & ~(terms["known"] & terms["churned"])
    return np.where(goes_on, np.arange(len(terms)) + terms["ahead"], -1)


def _already(picture: Picture, first: Column) -> Column:
    """How many terms of the same length a customer must have had before its first one on file."""
    terms = picture.terms
    start = terms["start"][first]
    length = np.maximum(1, terms["end"][first] - start + 1)
    since = picture.since[terms.customer[first]]
    earliest = start == picture.first_term[terms.customer[first]]
    gap = np.where((since == NEVER) | ~earliest, 0, start - np.minimum(since, start))
    return np.where(gap > EARLY, np.maximum(1, np.rint(gap / length)), 0).astype(np.int64)
