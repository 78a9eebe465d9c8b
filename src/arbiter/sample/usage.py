"""What people did in Ledgerly: events that follow the logins of each month, product by product.

How much a customer uses it follows its appetite, which says little about whether it got what it came for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from arbiter.sample.dice import Dice
from arbiter.sample.tables import Tables

if TYPE_CHECKING:
    import polars as pl

MONTH = timedelta(days=30)
LOGINS_AN_EVENT = 3  # most logins lead to nothing that counts
LOGINS_A_USER = 14
OPENS, CLOSES = 7 * 3600, 17 * 3600
EVERYONE = {"Signed In": 5.0, "Report Exported": 1.0, "Comment Added": 1.0}
BY_PRODUCT = {
    "Close": {"Journal Posted": 4.0, "Checklist Completed": 2.0, "Period Closed": 0.5},
    "Invoicing": {"Invoice Drafted": 4.0, "Invoice Sent": 3.0, "Reminder Sent": 1.0},
    "Leakage": {"Leak Found": 2.0, "Leak Recovered": 1.0},
    "Audit": {"Evidence Attached": 3.0, "Audit Trail Exported": 1.0},
}
AMOUNTS = {"Invoice Sent": 900.0, "Leak Recovered": 350.0}  # what is usual, where an event says one


class Met(NamedTuple):
    """A contact, and the dates between which they worked there; an empty one is no bound."""

    key: str
    joined: str
    left: str

    def is_there(self, day: str) -> bool:
        """Say whether they worked there on a date."""
        return self.joined <= day and (not self.left or day < self.left)


@dataclass(frozen=True)
class Place:
    """One customer, as its events need it: who works there, and what they bought."""

    key: str
    people: list[Met]
    products: str

    @property
    def weights(self) -> Mapping[str, float]:
        """How often each event comes, by name."""
        bought = [names for product, names in BY_PRODUCT.items() if product in self.products]
        return EVERYONE | {name: often for names in bought for name, often in names.items()}

    def users(self, count: int, *, on: str) -> list[str]:
        """Who uses it on a date: the people we have met, and colleagues whom we know by number alone."""
        met = [person.key for person in self.people if person.is_there(on)]
        others = [f"{self.key}.user-{number}" for number in range(1, count - len(met) + 1)]
        return [*met, *others][:count]


@dataclass(frozen=True)
class Span:
    """Some days up to a moment, and how often a customer signed in within them."""

    until: datetime
    days: int
    logins: float

    @property
    def since(self) -> datetime:
        """The moment at which it begins."""
        return self.until - timedelta(days=self.days)

    @property
    def events(self) -> int:
        """How many events there are in it."""
        return round(self.logins / LOGINS_AN_EVENT)

    @property
    def users(self) -> int:
        """How many people work with it: as many as a month of such days would have."""
        return max(1, round(self.logins * MONTH.days / self.days / LOGINS_A_USER))


def frame(tables: Tables, *, today: date, seed: int) -> pl.DataFrame:
    """Return every event as a row of `events.parquet`, by customer and time."""
    import polars as pl

    logins = _logins(tables, datetime.combine(today, time(), UTC))
    parts = [
        _happened(place, logins[place.key], Dice(seed, place.key, "usage"))
        for place in _places(tables)
        if place.key in logins
    ]
    return pl.concat(parts)


def _places(tables: Tables) -> Iterator[Place]:
    people: dict[str, list[Met]] = defaultdict(list)
    products: dict[str, set[str]] = defaultdict(set)
    for row in tables.named_rows("contacts"):
        person = Met(row["contact_id"], row["joined_on"], row["left_on"])
        people[row["customer_id"]].append(person)
    for row in tables.named_rows("contracts"):
        products[row["customer_id"]].add(row["product"])
    for customer, *_ in tables.rows("customers"):
        yield Place(customer, people[customer], " ".join(sorted(products[customer])))


def _logins(tables: Tables, today: datetime) -> dict[str, list[Span]]:
    """Return how often each customer signed in, month by month; who is still here goes on as before."""
    found: dict[str, list[Span]] = defaultdict(list)
    for row in tables.named_rows("signals"):
        if row["name"] == "logins_30d":
            until = datetime.fromisoformat(row["at"])
            found[row["customer_id"]].append(Span(until, MONTH.days, float(row["value"])))
    for months in found.values():
        last = months[-1]
        since = (today - last.until).days - 1
        if 0 < since <= MONTH.days + 2:
            months.append(Span(last.until + timedelta(since), since, last.logins * since / 30))
    return found


def _happened(place: Place, months: list[Span], dice: Dice) -> pl.DataFrame:
    """Return the events of one customer, oldest first."""
    import polars as pl

    chance = np.random.default_rng(dice.whole(0, 2**31))
    often = np.array(list(place.weights.values()))
    names = np.array(list(place.weights))
    at: list[npt.NDArray[np.datetime64]] = []
    users: list[npt.NDArray[Any]] = []
    for span in months:
        count = span.events
        days = chance.integers(1, span.days + 1, count)
        seconds = chance.integers(OPENS, CLOSES, count)
        ago = (days * 86_400 - seconds).astype("timedelta64[s]")
        at.append(np.datetime64(span.until.replace(tzinfo=None), "us") - ago)
        there = place.users(span.users, on=span.since.date().isoformat())
        # The first of them work with it most.
        rank = np.minimum(chance.geometric(2 / (len(there) + 1), count), len(there)) - 1
        users.append(np.array(there, dtype=object)[rank])
    moments = np.concatenate(at)
    order = np.argsort(moments, kind="stable")
    said = names[chance.choice(len(names), moments.size, p=often / often.sum())]
    return pl.DataFrame(
        {
            "message_id": [f"{place.key}-{number}" for number in range(moments.size)],
            "at": pl.Series(moments[order]).cast(pl.Datetime("us", "UTC")),
            "customer_id": [place.key] * moments.size,
            "user_id": np.concatenate(users)[order].tolist(),
            "event": said.tolist(),
            "properties": [_properties(name, chance) for name in said],
        },
        schema_overrides={"user_id": pl.String, "properties": pl.String},
    )


def _properties(name: str, chance: np.random.Generator) -> str | None:
    if name not in AMOUNTS:
        return None
    return json.dumps({"amount": round(AMOUNTS[name] * float(chance.lognormal(0, 0.6)), 2)})
