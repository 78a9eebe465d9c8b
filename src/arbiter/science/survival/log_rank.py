"""The log-rank test: do segments stay equally long?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from arbiter.science.survival._watched import Floats, columns, watched


@dataclass(frozen=True, eq=False)
class LogRank:
    """Whether groups differ in how long they stay.

    Attributes:
        chi2: the test statistic.
        df: its degrees of freedom, the number of groups that can be compared less one.
        p: p-value of no difference, in [0, 1].
        groups: the groups' labels, sorted. Length g.
        observed: events in each group. Shape (g,).
        expected: events in each if all had left alike. Shape (g,).
    """

    chi2: float
    df: int
    p: float
    groups: tuple[object, ...]
    observed: Floats
    expected: Floats


def log_rank(
    durations: ArrayLike,
    observed: ArrayLike,
    groups: ArrayLike,
    *,
    entry: ArrayLike | None = None,
) -> LogRank:
    """Return the log-rank test of any number of groups: do their survival curves differ?

    At each event time the d events are expected to fall on the groups as their shares of those watched,
    n_g / n, with covariance d (n − d) / (n − 1) · (diag(n_g/n) − (n_g/n)(n_g/n)ᵀ). With O − E summed over
    the times and V the summed covariance, (O − E)ᵀ V⁻ (O − E) is about χ².

    Several such tests on one page are corrected with `arbiter.science.multiplicity`.

    Args:
        durations: time until it happened or watching ended, at least 0. Shape (n,), n >= 1.
        observed: 1 where it happened at that time, else 0. Shape (n,).
        groups: the group of each, at least two different. Shape (n,).
        entry: time from which each was watched; see `kaplan_meier`. Shape (n,).

    Raises:
        ValueError: as `kaplan_meier`, or there is but one group.

    References:
        Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its
        consideration. Cancer Chemotherapy Reports, 50(3), 163-170.
        Kalbfleisch, J. D. and Prentice, R. L. (2002). The Statistical Analysis of Failure Time Data,
        2nd ed., section 1.5. Wiley.

    Examples:
        >>> months, left = [2, 3, 4, 5, 9, 12, 14, 20], [1, 1, 1, 1, 1, 0, 1, 0]
        >>> test = log_rank(months, left, ["SMB"] * 4 + ["Enterprise"] * 4)
        >>> round(test.chi2, 2), test.df, round(test.p, 3)
        (7.34, 1, 0.007)
    """
    t, seen, start = columns(durations, observed, entry)
    labels, code = np.unique(np.asarray(groups), return_inverse=True)
    if code.shape != t.shape:
        raise ValueError("Each needs one group.")
    if len(labels) < 2:
        raise ValueError("At least two groups are compared.")
    time = np.unique(t[seen])
    members = [code == group for group in range(len(labels))]
    parts = [watched(t[of], seen[of], None if start is None else start[of]) for of in members]
    at_risk = np.array([part.at_risk(time) for part in parts], dtype=float)
    events = np.array([part.happened_at(time) for part in parts], dtype=float)
    observed_in, expected, chi2, df = _statistic(at_risk, events)
    p = float(chdtrc(df, chi2)) if df else 1.0
    return LogRank(chi2, df, p, tuple(labels.tolist()), observed_in, expected)


def _statistic(at_risk: Floats, events: Floats) -> tuple[Floats, Floats, float, int]:
    n, d = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / n
    weight = d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
    observed, expected = events.sum(axis=1), (d * share).sum(axis=1)
    # Groups that were never at risk beside another add nothing: the rank tells how many are compared.
    df = int(np.linalg.matrix_rank(covariance, hermitian=True)) if weight.any() else 0
    off = observed - expected
    return observed, expected, float(off @ _inverse(covariance, df) @ off) if df else 0.0, df


def _inverse(covariance: Floats, rank: int) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(covariance)
    kept = vectors[:, -rank:]
    return np.asarray(kept / values[-rank:] @ kept.T)
