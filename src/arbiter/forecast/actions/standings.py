"""Where customers stand is written anew: after a fact, and whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction
from django.db.models import Max

from arbiter.accounts.queries import customers
from arbiter.forecast.actions import anchors, forecasts
from arbiter.forecast.models import Anchor, Edition, Outlook, StaleCustomer, Standing
from arbiter.forecast.queries import learnings, read_model, snapshot
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.snapshot import batched
from arbiter.foundation import bulk, garbage

_deferred: ContextVar[bool] = ContextVar("deferred", default=False)


@contextmanager
def deferred() -> Iterator[None]:
    """Only mark customers as stale while this lasts; a job writes their standings soon after."""
    token = _deferred.set(True)
    try:
        yield
    finally:
        _deferred.reset(token)


def is_deferred() -> bool:
    """Say whether standings are written later, not with the fact."""
    return _deferred.get()


def refresh(customer_ids: Collection[int], *, as_of: datetime) -> None:
    """Write where customers and their contracts stand, with the anchor that counts. Silent: derived."""
    anchor = anchors.in_force(as_of=as_of)
    for ids in batched(Ids(sorted(set(customer_ids))), snapshot.CHUNK):
        _write(ids, anchor=anchor, as_of=as_of)


def rebuild(*, as_of: datetime) -> int:
    """Write where everybody stands, in chunks, so that memory stays bounded. Return how many customers."""
    everybody = list(customers.everybody().order_by("pk").values_list("pk", flat=True))
    refresh(everybody, as_of=as_of)
    return len(everybody)


def refresh_stale(*, as_of: datetime, most: int | None = None) -> int:
    """Write where the customers stand that were marked; return how many there were.

    Args:
        as_of: the moment of the look; a customer that was looked at later keeps the later one, for a fact
            may be told of the past.
        most: leave everything to the job when more customers than this are marked.
    """
    if most is None and StaleCustomer.objects.exists():
        _anchor_if_grown(as_of)
    marked = Ids(StaleCustomer.objects.order_by("pk").values_list("pk", flat=True))
    if most is not None and len(marked) > most:
        return 0
    for ids in batched(marked, snapshot.CHUNK):
        refresh(ids, as_of=_latest_look(ids, as_of))
    return len(marked)


def mark(customer_ids: Collection[int], *, since: datetime) -> None:
    """Note, with the fact, that these customers' standings must be written anew. Marked twice is marked."""
    ids = sorted(set(customer_ids))
    moment = connection.ops.adapt_datetimefield_value(since)
    bulk.insert_missing(StaleCustomer, {"customer_id": ids, "since": [moment] * len(ids)})


def mark_everybody(*, since: datetime) -> None:
    """Note that every standing must be written anew."""
    mark(list(customers.everybody().values_list("pk", flat=True)), since=since)


@transaction.atomic
@garbage.kept()
def _write(customer_ids: Collection[int], *, anchor: Anchor, as_of: datetime) -> None:
    # The marks go first: a fact that comes in meanwhile marks the customer again.
    StaleCustomer.objects.filter(pk__in=customer_ids).delete()
    names = learnings.signal_names(learnings.model_of(anchor))
    found = read_model.gather(customer_ids, as_of=as_of, signal_names=names)
    known = [snapshot.known(contract, found.snapshot) for contract in found.open]
    made = forecasts.store(found.open, known, anchor=anchor, as_of=as_of)
    outlooks = read_model.outlooks(found, made)
    gone = Outlook.objects.filter(customer__in=customer_ids)
    gone.exclude(contract__in=Ids(row.contract_id for row in outlooks)).delete()
    _upsert(Outlook, outlooks)
    _upsert(Standing, read_model.standings(found, made))
    Edition.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


def _upsert(noun: type[models.Model], rows: list[Any]) -> None:
    fields = [field.name for field in noun._meta.concrete_fields if not field.primary_key]
    key = noun._meta.pk
    assert key is not None
    noun._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[key.name], update_fields=fields
    )


def _latest_look(customer_ids: Collection[int], as_of: datetime) -> datetime:
    looked = Standing.objects.filter(pk__in=customer_ids).aggregate(at=Max("as_of"))["at"]
    return as_of if looked is None else max(looked, as_of)


def _anchor_if_grown(as_of: datetime) -> None:
    anchor = anchors.in_force(as_of=as_of)
    if not learnings.has_outgrown(anchor, as_of=as_of):
        return
    if anchors.set_anew(as_of=as_of) != anchor:
        mark_everybody(since=as_of)
