"""Reads the whole company: a fixed number of queries for its rows, and some for each few thousand customers.

What customers said about goals and about continuing is judged by the very code that the pages use, for as
many moments as are asked for at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np

from arbiter.accounts.queries import customers, orders, terms
from arbiter.accounts.queries.orders import Order
from arbiter.accounts.rules import day
from arbiter.engagement.queries import conversations
from arbiter.metrics import catalogue
from arbiter.metrics.picture import columns as col
from arbiter.metrics.picture.columns import NEVER, Column, Table
from arbiter.metrics.picture.on_file import OnFile, known
from arbiter.metrics.picture.terms import followed_from, followers
from arbiter.metrics.picture.words import FIRST_VALUE, LATELY
from arbiter.metrics.queries import presets, rates, telling, using
from arbiter.metrics.rules import BusinessModel
from arbiter.outcomes.queries import paths
from arbiter.usage.queries import orders as in_the_log
from arbiter.voice.queries import surveyed

SURVEYS = ("nps", "csat", "ces")
VERDICT = "verdict"

Tick = Callable[[str], None]


def silent(step: str) -> None:
    """Tell nobody how far the reading is."""


def on_file(moments: Sequence[datetime], *, tick: Tick = silent) -> OnFile:
    """Read everything that is needed to measure the company as it was known at some moments.

    Args:
        moments: in order, the last one the latest.
        tick: hears of each step in words.
    """
    until = moments[-1]
    rows = customers.everybody().order_by("pk")
    shape: Any = {
        "id": (int, np.int64),
        "segment": (str, np.dtypes.StringDType()),
        "since": (col.day_number, np.int64),
        "archived_at": (col.moment_number, np.int64),
    }
    found = col.columns(
        rows.values_list("pk", "segment", "since", "archived_at").iterator(chunk_size=10_000), shape
    )
    ids = found["id"]
    table = rates.table()
    models = tuple(presets.current(moment) for moment in moments)
    read = OnFile(
        currency=table.into,
        moments=tuple(moments),
        business_models=models,
        worth=tuple(table.on(day(moment)) for moment in moments),
        ids=ids,
        segment=found["segment"],
        since=found["since"],
        archived_at=found["archived_at"],
        terms=_terms(ids),
        answers=_answers(ids, until),
        asks=_asks(ids, until),
        milestones=_milestones(ids),
        conversations=_conversations(ids, until),
        achieved=_nothing("at", "recorded"),
        more=_more(ids, moments, models),
    )
    return telling.with_what_was_told(read, tick=tick)


def steps(customers_on_file: int) -> int:
    """How many times a reading ticks."""
    return telling.chunks(customers_on_file)


def _more(
    ids: Column, moments: Sequence[datetime], models: Sequence[BusinessModel]
) -> list[dict[str, Table]]:
    """What only some measures ask for: usage, orders where there are no contracts, and what parts above read."""
    ordered = _ordered(ids, moments[-1]) if BusinessModel.ORDERS in models else None
    first_value = using.first_value(ids)
    found: list[dict[str, Table]] = [
        {
            "orders": known(ordered, col.moment_number(moment))
            if ordered
            else _nothing("at", "amount"),
            LATELY: lately,
            FIRST_VALUE: first_value,
        }
        for moment, lately in zip(moments, using.lately(ids, moments), strict=True)
    ]
    for name, source in catalogue.sources().items():
        for tables, table in zip(found, source(moments, ids), strict=True):
            tables[name] = table
    return found


def _ordered(ids: Column, until: datetime) -> Table:
    """Orders that are on file as dated numbers, and those that came as usage events."""
    shape: Any = {
        "customer": (int, np.int64),
        "at": (col.moment_number, np.int64),
        "recorded": (col.moment_number, np.int64),
        "amount": (float, np.float64),
    }
    return _table(
        ids, col.columns(chain(orders.everything(until), _orders_in_the_log(until)), shape)
    )


def _orders_in_the_log(until: datetime) -> Iterator[Order]:
    chosen = presets.chosen(until)
    place = {key: pk for pk, key in terms.customer_keys().items()}
    happened = in_the_log.everything(
        event=chosen.order_event, amount_property=chosen.order_amount, until=until
    )
    for key, at, recorded_at, amount in happened:
        if key in place:
            yield Order(place[key], at, recorded_at, amount)


def _nothing(*names: str) -> Table:
    return Table(np.array([], dtype=np.int64), {name: np.array([]) for name in names})


def _terms(ids: Column) -> Table:
    text = np.dtypes.StringDType()
    shape: Any = {
        "pk": (int, np.int64),
        "customer": (int, np.int64),
        "start": (col.day_number, np.int64),
        "end": (col.day_number, np.int64),
        "arr": (_amount, np.float64),
        "currency": (str, text),
        "product": (str, text),
        "decision": (_word, text),
        "decided": (lambda on: -NEVER if on is None else col.day_number(on), np.int64),
        "recorded": (col.moment_number, np.int64),
        "new_arr": (_amount, np.float64),
        "cause": (_word, text),
        "avoidable": (lambda flag: -1 if flag is None else int(flag), np.int8),
        "seats": (lambda seats: seats or 0, np.int64),
    }
    read = col.columns(terms.everything(), shape)
    customer = np.searchsorted(ids, read.pop("customer"))
    decision, arr = read.pop("decision"), read["arr"]
    product = _numbered(read.pop("product"))
    # A renewal whose new amount nobody told went on as before; of a contraction that would be wrong.
    same = np.isnan(read["new_arr"]) & (decision != "contracted")
    follower = followers(customer, read["start"], read["end"], product)
    return Table(
        customer,
        {
            **read,
            "new_arr": np.where(same, arr, read["new_arr"]),
            "churns": decision == "churned",
            # Told as a distance, which holds among any choice of whole customers.
            "ahead": np.where(follower < 0, 0, follower - np.arange(len(follower))),
            "followed": followed_from(follower, read["start"]),
        },
    )


def _answers(ids: Column, until: datetime) -> Table:
    shape: Any = {
        "customer": (int, np.int64),
        "contact": (int, np.int64),
        "kind": (str, np.dtypes.StringDType()),
        "value": (_score, np.float64),
        "scale": (str, np.dtypes.StringDType()),
        "at": (col.moment_number, np.int64),
        "recorded": (col.moment_number, np.int64),
    }
    return _table(ids, col.columns(surveyed.answered(SURVEYS, until=until), shape))


def _asks(ids: Column, until: datetime) -> Table:
    shape: Any = {
        "customer": (int, np.int64),
        "contact": (int, np.int64),
        "kind": (str, np.dtypes.StringDType()),
        "at": (col.moment_number, np.int64),
        "recorded": (col.moment_number, np.int64),
    }
    return _table(ids, col.columns(surveyed.asked((*SURVEYS, VERDICT), until=until), shape))


def _milestones(ids: Column) -> Table:
    shape: Any = {"customer": (int, np.int64), "done": (col.moment_number, np.int64)}
    return _table(ids, col.columns(paths.everything(), shape))


def _conversations(ids: Column, until: datetime) -> Table:
    shape: Any = {
        "customer": (int, np.int64),
        "at": (col.moment_number, np.int64),
        "recorded": (col.moment_number, np.int64),
    }
    return _table(ids, col.columns(conversations.everything(until), shape))


def _table(ids: Column, read: dict[str, Column]) -> Table:
    return Table(np.searchsorted(ids, read.pop("customer")), read)


def _numbered(words: Column) -> Column:
    """A number for each word; 0 for none."""
    names, place = np.unique(words, return_inverse=True)
    return np.where(words == "", 0, place + 1) if len(names) else np.array([], dtype=np.int64)


def _word(value: str | None) -> str:
    return value or ""


def _amount(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _score(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return float("nan")
