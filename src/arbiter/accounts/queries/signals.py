"""The newest dated numbers about customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from arbiter.accounts.models import Customer, Signal


class Dated(NamedTuple):
    """One dated number."""

    at: datetime
    recorded_at: datetime
    value: float


@dataclass(frozen=True)
class Past:
    """Dated numbers by customer and name, each the oldest first, from which any moment can be told."""

    numbers: Mapping[int, Mapping[str, list[Dated]]]

    def fresh(self, customer_id: int, *, as_of: datetime, days: int) -> dict[str, float]:
        """The newest number of each name known at a moment, where it is not older than so many days."""
        oldest = as_of - timedelta(days=days)
        found = {}
        for name, told in self.numbers.get(customer_id, {}).items():
            newest = _newest(told, as_of)
            if newest is not None and newest.at >= oldest:
                found[name] = newest.value
        return found


def past_of(
    customer_ids: Collection[int], *, names: Collection[str], until: datetime, whole: bool
) -> Past:
    """Read the dated numbers of some thousand customers: one query.

    Args:
        customer_ids: whose numbers.
        names: which numbers.
        until: only what was true and recorded by then.
        whole: every number, from which any moment up to `until` can be told, or only the newest of each name.
    """
    found = _known(until).filter(customer__in=customer_ids, name__in=names)
    found = found.order_by("at", "recorded_at", "pk") if whole else _newest_of_each(found)
    numbers: dict[int, dict[str, list[Dated]]] = defaultdict(lambda: defaultdict(list))
    for customer_id, name, *told in found.values_list("customer_id", "name", *Dated._fields):
        numbers[customer_id][name].append(Dated._make(told))
    return Past(numbers)


def before(
    moments: Sequence[datetime], *, names: Collection[str], days: int
) -> Iterator[tuple[int, str, datetime, datetime, float]]:
    """Every number of some names that was true in so many days before any of some moments: one query, streamed.

    Returns:
        Whose it is, its name, when it was true, when we learnt it, and the number; in no order.
    """
    reach = timedelta(days=days)
    near = reduce(or_, (Q(at__gt=moment - reach, at__lte=moment) for moment in moments))
    found = Signal.objects.filter(near, name__in=names, recorded_at__lte=max(moments)).order_by()
    columns = ("customer_id", "name", *Dated._fields)
    return found.values_list(*columns).iterator(chunk_size=10_000)


def names_in_use(as_of: datetime, *, but: Collection[str], most: int) -> list[str]:
    """The names of the numbers on file at a moment but some, those on file most often, by name."""
    used = (
        _known(as_of)
        .exclude(name__in=but)
        .values("name")
        .annotate(times=Count("pk"))
        .order_by("-times", "name")
    )
    return sorted(used.values_list("name", flat=True)[:most])


def latest(
    customer_ids: Collection[int], *, names: Collection[str] | None = None, as_of: datetime
) -> dict[tuple[int, str], Signal]:
    """The newest signal of each name for each of many customers, in one query; all names unless some are given."""
    signals = _known(as_of).filter(customer__in=customer_ids)
    if names is not None:
        signals = signals.filter(name__in=names)
    return {(signal.customer_id, signal.name): signal for signal in _newest_of_each(signals)}


def history(customer: Customer, name: str, *, as_of: datetime) -> QuerySet[Signal]:
    """One signal of a customer over time, the oldest first."""
    return _known(as_of).filter(customer=customer, name=name).order_by("at", "pk")


def told_of(customer: OuterRef, *, name: str, as_of: datetime) -> QuerySet[Signal]:
    """One number of the customer that an outer query is at, the newest first."""
    return _known(as_of).filter(customer=customer, name=name).order_by("-at", "-pk")


def _known(as_of: datetime) -> QuerySet[Signal]:
    return Signal.objects.filter(at__lte=as_of, recorded_at__lte=as_of)


def _newest_of_each(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    newest_first = Window(
        RowNumber(),
        partition_by=[F("customer_id"), F("name")],
        order_by=[F("at").desc(), F("recorded_at").desc(), F("pk").desc()],
    )
    return signals.annotate(place=newest_first).filter(place=1)


def _newest(told: list[Dated], as_of: datetime) -> Dated | None:
    for each in reversed(told):
        if each.at <= as_of and each.recorded_at <= as_of:
            return each
    return None
