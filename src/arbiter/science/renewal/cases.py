"""What is known of many contracts as columns, and the renewals that were decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.renewal.known import Known, features
from arbiter.science.renewal.terms import TERMS

HALF_LIFE_MONTHS = 24
"""A renewal counts half after so many months: what held then holds a little less now."""

Floats = NDArray[np.float64]
Strings = NDArray[np.str_]


@dataclass(frozen=True)
class Cases:
    """What is known of n contracts, each at one moment, as columns.

    Raises:
        ValueError: columns of different lengths, or a signal named twice.
    """

    x: Floats
    """Features, as `features` gives them. Shape (n, k)."""
    segment: Strings
    """Empty where there is none. Shape (n,)."""
    lead_days: Floats
    """Days from the moment to the decision; nan where not told. Shape (n,)."""
    signals: Floats
    """The company's own numbers as imported; nan where unknown. Shape (n, s)."""
    signal_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.x)
        if self.x.ndim != 2 or self.x.shape[1] != len(TERMS):
            raise ValueError(f"Features need {len(TERMS)} columns.")
        if self.segment.shape != (count,) or self.lead_days.shape != (count,):
            raise ValueError("Every contract needs one segment and one lead.")
        if self.signals.shape != (count, len(self.signal_names)):
            raise ValueError("Every contract needs one value, or nan, per signal.")
        if len(set(self.signal_names)) < len(self.signal_names):
            raise ValueError("A signal is named once.")

    def __len__(self) -> int:
        return len(self.x)

    def take(self, rows: ArrayLike) -> "Cases":
        """Return some of the rows, by their numbers or by a mask."""
        kept = np.asarray(rows)
        return Cases(
            self.x[kept],
            self.segment[kept],
            self.lead_days[kept],
            self.signals[kept],
            self.signal_names,
        )

    def values_of(self, names: Sequence[str]) -> Floats:
        """Return the values of these signals, nan where they are not known here. Shape (n, names)."""
        found = np.full((len(self), len(names)), np.nan)
        place = {name: column for column, name in enumerate(self.signal_names)}
        for column, name in enumerate(names):
            if name in place:
                found[:, column] = self.signals[:, place[name]]
        return found


def cases(known: Sequence[Known]) -> Cases:
    """Return what is known of contracts as columns: the numbers a model works with.

    Args:
        known: one entry per contract and moment. Length n >= 0.

    References:
        As `features`.

    Examples:
        >>> seen = cases([Known(segment="Small", lead_days=90, signals=(("health_score", 71.0),))])
        >>> len(seen), seen.signal_names, seen.signals.tolist()
        (1, ('health_score',), [[71.0]])
    """
    names = sorted({name for each in known for name, _ in each.signals})
    place = {name: column for column, name in enumerate(names)}
    signals = np.full((len(known), len(names)), np.nan)
    for row, each in enumerate(known):
        for name, value in each.signals:
            signals[row, place[name]] = value
    leads = [np.nan if each.lead_days is None else each.lead_days for each in known]
    return Cases(
        x=features(known),
        segment=np.array([each.segment for each in known], dtype=np.str_),
        lead_days=np.array(leads, dtype=float),
        signals=np.where(np.isfinite(signals), signals, np.nan),
        signal_names=tuple(names),
    )


def of_features(x: Floats) -> Cases:
    """Return columns of which only the features are known: no segment, no lead, no signals.

    Args:
        x: features, shape (n, k), columns as in `TERMS`.

    Raises:
        ValueError: the number of columns is not that of `TERMS`.

    References:
        As `features`.

    Examples:
        >>> len(of_features(features([Known(), Known()])))
        2
    """
    count = len(x)
    empty = np.full(count, "", dtype=np.str_)
    return Cases(x, empty, np.full(count, np.nan), np.empty((count, 0)))


def joined(parts: Sequence[Cases]) -> Cases:
    """Return the rows of several parts, in their order; a signal that a part lacks is unknown there.

    Args:
        parts: columns of some contracts each. Length >= 0.

    References:
        As `features`.

    Examples:
        >>> both = joined([cases([Known()]), cases([Known(signals=(("logins", 3.0),))])])
        >>> both.signals.tolist()
        [[nan], [3.0]]
    """
    parts = [cases([]), *parts]
    names = tuple(sorted({name for part in parts for name in part.signal_names}))
    return Cases(
        x=np.vstack([part.x for part in parts]),
        segment=np.concatenate([part.segment for part in parts]),
        lead_days=np.concatenate([part.lead_days for part in parts]),
        signals=np.vstack([part.values_of(names) for part in parts]),
        signal_names=names,
    )


@dataclass(frozen=True)
class History:
    """Decided renewals as rows: what was known of each at one or several moments before its decision.

    Raises:
        ValueError: columns of different lengths, an outcome other than 0 or 1, outcomes of one renewal that
            contradict each other, or a decision in the future.
    """

    cases: Cases
    renewed: Floats
    """1 where the contract went on, whatever its size, else 0. Shape (n,)."""
    renewal: NDArray[np.int64]
    """Rows of the same decision share a number and weigh 1 together. Shape (n,)."""
    customer: NDArray[np.int64]
    """Rows of one customer are never split between learning and checking. Shape (n,)."""
    age_months: Floats
    """From the decision to the moment of learning, at least 0. Shape (n,)."""

    def __post_init__(self) -> None:
        columns = (self.renewed, self.renewal, self.customer, self.age_months)
        if any(column.shape != (len(self.cases),) for column in columns):
            raise ValueError("Every row needs an outcome, a renewal, a customer and an age.")
        if not np.isin(self.renewed, (0.0, 1.0)).all():
            raise ValueError("An outcome is 1 (renewed) or 0.")
        if not (self.age_months >= 0).all():
            raise ValueError("A decision cannot lie in the future.")
        pairs = np.unique(np.column_stack([self.renewal, self.renewed]), axis=0)
        if len(pairs) > self.renewals:
            raise ValueError("The rows of one renewal contradict each other.")

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def renewals(self) -> int:
        return len(np.unique(self.renewal))

    @property
    def churns(self) -> int:
        return len(np.unique(self.renewal[self.renewed == 0]))

    @property
    def customers(self) -> int:
        return len(np.unique(self.customer))

    @property
    def weight(self) -> Floats:
        """1 / rows of the renewal, halved for every 24 months since the decision. Shape (n,)."""
        _, place, rows = np.unique(self.renewal, return_inverse=True, return_counts=True)
        forgotten: Floats = 0.5 ** (self.age_months / HALF_LIFE_MONTHS)
        return np.asarray(forgotten / rows[place])

    def take(self, rows: ArrayLike) -> "History":
        """Return some of the rows, by their numbers or by a mask."""
        kept = np.asarray(rows)
        return History(
            self.cases.take(kept),
            self.renewed[kept],
            self.renewal[kept],
            self.customer[kept],
            self.age_months[kept],
        )


def history(
    known: Sequence[Known],
    *,
    renewed: ArrayLike,
    renewal: ArrayLike,
    customer: ArrayLike,
    age_months: ArrayLike,
) -> History:
    """Return decided renewals in the form in which they are learnt from.

    Args:
        known: what was known at some moment before a decision; several moments of one renewal stand in
            several entries that differ in `lead_days`. Length n >= 0.
        renewed: 1 where the contract went on, else 0. Shape (n,).
        renewal: what tells the decisions apart, numbers or strings. Shape (n,).
        customer: what tells the customers apart, numbers or strings. Shape (n,).
        age_months: months from the decision to the moment of learning, at least 0. Shape (n,).

    Raises:
        ValueError: lengths differ, an outcome is neither 0 nor 1, or a decision lies in the future.

    References:
        docs/method/learning.md.

    Examples:
        One renewal, seen 180 and 90 days ahead, decided two years ago: its rows weigh a quarter each.

        >>> seen = [Known(lead_days=180), Known(lead_days=90)]
        >>> past = history(seen, renewed=[1, 1], renewal=[7, 7], customer=["c1", "c1"], age_months=[24, 24])
        >>> past.renewals, past.weight.tolist()
        (1, [0.25, 0.25])
    """
    return history_of(
        cases(known), renewed=renewed, renewal=renewal, customer=customer, age_months=age_months
    )


def history_of(
    seen: Cases,
    *,
    renewed: ArrayLike,
    renewal: ArrayLike,
    customer: ArrayLike,
    age_months: ArrayLike,
) -> History:
    """Return decided renewals from columns, as `history` does from what was known.

    Args:
        seen: what was known, one row per renewal and moment. Length n >= 0.
        renewed: as `history`. Shape (n,).
        renewal: as `history`. Shape (n,).
        customer: as `history`. Shape (n,).
        age_months: as `history`. Shape (n,).

    Raises:
        ValueError: as `history`.

    References:
        docs/method/learning.md.

    Examples:
        >>> history_of(cases([]), renewed=[], renewal=[], customer=[], age_months=[]).renewals
        0
    """
    return History(
        cases=seen,
        renewed=np.asarray(renewed, dtype=float),
        renewal=_numbered(renewal),
        customer=_numbered(customer),
        age_months=np.asarray(age_months, dtype=float),
    )


def _numbered(ids: ArrayLike) -> NDArray[np.int64]:
    """Ids as numbers in the order of the ids, so that the order of rows leaves no trace."""
    given = np.asarray(ids)
    _, place = np.unique(given, return_inverse=True)
    return np.asarray(place.reshape(given.shape), dtype=np.int64)
