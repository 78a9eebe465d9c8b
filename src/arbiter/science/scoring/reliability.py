"""Reliability in bins: of the forecasts near 80 %, how many came true?"""

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.interval import wilson
from arbiter.science.scoring._pairs import Floats, paired

BINS_FROM = 200
"""With fewer outcomes ten bins show noise: look at calibration in the large and Spiegelhalter's z."""


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Forecasts of about one height, and how many of them came true.

    Attributes:
        forecast: their mean, in [0, 1].
        observed: the share that came about, in [0, 1].
        low: lower end of Wilson's interval of that share.
        high: upper end.
        n: forecasts in the bin.
    """

    forecast: float
    observed: float
    low: float
    high: float
    n: int


def reliability(
    probability: ArrayLike,
    happened: ArrayLike,
    *,
    bins: int = 10,
    least: int = BINS_FROM,
    level: float = 0.95,
) -> tuple[ReliabilityBin, ...]:
    """Return the reliability diagram's bins: how often did forecasts of each height come true?

    The forecasts are put in order and cut into bins of about equal size. Equal forecasts stay together
    (at the bin of their mid-rank), so there may be fewer bins than asked for.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        bins: how many bins, at least 1.
        least: with fewer outcomes there are no bins.
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The bins by rising forecast; none with fewer than `least` outcomes.

    Raises:
        ValueError: shapes differ, n is 0, a value lies outside its range, or bins is below 1.

    References:
        Murphy, A. H. and Winkler, R. L. (1977). Reliability of subjective probability forecasts of
        precipitation and temperature. Applied Statistics, 26(1), 41-47.

    Examples:
        >>> low, high = reliability([0.2] * 100 + [0.8] * 100, [0] * 75 + [1] * 125, bins=2)
        >>> low.observed, high.observed, round(high.low, 2), high.n
        (0.25, 1.0, 0.96, 100)
    """
    p, y = paired(probability, happened)
    which, count = _bins(p, bins)
    if len(p) < least:
        return ()
    forecast, observed = (np.bincount(which, column).tolist() for column in (p, y))
    rows = zip(forecast, observed, count.tolist(), strict=True)
    return tuple(ReliabilityBin(f / n, k / n, *wilson(k, n, level=level), n) for f, k, n in rows)


def expected_calibration_error(
    probability: ArrayLike, happened: ArrayLike, *, bins: int = 10, least: int = BINS_FROM
) -> float | None:
    """Return how far forecasts lie from what came true, bin by bin: by how many points do they lie?

    ECE = Σ_b n_b/n · |ȳ_b − p̄_b| over the bins of `reliability`. It is above 0 even for perfect
    forecasts: `calibration_error_by_chance` tells by how much.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        bins: how many bins, at least 1.
        least: with fewer outcomes there is no answer.

    Returns:
        The error, in [0, 1]; None with fewer than `least` outcomes.

    Raises:
        ValueError: shapes differ, n is 0, a value lies outside its range, or bins is below 1.

    References:
        Naeini, M. P., Cooper, G. F. and Hauskrecht, M. (2015). Obtaining well calibrated probabilities
        using Bayesian binning. Proceedings of the AAAI Conference, 29(1).

    Examples:
        >>> expected_calibration_error([0.5] * 200, [1] * 120 + [0] * 80)
        0.1
    """
    p, y = paired(probability, happened)
    which, _ = _bins(p, bins)
    if len(p) < least:
        return None
    return float(np.abs(np.bincount(which, y - p)).sum() / len(p))


def calibration_error_by_chance(probability: ArrayLike, *, bins: int = 10) -> float:
    """Return the calibration error that perfectly calibrated forecasts of this size would show.

    E ECE = Σ_b √(2/π · Σ_{i in b} p (1 − p)) / n, the mean distance of a normal sum from its mean.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        bins: how many bins, at least 1.

    Raises:
        ValueError: n is 0, a probability lies outside [0, 1], or bins is below 1.

    References:
        Bröcker, J. and Smith, L. A. (2007). Increasing the reliability of reliability diagrams.
        Weather and Forecasting, 22(3), 651-661.

    Examples:
        Of 200 renewals at 85 %, ten bins of a perfect forecast still miss by about six points.

        >>> forecasts = [0.80 + 0.0005 * k for k in range(200)]
        >>> round(calibration_error_by_chance(forecasts), 3)
        0.063
    """
    p, _ = paired(probability, np.zeros(np.shape(probability)))
    which, _ = _bins(p, bins)
    return float(np.sqrt(2 / pi * np.bincount(which, p * (1 - p))).sum() / len(p))


@dataclass(frozen=True, slots=True)
class BrierParts:
    """What a Brier score is made of: score = reliability − resolution + uncertainty + within.

    Attributes:
        reliability: how far the bins' forecasts lie from what came true; 0 is perfect.
        resolution: how far what came true differs between the bins; more is better.
        uncertainty: the score of the share that came about, forecast for all.
        within: what the bins hide, forecasts differing inside them; 0 where they do not.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float

    @property
    def score(self) -> float:
        return self.reliability - self.resolution + self.uncertainty + self.within


def brier_parts(probability: ArrayLike, happened: ArrayLike, *, bins: int = 10) -> BrierParts:
    """Return the parts of the Brier score: is it bad for being off, or for not telling cases apart?

    B = Σ n_b/n (p̄_b − ȳ_b)² − Σ n_b/n (ȳ_b − ȳ)² + ȳ (1 − ȳ) + what the bins hide.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        bins: how many bins, at least 1.

    Raises:
        ValueError: shapes differ, n is 0, a value lies outside its range, or bins is below 1.

    References:
        Murphy, A. H. (1973). A new vector partition of the probability score. Journal of Applied
        Meteorology, 12(4), 595-600.
        Stephenson, D. B., Coelho, C. A. S. and Jolliffe, I. T. (2008). Two extra components in the
        Brier score decomposition. Weather and Forecasting, 23(4), 752-757.

    Examples:
        >>> parts = brier_parts([0.9, 0.9, 0.2, 0.2], [1, 1, 1, 0], bins=2)
        >>> round(parts.reliability, 4), round(parts.resolution, 4), round(parts.uncertainty, 4)
        (0.05, 0.0625, 0.1875)
        >>> round(parts.score, 3)
        0.175
    """
    p, y = paired(probability, happened)
    which, count = _bins(p, bins)
    share, overall = count / len(p), y.mean()
    forecast, observed = np.bincount(which, p) / count, np.bincount(which, y) / count
    off = float(np.sum(share * (forecast - observed) ** 2))
    apart = float(np.sum(share * (observed - overall) ** 2))
    doubt = float(overall * (1 - overall))
    score = float(np.mean((p - y) ** 2))
    return BrierParts(off, apart, doubt, within=score - (off - apart + doubt))


def _bins(p: Floats, bins: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the bin of each forecast, numbered without gaps, and the bins' sizes."""
    if bins < 1:
        raise ValueError("There is at least one bin.")
    _, value_of, often = np.unique(p, return_inverse=True, return_counts=True)
    middle = np.cumsum(often) - often / 2
    place = np.minimum((middle * bins / len(p)).astype(np.int64), bins - 1)[value_of]
    _, which, count = np.unique(place, return_inverse=True, return_counts=True)
    return which.astype(np.int64), count.astype(np.int64)
