"""Scores for probabilities: how good was the forecast, and do its percentages mean what they say?

`scores` gives one number to a set of forecasts, `calibration` asks whether 80 % came true in 80 %,
`reliability` shows that in ten bins, and `difference` tells two forecasts of the same renewals apart.
"""

from arbiter.science.scoring.calibration import (
    CalibrationLine,
    InTheLarge,
    Spiegelhalter,
    calibration_in_the_large,
    calibration_line,
    spiegelhalter,
)
from arbiter.science.scoring.difference import ScoreDifference, compare_log_scores
from arbiter.science.scoring.reliability import (
    BINS_FROM,
    BrierParts,
    ReliabilityBin,
    brier_parts,
    calibration_error_by_chance,
    expected_calibration_error,
    reliability,
)
from arbiter.science.scoring.scores import brier_score, log_score, skill_against_base_rate

__all__ = [
    "BINS_FROM",
    "BrierParts",
    "CalibrationLine",
    "InTheLarge",
    "ReliabilityBin",
    "ScoreDifference",
    "Spiegelhalter",
    "brier_parts",
    "brier_score",
    "calibration_error_by_chance",
    "calibration_in_the_large",
    "calibration_line",
    "compare_log_scores",
    "expected_calibration_error",
    "log_score",
    "reliability",
    "skill_against_base_rate",
    "spiegelhalter",
]
