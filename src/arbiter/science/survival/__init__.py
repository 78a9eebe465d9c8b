"""Time until something happens, those it has not happened to yet included.

`curve` is the Kaplan–Meier curve with its median, `log_rank` compares curves, `renewals` counts time in
renewals, and `reaching` asks how long until the first value or until adoption.
"""

from arbiter.science.survival.curve import Survival, kaplan_meier
from arbiter.science.survival.log_rank import LogRank, log_rank
from arbiter.science.survival.reaching import TimeTo, time_to
from arbiter.science.survival.renewals import contract_survival

__all__ = [
    "LogRank",
    "Survival",
    "TimeTo",
    "contract_survival",
    "kaplan_meier",
    "log_rank",
    "time_to",
]
