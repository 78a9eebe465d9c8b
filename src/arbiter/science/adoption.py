"""Adoption: who uses what they have, how much of it, and how often? Evidence beside a goal, never success."""

from collections.abc import Collection
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.interval import t_quantile

NO_SEATS = "No seats are provisioned."
NOBODY_ACTIVE = "Nobody was active."
COUNTED = "Counted in full, so there is nothing to estimate."
WINDOW = 28
"""Days looked back over: four whole weeks, so that no weekend counts twice."""


def seat_adoption(active: int, provisioned: int, *, level: float = 0.95) -> Estimate:
    """Return the share of the provisioned seats that are used: do the people have it, or use it?

    active ÷ provisioned with its Wilson interval. More active people than seats count as all seats, and the
    note says so.

    Args:
        active: people active in the window, at least 0.
        provisioned: seats paid for, at least 0.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: a count is below 0.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
        inference. Journal of the American Statistical Association, 22(158), 209-212.

    Examples:
        >>> used = seat_adoption(30, 50)
        >>> used.value, round(used.low, 2), round(used.high, 2)
        (0.6, 0.46, 0.72)
    """
    if min(active, provisioned) < 0:
        raise ValueError("A count is at least 0.")
    if provisioned == 0:
        return Estimate.too_few(0, NO_SEATS)
    note = f"{active} were active on {provisioned} seats." if active > provisioned else ""
    return proportion(min(active, provisioned), provisioned, level=level, note=note)


def feature_share(used: Collection[str], of: Collection[str], *, whose: str = "plan") -> Estimate:
    """Return the share of features in use: how much of what it could do, does it do for them?

    The features of `of` that were used ÷ all features of `of`. With the features of the plan this is
    the breadth; with those mapped to the customer's goal it is the depth, which says more. A whole count,
    not a sample, so it has no interval.

    Args:
        used: names of the features used in the window.
        of: names of the features that count: those of the plan, or those mapped to the goal.
        whose: what `of` are the features of, for the note.

    Raises:
        TypeError: a single name was given instead of a collection of names.

    References:
        docs/method/adoption.md.

    Examples:
        >>> feature_share({"search", "export", "old"}, {"search", "export", "alerts", "api"}).value
        0.5
    """
    if isinstance(used, str) or isinstance(of, str):
        raise TypeError("Features are a collection of names.")
    offered = set(of)
    if not offered:
        return Estimate.too_few(0, f"No features are listed for the {whose}.")
    return Estimate(len(offered & set(used)) / len(offered), None, None, len(offered), note=COUNTED)


def stickiness(active_days: ArrayLike, *, days: int = WINDOW, level: float = 0.95) -> Estimate:
    """Return the share of days on which those who use it at all use it: is it a habit?

    Daily ÷ monthly active people: the mean number of active people per day ÷ those active at least
    once, which equals the mean of each active person's share of active days. Its t interval is over
    people, cut at 0 and 1.

    Args:
        active_days: days on which each person was active in the window, 0 to days. Shape (n,).
        days: length of the window, at least 1.
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The share; n counts the people active at least once.

    Raises:
        ValueError: a number of days lies outside the window.

    References:
        docs/method/adoption.md.

    Examples:
        Three people used it on 28, 14 and 7 of 28 days; a fourth never.

        >>> habit = stickiness([28, 14, 7, 0])
        >>> round(habit.value, 3), habit.n
        (0.583, 3)
    """
    on = np.asarray(active_days, dtype=float)
    if days < 1 or not ((on >= 0) & (on <= days)).all():
        raise ValueError("The active days lie between none and all days of the window.")
    share = on[on > 0] / days
    n = share.size
    if n == 0:
        return Estimate.too_few(0, NOBODY_ACTIVE)
    value = float(share.mean())
    if n == 1 or np.ptp(share) == 0:
        return Estimate(value, None, None, n, note="Without spread, how sure it is cannot be told.")
    reach = t_quantile(level, n - 1) * float(share.std(ddof=1)) / sqrt(n)
    return Estimate(value, max(0.0, value - reach), min(1.0, value + reach), n)


def typical(
    values: ArrayLike, *, least: float = 0.0, most: float = np.inf, level: float = 0.95
) -> Estimate:
    """Return the mean over customers with its t interval: how is it with a customer that uses it?

    mean ± t(n − 1) · s / √n, cut at the least and the most that a value can be.

    Args:
        values: one number of each customer, such as its share of features in use. Shape (n,).
        least: the smallest value there can be.
        most: the greatest value there can be.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: a value is no number, or lies beyond the least or the most.

    References:
        Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.

    Examples:
        >>> breadth = typical([0.25, 0.5, 0.75, 0.5], most=1)
        >>> breadth.value, round(breadth.low, 2), round(breadth.high, 2), breadth.n
        (0.5, 0.18, 0.82, 4)
    """
    told = np.asarray(values, dtype=float)
    if not ((told >= least) & (told <= most)).all():
        raise ValueError("Each value is a number between the least and the most.")
    n = told.size
    if n == 0:
        return Estimate.too_few(0, NOBODY_ACTIVE)
    value = float(told.mean())
    if n == 1 or np.ptp(told) == 0:
        return Estimate(value, None, None, n, note="Without spread, how sure it is cannot be told.")
    reach = t_quantile(level, n - 1) * float(told.std(ddof=1)) / sqrt(n)
    return Estimate(value, max(least, value - reach), min(most, value + reach), n)


def adopted_in(done: ArrayLike, *, in_a_row: int = 1) -> NDArray[np.float64]:
    """Return the period in which each customer had adopted: when did the whole set become a habit?

    A customer has adopted in the first period that ends a run of `in_a_row` periods in each of which
    every behaviour of the set was seen. Whoever has not yet is NaN: censored, never "not adopted",
    so time to adopt is a matter for survival.

    Args:
        done: whether each behaviour was seen. Booleans of shape (customers, behaviours, periods).
        in_a_row: how many periods the set must hold, at least 1.

    Returns:
        The period from 0 in which each had adopted, NaN for not yet. Shape (customers,).

    Raises:
        ValueError: there are not three dimensions, no behaviour is named, or the run is no length.

    References:
        docs/method/adoption.md.

    Examples:
        Two behaviours over four periods; only the first customer holds both for two periods in a row.

        >>> first = [[1, 1, 1, 1], [0, 1, 1, 1]]
        >>> second = [[1, 1, 0, 1], [0, 1, 1, 1]]
        >>> adopted_in([first, second], in_a_row=2)
        array([ 2., nan])
    """
    seen = np.asarray(done, dtype=bool)
    if seen.ndim != 3 or seen.shape[1] == 0 or in_a_row < 1:
        raise ValueError("Adoption needs customers, at least one behaviour, and periods.")
    whole = seen.all(axis=1)
    if whole.shape[1] < in_a_row:
        return np.full(whole.shape[0], np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(whole, in_a_row, axis=1)
    runs: NDArray[np.bool_] = np.all(windows, axis=2)
    return np.where(runs.any(axis=1), runs.argmax(axis=1) + in_a_row - 1.0, np.nan)
