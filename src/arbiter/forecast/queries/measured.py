"""What the company's measures need of us: beliefs, seals, losses and stored forecasts, at many moments at once.

Each is asked with the moments and the ids of all customers in order, and gives one table per moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.accounts.rules import day
from arbiter.forecast import rules
from arbiter.forecast.models import Belief, FrozenFile
from arbiter.forecast.queries import beliefs, forecasts, histories, open_contracts
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.surprises import files, ledger, losses
from arbiter.metrics.picture.columns import Table, day_number
from arbiter.voice.queries import answers

Places = NDArray[np.int64]


def believed(moments: Sequence[datetime], ids: Places) -> list[Table]:
    """The newest belief about each contract that was said and known by each moment: one query.

    Columns: `term`, the contract, and `probability`.
    """
    rows = Belief.objects.filter(at__lte=moments[-1], recorded_at__lte=moments[-1])
    told = list(
        rows.order_by("at", "pk").values_list(
            "contract_id", "contract__customer_id", "at", "recorded_at", "probability"
        )
    )
    found = []
    for moment in moments:
        newest = {
            contract: (contract, customer, float(probability))
            for contract, customer, at, recorded_at, probability in told
            if at <= moment and recorded_at <= moment
        }
        found.append(_table(ids, newest.values(), probability=float))
    return found


def sealed(moments: Sequence[datetime], ids: Places) -> list[Table]:
    """The open contracts with an answer that waited to be read at each moment; `term` names the contract.

    One query where nobody has answered here, else some small ones for each moment.
    """
    live = _live_answers(moments[-1])
    return [_table(ids, _sealed(moment, live)) for moment in moments]


def lost(moments: Sequence[datetime], ids: Places) -> list[Table]:
    """Every loss known by each moment, and what it was to us.

    Columns: `term`, `lost_on` as a day's number, and `kind`, one of `arbiter.science.surprise.Loss`.
    """
    everything = losses.everything(moments[-1])
    on_file = files.known_of(everything, at=moments[-1])
    return [_table(ids, _lost(moment, on_file), **_LOST) for moment in moments]


def forecast(moments: Sequence[datetime], ids: Places) -> list[Table]:
    """The renewals decided by each moment of which a forecast was stored ninety days before anybody was told.

    Columns: `term`, `due_on` as a day's number, the `probability` that was stored, and whether it `renewed`.
    """
    decided = histories.decided(moments[-1])
    stored = forecasts.chances_until({each.contract.id: each.in_time for each in decided})
    told = [each for each in decided if each.contract.id in stored]
    return [
        _table(
            ids,
            (
                (
                    each.contract.id,
                    each.contract.customer_id,
                    day_number(each.due_on),
                    stored[each.contract.id],
                    each.renewed,
                )
                for each in told
                if each.is_past(as_of=moment)
            ),
            due_on=np.int64,
            probability=float,
            renewed=bool,
        )
        for moment in moments
    ]


@dataclass(frozen=True, slots=True)
class _Live:
    """An answer about continuing that came in here and counts."""

    answer_id: int
    at: datetime
    recorded_at: datetime


def _live_answers(until: datetime) -> dict[int, list[_Live]]:
    given = answers.known(until).filter(kind="intent", flagged=False, import_id=None)
    found: dict[int, list[_Live]] = defaultdict(list)
    rows = given.values_list("contact__customer_id", "pk", "at", "recorded_at")
    for customer, answer_id, at, recorded_at in rows:
        found[customer].append(_Live(answer_id, at, recorded_at))
    return dict(found)


def _sealed(moment: datetime, live: dict[int, list[_Live]]) -> Iterable[tuple[int, int]]:
    heard = {
        customer: [each for each in given if each.at <= moment and each.recorded_at <= moment]
        for customer, given in live.items()
    }
    asked = Ids(customer for customer, given in heard.items() if given)
    running = open_contracts.at(moment, customer_ids=asked) if asked else []
    contracts = Ids(contract.id for contract in running)
    told = beliefs.latest(contracts, as_of=moment) if contracts else {}
    opened = beliefs.opened(contracts, as_of=moment) if contracts else {}
    for contract in running:
        of_term = {
            each.answer_id
            for each in heard[contract.customer_id]
            if day(each.at) >= contract.starts_on
        }
        if rules.is_sealed(
            live_answers=of_term,
            opened=opened.get(contract.id, ()),
            believed=contract.id in told,
        ):
            yield contract.id, contract.customer_id


_LOST: dict[str, Any] = {"lost_on": np.int64, "kind": np.dtypes.StringDType()}


def _lost(moment: datetime, on_file: Mapping[int, FrozenFile]) -> Iterable[tuple[Any, ...]]:
    for line in ledger.judged(losses.everything(moment), on_file, as_of=moment):
        lost = line.lost
        yield lost.contract_id, lost.customer_id, day_number(lost.lost_on), str(line.kind)


def _table(ids: Places, rows: Iterable[tuple[Any, ...]], **shape: Any) -> Table:
    """Rows of contract, customer and the columns of the shape; `term` holds the contract."""
    columns = list(zip(*rows, strict=True)) or [()] * (2 + len(shape))
    told = {
        name: np.array(values, dtype=kind)
        for (name, kind), values in zip(shape.items(), columns[2:], strict=True)
    }
    return Table(
        np.searchsorted(ids, np.array(columns[1], dtype=np.int64)),
        {"term": np.array(columns[0], dtype=np.int64), **told},
    )
