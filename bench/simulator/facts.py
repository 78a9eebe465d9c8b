"""Dated facts: all that can be known of a vendor's customers, as columns. Both roads into the forecast start here.

Every row is something that was told, agreed, measured or decided on a day. The array road looks at them as
of a day (`observed`), the front door writes them into workspace files (`files`).
"""

from dataclasses import dataclass, field

import numpy as np

from bench.simulator.calendar import NEVER, Bools, Floats, Ints

DECIDER, FRIEND, USER = 0, 1, 2
"""The three chairs at a customer. In the middle sits a champion or a sponsor, one after another."""
ROLES = ("decision_maker", "sponsor", "champion", "user")
INTENTS = ("", "yes", "not_sure", "no")
VERDICTS = ("", "achieved", "partly", "not", "too_early")
SIGNALS = ("usage_level", "usage_trend", "tickets_critical", "price_increase")


@dataclass(frozen=True)
class Customers:
    """Customers, numbered by their place."""

    start: Ints
    segment: Ints
    size: Ints

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Terms:
    """Terms in order of customer and number, with the truth about their renewal."""

    customer: Ints
    number: Ints
    starts: Ints
    ends: Ints
    decided: Ints
    """`NEVER` where the panel ended before."""
    renewed: Bools
    chance: Floats
    arr: Floats

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True)
class Contacts:
    """People, each in one chair of one customer."""

    customer: Ints
    chair: Ints
    role: Ints
    joined: Ints
    left: Ints


@dataclass(frozen=True)
class Goals:
    """Goals in order of customer. A goal that is replaced retires on the day its successor is stated."""

    customer: Ints
    stated: Ints
    retired: Ints
    target: Floats


@dataclass(frozen=True)
class Revisions:
    """What was agreed of a goal: its date, and that it is still right."""

    goal: Ints
    day: Ints
    due: Ints


@dataclass(frozen=True)
class Results:
    """What was measured."""

    goal: Ints
    day: Ints
    value: Floats


@dataclass(frozen=True)
class Verdicts:
    """What a contact judged; `verdict` is a place in `VERDICTS`."""

    goal: Ints
    contact: Ints
    day: Ints
    verdict: Ints


@dataclass(frozen=True)
class Seen:
    """Which contact has seen where a goal stands."""

    goal: Ints
    contact: Ints
    day: Ints


@dataclass(frozen=True)
class Asks:
    """Who was asked whether they will continue."""

    contact: Ints
    term: Ints
    day: Ints


@dataclass(frozen=True)
class Answers:
    """What came back: a place in `INTENTS`, or a score."""

    contact: Ints
    day: Ints
    value: Ints


@dataclass(frozen=True)
class Signals:
    """Dated numbers of customers; `name` is a place in `SIGNALS`."""

    customer: Ints
    name: Ints
    day: Ints
    value: Floats


@dataclass(frozen=True)
class Beliefs:
    """What the vendor's people believed about a term."""

    term: Ints
    day: Ints
    probability: Floats


@dataclass(frozen=True)
class Facts:
    """All facts about some customers of one vendor."""

    customers: Customers
    terms: Terms
    contacts: Contacts
    goals: Goals
    revisions: Revisions
    results: Results
    verdicts: Verdicts
    seen: Seen
    asks: Asks
    intents: Answers
    nps: Answers
    csat: Answers
    signals: Signals
    beliefs: Beliefs


@dataclass(frozen=True)
class Dated:
    """Finds the latest fact of each owner as of a day. Among facts of one day the last given counts."""

    owner: Ints
    day: Ints
    _order: Ints = field(init=False)
    _keys: Ints = field(init=False)

    def __post_init__(self) -> None:
        keys = self.owner * NEVER + self.day
        order = np.argsort(keys, kind="stable")
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "_keys", keys[order])

    def latest(self, owner: Ints, day: Ints) -> Ints:
        """Return the place of the latest fact of each owner up to and on its day; −1 where there is none."""
        if not len(self._keys):
            return np.full(np.shape(owner), -1)
        at = np.searchsorted(self._keys, owner * NEVER + day, side="right") - 1
        place = self._order[np.maximum(at, 0)]
        return np.where((at >= 0) & (self.owner[place] == owner), place, -1)

    def any_since(self, owner: Ints, first: Ints, last: Ints) -> Bools:
        """Say whether an owner has a fact between two days, both included."""
        place = self.latest(owner, last)
        return (place >= 0) & (chosen(self.day, place, -1) >= first)


def chosen(values: np.ndarray, place: Ints, otherwise: float) -> np.ndarray:
    """Return the values at some places, and something else where the place is −1."""
    if not len(values):
        return np.full(np.shape(place), otherwise)
    return np.where(place >= 0, values[np.maximum(place, 0)], otherwise)
