"""Surprises: losses that nobody saw coming, and what it would have cost to see them.

`ledger` judges each loss by what was believed and forecast before notice. `alarms` asks how many losses
carried no alarm in time, beside how many alarms there were. The methods are told in
docs/method/surprise-rate.md.
"""

from arbiter.science.surprise.alarms import (
    BUDGET,
    Alarms,
    alarms,
    flagged,
    flagged_in_time,
)
from arbiter.science.surprise.ledger import (
    SAFE_FROM,
    Loss,
    SurpriseRate,
    judged,
    surprise_rate,
)

__all__ = [
    "BUDGET",
    "SAFE_FROM",
    "Alarms",
    "Loss",
    "SurpriseRate",
    "alarms",
    "flagged",
    "flagged_in_time",
    "judged",
    "surprise_rate",
]
