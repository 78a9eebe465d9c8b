"""Value: how far is a goal, was it worth its cost, and do our belief and their word agree?"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion

NO_WAY_TO_GO = "The target is the baseline, so there is no way to measure."
NO_BELIEFS = "The team has stated no belief."
NO_DUE_GOAL = "No customer has a due goal."


def value_realised(now: float, *, baseline: float, target: float) -> float | None:
    """Return how much of the way to the target is done: what of the agreed value is there?

    (now - baseline) / (target - baseline). Over 1 is beyond the target and below 0 is worse than before;
    with a target below the baseline down is good. None when the target is the baseline. Never averaged
    over goals: the unit of one is not that of another.

    Args:
        now: the latest result, in the unit of the measure.
        baseline: where the customer began.
        target: where the customer wants to be.

    Raises:
        ValueError: a value is not a finite number.

    References:
        Kiresuk, T. J. and Sherman, R. E. (1968). Goal attainment scaling. Community Mental Health
        Journal, 4(6), 443-453.

    Examples:
        Onboarding took 30 days, shall take 10 and takes 12.

        >>> value_realised(12, baseline=30, target=10)
        0.9
        >>> value_realised(12, baseline=10, target=10) is None
        True
    """
    if not all(map(isfinite, (now, baseline, target))):
        raise ValueError("A result, a baseline and a target are finite numbers.")
    return None if target == baseline else (now - baseline) / (target - baseline)


def return_on_investment(value: float, *, price: float, effort: float = 0.0) -> float | None:
    """Return what came back for each unit spent, beyond that unit: was it worth its cost?

    (value - cost) / cost with cost = price + the customer's own effort. The value is the one that the
    customer agreed to, in the same period and currency. None without any cost.

    Args:
        value: agreed value, in money.
        price: what the customer paid, at least 0.
        effort: what the customer's own work cost it, at least 0.

    Raises:
        ValueError: a cost is below 0 or an amount is not a finite number.

    References:
        Phillips, J. J. (2003). Return on Investment in Training and Performance Improvement Programs,
        2nd ed. Butterworth-Heinemann, chapter 1.

    Examples:
        >>> return_on_investment(150, price=40, effort=10)
        2.0
    """
    if not (isfinite(value) and isfinite(price) and isfinite(effort) and min(price, effort) >= 0):
        raise ValueError("A value is a finite number, and a cost is at least 0.")
    cost = price + effort
    return (value - cost) / cost if cost > 0 else None


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """What the team believes will stay, what the customers said will stay, on the same money.

    Shares of the amount, from 0 to 1. `unbelieved` is the amount left out since nobody stated a belief.
    """

    believed: float | None
    said: float | None
    amount: float
    unbelieved: float
    n: int

    @property
    def gap(self) -> float | None:
        """believed - said: positive where the team is surer than the customers' word allows."""
        if self.believed is None or self.said is None:
            return None
        return self.believed - self.said

    @property
    def estimate(self) -> Estimate:
        """The gap as any other measure: a full count of open contracts, so without an interval."""
        note = NO_BELIEFS if self.gap is None else f"Counted over all {self.n} with a belief."
        return Estimate(self.gap, None, None, self.n, note=note)


def perception_gap(belief: ArrayLike, said_yes: ArrayLike, amount: ArrayLike) -> PerceptionGap:
    """Return how far the team's belief exceeds the customers' word: what do we only think we know?

    Σ a·b / Σ a - Σ a·y / Σ a over the contracts for which a belief is stated, b being the belief, y
    whether the customer said yes and a the amount. Not asked, no reply, not sure and no are all not yes:
    the emptiness is the message.

    Args:
        belief: the team's probability that each open contract renews, in [0, 1]; NaN for none stated.
            Shape (n,).
        said_yes: whether the customer said yes for it. Booleans of shape (n,).
        amount: what it pays a year, at least 0, in one currency. Shape (n,).

    Raises:
        ValueError: shapes differ, a belief lies outside [0, 1], or an amount is below 0.

    References:
        docs/method/perception-gap.md.

    Examples:
        Two contracts of 60 and 40; the team believes 90 % in both, one customer said yes.

        >>> told = perception_gap([0.9, 0.9], [True, False], [60, 40])
        >>> round(told.believed, 2), round(told.said, 2), round(told.gap, 2)
        (0.9, 0.6, 0.3)
    """
    b, y, a = (np.asarray(each, dtype=float) for each in (belief, said_yes, amount))
    if not (b.shape == y.shape == a.shape and b.ndim == 1):
        raise ValueError("Belief, answer and amount must be told for each contract.")
    stated = ~np.isnan(b)
    if not (_within(b[stated], 1) and _within(y, 1) and _within(a, np.inf)):
        raise ValueError("Beliefs lie between 0 and 1, and amounts are at least 0.")
    money = float(a[stated].sum())
    return PerceptionGap(
        believed=float(a[stated] @ b[stated]) / money if money else None,
        said=float(a[stated] @ y[stated]) / money if money else None,
        amount=money,
        unbelieved=float(a[~stated].sum()),
        n=int(stated.sum()),
    )


@dataclass(frozen=True, slots=True)
class ConfirmedOutcomes:
    """Customers with a fresh achieved verdict, of those with a due goal; the never asked apart."""

    rate: Estimate
    confirmed: int
    asked: int
    never_asked: int

    @property
    def rate_of_asked(self) -> Estimate:
        """Confirmed ÷ asked: what those say who were given the word."""
        return proportion(self.confirmed, self.asked)


def confirmed_outcome_rate(
    due: ArrayLike, confirmed: ArrayLike, asked: ArrayLike, *, level: float = 0.95
) -> ConfirmedOutcomes:
    """Return the share of customers with a due goal who confirmed it: how many say they got it?

    Customers with a fresh achieved verdict ÷ customers with a due goal, with its Wilson interval. Who
    was never asked counts in the base, for nobody knows, and is counted apart.

    Args:
        due: whether each customer has a goal that is due. Booleans of shape (n,).
        confirmed: whether it has a fresh verdict of achieved on one. Booleans of shape (n,).
        asked: whether it was asked for a verdict, or gave one unasked. Booleans of shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the shapes differ, or a customer confirmed without being counted as asked.

    References:
        docs/method/confirmed-outcome-rate.md.

    Examples:
        >>> told = confirmed_outcome_rate([1, 1, 1, 1, 0], [1, 0, 0, 0, 0], [1, 1, 0, 0, 0])
        >>> told.rate.value, told.rate_of_asked.value, told.never_asked
        (0.25, 0.5, 2)
    """
    has_goal, says, heard = (np.asarray(each, dtype=bool) for each in (due, confirmed, asked))
    if not (has_goal.shape == says.shape == heard.shape and has_goal.ndim == 1):
        raise ValueError("Goal, verdict and ask must be told for each customer.")
    if (says & ~heard).any():
        raise ValueError("A verdict counts as an answer: whoever confirmed was asked.")
    n = int(has_goal.sum())
    got, given = int((has_goal & says).sum()), int((has_goal & heard).sum())
    note = f"{n - given} were never asked." if n else NO_DUE_GOAL
    return ConfirmedOutcomes(proportion(got, n, level=level, note=note), got, given, n - given)


def coverage(known: ArrayLike, *, amount: ArrayLike | None = None) -> Estimate:
    """Return the share of customers, or of their money, of which something is known: how much do we see?

    Σ a·k / Σ a with k whether it is known and a the amount, 1 each without amounts. A full count of
    the customers, not a sample of them, so it has no interval.

    Args:
        known: whether the customer's word on it is known. Booleans of shape (n,).
        amount: what each pays a year, at least 0, in one currency. Shape (n,).

    Raises:
        ValueError: the shapes differ, or an amount is below 0.

    References:
        docs/method/coverage.md.

    Examples:
        >>> coverage([True, False, False, True]).value
        0.5
        >>> coverage([True, False], amount=[90, 10]).value
        0.9
    """
    k = np.asarray(known, dtype=bool)
    a = np.ones(k.shape) if amount is None else np.asarray(amount, dtype=float)
    if k.shape != a.shape or k.ndim != 1 or not _within(a, np.inf):
        raise ValueError(
            "What is known and an amount of at least 0 must be told for each customer."
        )
    if not a.sum() > 0:
        return Estimate.too_few(0)
    note = "Counted in full, so there is nothing to estimate."
    return Estimate(float(a @ k / a.sum()), None, None, k.size, note=note)


def _within(values: NDArray[np.float64], most: float) -> bool:
    return bool(((values >= 0) & (values <= most)).all())
