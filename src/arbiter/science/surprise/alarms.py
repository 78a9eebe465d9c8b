"""Alarms in time: how many losses carried none, and how many alarms it took."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.surprise._shares import Flags, by_amount, by_count, column

BUDGET = 0.2
"""The share of the contracts due in a window that may be flagged, fixed before anybody looks."""
LEAD_DAYS = 90
"""An alarm counts if it was there so long before the decision."""
SAID = frozenset({"no", "not_sure"})

NO_LOSSES = "No losses in this period."
NOTHING_DUE = "Nothing was due in this period."
NO_ALARMS = "No contract was flagged."


@dataclass(frozen=True, slots=True)
class Alarms:
    """Losses without an alarm, which are never told without what the alarms cost.

    Attributes:
        missed: losses not flagged in time ÷ losses, by count.
        missed_amount: the same by what they paid; unknown without amounts.
        alarm_rate: contracts flagged ÷ contracts due.
        alarm_rate_amount: the same by what they pay.
        precision: losses among the flagged.
        not_told: losses whose customer had not answered no or not sure in time ÷ losses; unknown where
            the answers were not given.
        due: contracts that were due, those lost for an external reason included.
        lost: losses, without those.
        excluded: losses for an external reason.
    """

    missed: Estimate
    missed_amount: Estimate
    alarm_rate: Estimate
    alarm_rate_amount: Estimate
    precision: Estimate
    not_told: Estimate
    due: int
    lost: int
    excluded: int


def flagged(
    probability: ArrayLike,
    window: ArrayLike,
    *,
    intent: ArrayLike | None = None,
    budget: float = BUDGET,
) -> NDArray[np.bool_]:
    """Return which forecasts are alarms: the riskiest of their window, and whoever said so.

    In each window of n contracts the ⌊budget · n + ½⌋ with the lowest chance of renewal are flagged;
    where the last place is tied, all of the tie stay out, so that the budget is never exceeded. An answer of
    no or not sure is an alarm whatever the forecast says, beyond the budget.

    Args:
        probability: forecast chance of renewal, in [0, 1]; NaN where there was none. Shape (n,).
        window: what the contract is compared within, such as the quarter it is due in as seen on one day.
            Shape (n,).
        intent: the customer's answer known at that moment: yes, no, not_sure, or empty. Shape (n,).
        budget: share of each window that may be flagged, in [0, 1], fixed beforehand.

    Raises:
        ValueError: columns of different length, a chance outside [0, 1], or a budget outside [0, 1].

    References:
        Budgeted alarms are our own; docs/method/surprise-rate.md gives the reasons.

    Examples:
        >>> chances, quarter = [0.9, 0.4, 0.8, 0.95, 0.7], ["Q1"] * 5
        >>> flagged(chances, quarter, intent=["yes", "", "not_sure", "", ""]).tolist()
        [False, True, True, False, False]
    """
    p, where = np.asarray(probability, dtype=float), np.asarray(window)
    if p.ndim != 1 or where.shape != p.shape:
        raise ValueError("Chances and windows must be columns of one length.")
    if not np.all(np.isnan(p) | ((p >= 0) & (p <= 1))):
        raise ValueError("A chance lies between 0 and 1.")
    if not 0 <= budget <= 1:
        raise ValueError("A budget is a share between 0 and 1.")
    alarm = _riskiest(p, where, budget)
    return alarm if intent is None else alarm | _said_so(intent, len(p))


def _riskiest(p: NDArray[np.float64], window: np.ndarray, budget: float) -> Flags:
    _, code, size = np.unique(window, return_inverse=True, return_counts=True)
    alarm = np.zeros(len(p), dtype=bool)
    for rows in np.split(np.argsort(code, kind="stable"), np.cumsum(size)[:-1]):
        # The highest rank of a tie: whoever shares a chance with one beyond the budget stays out too.
        chance = np.nan_to_num(p[rows], nan=np.inf)
        rank = np.searchsorted(np.sort(chance), chance, side="right")
        alarm[rows] = (rank <= np.floor(budget * len(rows) + 0.5)) & ~np.isnan(p[rows])
    return alarm


def _said_so(intent: ArrayLike, n: int) -> Flags:
    words = np.asarray(intent)
    if words.shape != (n,):
        raise ValueError("An answer, or none, stands beside each forecast.")
    return np.isin(words, sorted(SAID))


def flagged_in_time(
    alarm: ArrayLike,
    contract: ArrayLike,
    days_before: ArrayLike,
    *,
    contracts: int,
    lead_days: int = LEAD_DAYS,
) -> NDArray[np.bool_]:
    """Return which contracts were ever flagged early enough to act: was there an alarm in time?

    Args:
        alarm: of each stored forecast, whether it was an alarm, as `flagged` returns it. Shape (n,).
        contract: the number of its contract, from 0 to contracts - 1. Shape (n,).
        days_before: days from the forecast to the decision, at least 0. Shape (n,).
        contracts: how many contracts there are; one without any forecast is not flagged.
        lead_days: an alarm later than this before the decision does not count, at least 0.

    Returns:
        For each contract whether it was flagged. Shape (contracts,).

    Raises:
        ValueError: columns of different length, a contract's number out of range, or a lead below 0.

    References:
        As `flagged`.

    Examples:
        >>> flagged_in_time([1, 0, 1], [0, 0, 1], [120, 95, 30], contracts=3).tolist()
        [True, False, False]
    """
    whose, days = np.asarray(contract, dtype=np.int64), np.asarray(days_before, dtype=float)
    if whose.ndim != 1 or days.shape != whose.shape:
        raise ValueError("Contracts and days must be columns of one length.")
    loud = column(alarm, len(whose), "An alarm")
    if lead_days < 0:
        raise ValueError("A lead is at least 0 days.")
    if len(whose) and not (whose.min() >= 0 and whose.max() < contracts):
        raise ValueError("A contract has a number from 0 to one less than there are.")
    ever = np.zeros(contracts, dtype=bool)
    ever[whose[loud & (days >= lead_days)]] = True
    return ever


def alarms(
    lost: ArrayLike,
    flags: ArrayLike,
    *,
    external: ArrayLike | None = None,
    told: ArrayLike | None = None,
    amount: ArrayLike | None = None,
    level: float = 0.95,
) -> Alarms:
    """Return how many losses carried no alarm in time, with the alarms' rate and precision.

    missed = losses not flagged ÷ losses; alarm rate = flagged ÷ due; precision = losses among the flagged.
    One is not to be read without the others: who flags everybody misses nothing. Losses for an external
    reason (acquired, closed) are neither a miss nor a hit; they count in the alarm rate alone.

    Args:
        lost: of each contract due and decided in the period, whether it was lost. Shape (n,).
        flags: of each, whether it was flagged in time, as `flagged_in_time` returns it. Shape (n,).
        external: of each, whether it was lost for a reason that is nobody's doing. Shape (n,).
        told: of each, whether its customer had answered no or not sure in time. Shape (n,).
        amount: yearly amount of each, at least 0, in one currency. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: columns of different length, or a value that is neither yes nor no, or an amount below 0.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
        Journal of the American Statistical Association, 22(158), 209-212.

    Examples:
        Ten were due and two flagged; of three losses one was among them.

        >>> found = alarms([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
        >>> round(found.missed.value, 2), found.alarm_rate.value, found.precision.value
        (0.67, 0.2, 0.5)
    """
    gone = np.asarray(lost)
    if gone.ndim != 1:
        raise ValueError("Losses are one column.")
    gone, loud = column(gone, len(gone), "A loss"), column(flags, len(gone), "A flag")
    nobody_s = np.zeros(len(gone), dtype=bool)
    if external is not None:
        nobody_s = column(external, len(gone), "An external reason") & gone
    ours, judged, all_due = gone & ~nobody_s, ~nobody_s, np.ones(len(gone), dtype=bool)
    return Alarms(
        missed=by_count(~loud, ours, level=level, nobody=NO_LOSSES),
        missed_amount=by_amount(~loud, ours, amount, level=level, nobody=NO_LOSSES),
        alarm_rate=by_count(loud, all_due, level=level, nobody=NOTHING_DUE),
        alarm_rate_amount=by_amount(loud, all_due, amount, level=level, nobody=NOTHING_DUE),
        precision=by_count(ours, loud & judged, level=level, nobody=NO_ALARMS),
        not_told=_not_told(told, ours, level),
        due=len(gone),
        lost=int(ours.sum()),
        excluded=int(nobody_s.sum()),
    )


def _not_told(told: ArrayLike | None, ours: Flags, level: float) -> Estimate:
    if told is None:
        return Estimate.too_few(0, "No answers were told.")
    said = column(told, len(ours), "An answer")
    return by_count(~said, ours, level=level, nobody=NO_LOSSES)
