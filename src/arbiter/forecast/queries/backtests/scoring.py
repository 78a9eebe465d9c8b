"""How good forecasts were: scores of one forecaster, and of two against each other, as plain values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.science import discrimination, scoring
from arbiter.science.estimate import Estimate

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

DIGITS = 6
LEAST_LOST = 10
"""With fewer losses nothing is said of how well a number tells them apart."""


def scored(chance: Floats, happened: Floats, customer: Codes) -> dict[str, Any]:
    """Log loss, Brier score, AUC and calibration of one forecaster over some renewals.

    Args:
        chance: what was said of each, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where it renewed. Shape (n,).
        customer: whose it is. Shape (n,).

    Returns:
        Plain values; None where there is too little to say, or where a certainty was wrong and has no score.
    """
    lost = int(len(happened) - happened.sum())
    large = scoring.calibration_in_the_large(chance, happened)
    return {
        "n": len(happened),
        "lost": lost,
        "log_loss": _finite(scoring.log_score(chance, happened)),
        "brier": _finite(scoring.brier_score(chance, happened)),
        **_area(chance, happened, customer, lost),
        "expected": _finite(large.expected),
        "observed": _finite(large.observed),
        "observed_low": _finite(large.expected + large.low),
        "observed_high": _finite(large.expected + large.high),
        "slope": _slope(chance, happened),
        "spiegelhalter_z": _finite(scoring.spiegelhalter(chance, happened).z),
        "calibration_error": _finite(scoring.expected_calibration_error(chance, happened)),
        "calibration_error_by_chance": _by_chance(chance),
    }


def better(
    chance: Floats, other: Floats, happened: Floats, customer: Codes
) -> dict[str, float | None]:
    """By how many nats per renewal one forecaster's log loss is below another's; above 0 it is better."""
    unknown: dict[str, float | None] = dict.fromkeys(("value", "low", "high", "p"))
    if len(np.unique(customer)) < 2 or not _sure_enough(chance, other):
        return unknown
    found = scoring.compare_log_scores(other, chance, happened, clusters=customer)
    return {
        "value": _finite(found.value),
        "low": _finite(found.low),
        "high": _finite(found.high),
        "p": _finite(found.p),
    }


def bins(chance: Floats, happened: Floats) -> list[dict[str, Any]]:
    """How often forecasts of each height came true, in ten bins; none below two hundred renewals."""
    return [
        {
            "forecast": _finite(each.forecast),
            "value": _finite(each.observed),
            "low": _finite(each.low),
            "high": _finite(each.high),
            "n": each.n,
        }
        for each in scoring.reliability(chance, happened)
    ]


def ranges(chance: Floats, low: Floats, high: Floats, happened: Floats) -> dict[str, int]:
    """Of the ten groups of renewals by forecast, in how many the share that renewed lay within the range given.

    The range is of the true chance, which nobody sees; the share of a group is as near as one can come. Below
    two hundred renewals there are no groups.
    """
    inside = groups = 0
    if len(chance) >= scoring.BINS_FROM:
        for rows in np.array_split(np.argsort(chance, kind="stable"), 10):
            groups += 1
            share = happened[rows].mean()
            inside += bool(low[rows].mean() <= share <= high[rows].mean())
    return {"inside": inside, "groups": groups}


def _area(chance: Floats, happened: Floats, customer: Codes, lost: int) -> dict[str, Any]:
    if lost < LEAST_LOST or lost == len(happened):
        return {"auc": None, "auc_low": None, "auc_high": None}
    found = discrimination.auc(chance, happened, clusters=customer)
    return {
        "auc": _finite(found.value),
        "auc_low": _finite(found.low),
        "auc_high": _finite(found.high),
    }


def _slope(chance: Floats, happened: Floats) -> dict[str, float | None]:
    found = Estimate.too_few(len(chance))
    if _sure_enough(chance):
        found = scoring.calibration_line(chance, happened).slope
    return {
        "value": _finite(found.value),
        "low": _finite(found.low),
        "high": _finite(found.high),
    }


def _by_chance(chance: Floats) -> float | None:
    if len(chance) < scoring.BINS_FROM:
        return None
    return _finite(scoring.calibration_error_by_chance(chance))


def _sure_enough(*chances: Floats) -> bool:
    """Whether nobody claimed a certainty: log-odds, and a comparison, need none."""
    return all(bool(np.all((chance > 0) & (chance < 1))) for chance in chances)


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), DIGITS)
