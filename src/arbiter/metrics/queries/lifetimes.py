"""What each customer is still worth, computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import terms
from arbiter.metrics.measures import lifetimes
from arbiter.metrics.measures.lifetimes import DISCOUNT, Lifetimes
from arbiter.metrics.picture.columns import Table
from arbiter.metrics.picture.picture import Apart
from arbiter.metrics.queries import gathering, snapshots

if TYPE_CHECKING:
    from arbiter.metrics.queries.snapshots import Figure


@dataclass(frozen=True)
class Valued:
    """What one contract, or one buyer, is still expected to bring."""

    customer_id: str
    contract_id: str | None
    value: float
    low: float
    high: float
    alive: float


@dataclass(frozen=True)
class Worth:
    """Every value with what it rests on; where the data are thin, the sentence that says so and no rows."""

    found: Lifetimes
    rows: tuple[Valued, ...]
    left_out: tuple[Apart, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `arbiter clv --json`."""
        total = self.found.total
        return {
            "method": self.found.method,
            "horizon": self.found.horizon,
            "discount": DISCOUNT,
            "currency": self.found.currency,
            "refusal": self.found.refusal or None,
            "total": {"value": total.value, "low": total.low, "high": total.high, "n": total.n},
            "left_out": [vars(each) for each in self.left_out],
            "lifetimes": [vars(each) for each in self.rows],
        }


def at(as_of: datetime) -> Worth:
    """What each contract or buyer was worth, by what was recorded by a moment; the greatest first."""
    read = gathering.on_file([as_of])
    picture = read.picture(0)
    found = lifetimes.of(picture)
    keys = terms.customer_keys()
    contracts = terms.contract_keys()
    rows = [
        Valued(
            customer_id=keys[int(picture.ids[customer])],
            contract_id=_contract(picture.terms, term, contracts),
            value=float(value),
            low=float(low),
            high=float(high),
            alive=float(alive),
        )
        for customer, term, value, low, high, alive in zip(
            found.customer, found.term, found.value, found.low, found.high, found.alive, strict=True
        )
    ]
    rows.sort(key=lambda row: (-row.value, row.customer_id, row.contract_id or ""))
    return Worth(found, tuple(rows), picture.apart(picture.open_terms))


def stored(day: date) -> Figure | None:
    """The total of a measured day; `details["lifetime"]` tells method, horizon, discount and refusal."""
    return snapshots.figure("lifetime_value", day)


def _contract(table: Table, term: int, keys: Mapping[int, str]) -> str | None:
    return None if term < 0 else keys[int(table["pk"][term])]
