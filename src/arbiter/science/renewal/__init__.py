"""Will they renew? A chance with a range and reasons that add up, from the first day on.

`known` says what may be known of a contract and turns it into numbers, `terms` is the table of
starting beliefs, `model` makes forecasts, `explanation` and `what_if` explain them, and `money` adds up
the money; docs/method/renewal-forecast.md tells how. `cases` holds what is known as columns, `learning`
moves the beliefs by what happened, with `layout` for what is learnt beside the table, `posterior` for the
arithmetic, `challenger` for the second method and `checking` for how much say it gets; `report` says what
a model rests on and `storage` keeps it. See docs/method/learning.md and docs/method/challenger.md.
"""

from arbiter.science.renewal.base_rate import UNTOLD, BaseRate
from arbiter.science.renewal.cases import (
    Cases,
    History,
    cases,
    history,
    history_of,
    joined,
    of_features,
)
from arbiter.science.renewal.challenger import Challenger, ChallengerMissing
from arbiter.science.renewal.explanation import Reason, effects, reasons
from arbiter.science.renewal.known import Answer, Intent, Known, features
from arbiter.science.renewal.layout import LEADS, Layout
from arbiter.science.renewal.learning import learn
from arbiter.science.renewal.learnt import Learnt, Scores
from arbiter.science.renewal.model import (
    Forecasts,
    Model,
    anchored,
    day_one,
    forecast,
    from_cases,
    from_features,
    prior,
)
from arbiter.science.renewal.money import Money, portfolio
from arbiter.science.renewal.report import Effect, Report, report
from arbiter.science.renewal.storage import fingerprint, from_json, to_json
from arbiter.science.renewal.terms import METHOD, SIGNALS, TERMS, Term
from arbiter.science.renewal.what_if import Move, if_answered, moves

__all__ = [
    "LEADS",
    "METHOD",
    "SIGNALS",
    "TERMS",
    "UNTOLD",
    "Answer",
    "BaseRate",
    "Cases",
    "Challenger",
    "ChallengerMissing",
    "Effect",
    "Forecasts",
    "History",
    "Intent",
    "Known",
    "Layout",
    "Learnt",
    "Model",
    "Money",
    "Move",
    "Reason",
    "Report",
    "Scores",
    "Term",
    "anchored",
    "cases",
    "day_one",
    "effects",
    "features",
    "fingerprint",
    "forecast",
    "from_cases",
    "from_features",
    "from_json",
    "history",
    "history_of",
    "if_answered",
    "joined",
    "learn",
    "moves",
    "of_features",
    "portfolio",
    "prior",
    "reasons",
    "report",
    "to_json",
]
