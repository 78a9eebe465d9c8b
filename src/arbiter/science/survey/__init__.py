"""What do answers on a scale say, and how sure is it? NPS, CSAT and CES with their intervals.

`promoters` holds the Net Promoter Score and its change, `ratings` the mean and the top two boxes of any
other scale. The methods are told in docs/method/nps.md and docs/method/csat-and-ces.md.
"""

from arbiter.science.survey.promoters import Nps, nps, nps_change, nps_change_paired, nps_of_counts
from arbiter.science.survey.ratings import (
    CES,
    CSAT,
    MixedScales,
    Ratings,
    Scale,
    one_scale,
    top_box,
)

__all__ = [
    "CES",
    "CSAT",
    "MixedScales",
    "Nps",
    "Ratings",
    "Scale",
    "nps",
    "nps_change",
    "nps_change_paired",
    "nps_of_counts",
    "one_scale",
    "top_box",
]
