"""Computes every measure of every scope from pictures of the company. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from arbiter.accounts.rules import day
from arbiter.metrics import catalogue
from arbiter.metrics.measures.measure import Found, Measure
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.queries import gathering
from arbiter.metrics.queries.gathering import Tick
from arbiter.metrics.rules import EVERYBODY, end_of, in_order, month_ends, scope_of


@dataclass(frozen=True)
class Measured:
    """A measure of some customers as it was known at a moment."""

    measure: Measure
    as_of: datetime
    scope: str
    found: Found

    def as_json(self) -> dict[str, Any]:
        """The object of `arbiter metrics --json`."""
        told, measure = self.found.estimate, self.measure
        return {
            "name": measure.name,
            "title": measure.title,
            "as_of": self.as_of.isoformat(),
            "value": told.value,
            "low": told.low,
            "high": told.high,
            "n": told.n,
            "effective_n": told.effective_n,
            "count": self.found.count,
            "kind": measure.kind,
            "unit": measure.unit,
            "currency": self.found.currency or None,
            "base": measure.base,
            "formula": measure.formula,
            "timing": measure.timing,
            "side": measure.side,
            "group": measure.group,
            "note": told.note,
            "method": measure.method,
            "details": self.found.details,
        }


def moments(as_of: datetime, *, months: int | None) -> list[datetime]:
    """The moment itself, or the ends of the last so many months up to it."""
    if months is None:
        return [as_of]
    return [end_of(each) for each in month_ends(day(as_of), months)]


def at(
    moments: Sequence[datetime], *, segments: bool = False, tick: Tick = gathering.silent
) -> Iterator[Measured]:
    """Compute all measures at some moments, from one reading of everything.

    Args:
        moments: in order.
        segments: whether each segment is measured too, or everybody alone.
        tick: hears of each step in words.
    """
    read = gathering.on_file(moments, tick=tick)
    for place in range(len(moments)):
        yield from of(read.picture(place), segments=segments)


def of(picture: Picture, *, segments: bool) -> Iterator[Measured]:
    """Compute all measures that fit the business, of everybody and of each segment."""
    fitting = [each for each in catalogue.everything() if each.fits(picture.business_model)]
    for scope, some in scoped(picture) if segments else [(EVERYBODY, picture)]:
        for measure in fitting:
            yield Measured(measure, picture.as_of, scope, measure.compute(some))


def scoped(picture: Picture) -> Iterator[tuple[str, Picture]]:
    """Everybody, and each segment by itself; one segment for all is not told again."""
    yield EVERYBODY, picture
    names, place = np.unique(picture.segment, return_inverse=True)
    if len(names) < 2:
        return
    by_scope = {scope_of(name): number for number, name in enumerate(names.tolist())}
    for scope in in_order(by_scope):
        yield scope, picture.of(place == by_scope[scope])
