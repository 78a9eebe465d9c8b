"""What a buyer's past tells of its future: how often, until when, since when."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Days = NDArray[np.int64]
Floats = NDArray[np.float64]

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Histories:
    """The orders of n customers, each in three numbers; days are whole, which costs nothing and helps much."""

    repeats: Days
    """x: days with an order after the first one. Shape (n,)."""
    last_days: Days
    """t_x: days from the first to the last order; 0 where there was no second. Shape (n,)."""
    age_days: Days
    """T: days from the first order until the history was read. Shape (n,)."""

    def __post_init__(self) -> None:
        shape = self.repeats.shape
        if len(shape) != 1 or self.last_days.shape != shape or self.age_days.shape != shape:
            raise ValueError("Repeats, last days and ages must be of one length.")
        if not len(self.repeats):
            return
        if self.repeats.min() < 0 or self.last_days.min() < 0:
            raise ValueError("Repeats and days are at least 0.")
        if np.any(self.last_days > self.age_days):
            raise ValueError("A last order cannot lie after the day on which the history was read.")
        if np.any((self.repeats == 0) != (self.last_days == 0)):
            raise ValueError("Whoever ordered again did so on a later day, and only they did.")

    def __len__(self) -> int:
        return len(self.repeats)

    @cached_property
    def repeat_buyers(self) -> int:
        return int(np.count_nonzero(self.repeats))


@dataclass(frozen=True)
class Orders:
    """Histories with who they belong to and what a repeat order was worth on average."""

    customers: NDArray[np.object_] | Days
    """Sorted. Shape (n,)."""
    histories: Histories
    mean_amounts: Floats
    """Mean amount of the repeat orders; 0 where there was none. Shape (n,)."""


def of_days(repeats: ArrayLike, last: ArrayLike, age: ArrayLike) -> Histories:
    """Return histories of customers given as days, rounded to whole ones.

    Args:
        repeats: days with an order after the first one, x, at least 0. Shape (n,).
        last: days from the first to the last order, t_x, 0 where x is 0. Shape (n,).
        age: days from the first order until now, T, at least t_x. Shape (n,).

    Raises:
        ValueError: lengths differ, a number is below 0, or a last order lies after the age.

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way: an
        alternative to the Pareto/NBD model. Marketing Science, 24(2), 275-284.

    Examples:
        Time is often given in weeks of two decimals: rounding to days brings back what was rounded off.

        >>> of_days([2], [30.43 * 7], [38.86 * 7]).last_days.tolist()
        [213]
    """
    whole = [np.rint(np.asarray(one, dtype=float)).astype(np.int64) for one in (repeats, last, age)]
    return Histories(*whole)


def from_orders(
    customers: ArrayLike, days: ArrayLike, amounts: ArrayLike, *, until: int | np.datetime64
) -> Orders:
    """Return each customer's history from single orders: who bought how often, until when, since when?

    Orders of one customer on one day are one order. The first one starts the clock and is not counted;
    what comes after `until` is not known yet.

    Args:
        customers: who ordered; numbers or texts. Shape (m,).
        days: when; whole days as numbers, or datetime64[D]. Shape (m,).
        amounts: for how much, in one currency. Shape (m,).
        until: the day on which the history is read, in the form of `days`.

    Raises:
        ValueError: lengths differ.

    References:
        As `of_days`.

    Examples:
        >>> found = from_orders(["a", "a", "b", "a"], [0, 10, 5, 90], [20, 30, 9, 99], until=40)
        >>> found.histories.repeats.tolist(), found.histories.age_days.tolist()
        ([1, 0], [40, 35])
        >>> found.mean_amounts.tolist()
        [30.0, 0.0]
    """
    import polars as pl  # takes longer to load than most commands take to run

    when, end = _whole(days), int(_whole(until))
    names, money = np.asarray(customers), np.asarray(amounts, dtype=float)
    if not names.shape == when.shape == money.shape:
        raise ValueError("Customers, days and amounts must be of one length.")
    daily = (
        pl.DataFrame({"customer": names, "day": when, "amount": money})
        .filter(pl.col("day") <= end)
        .group_by("customer", "day")
        .agg(pl.col("amount").sum())
        .sort("customer", "day")
    )
    each = daily.group_by("customer", maintain_order=True).agg(
        (pl.len() - 1).cast(pl.Int64).alias("repeats"),
        (pl.col("day").last() - pl.col("day").first()).alias("last"),
        (end - pl.col("day").first()).alias("age"),
        pl.col("amount").slice(1).mean().fill_null(0.0).alias("mean"),
    )
    return Orders(
        customers=each["customer"].to_numpy(),
        histories=Histories(*(each[name].to_numpy() for name in ("repeats", "last", "age"))),
        mean_amounts=each["mean"].to_numpy(),
    )


def _whole(days: ArrayLike | np.datetime64) -> Days:
    given = np.asarray(days)
    if np.issubdtype(given.dtype, np.datetime64):
        given = given.astype("datetime64[D]")
    return given.astype(np.int64)
