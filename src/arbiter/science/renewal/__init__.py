"""Will they renew? A chance with a range and reasons that add up, from the first day on.

`known` says what may be known of a contract and turns it into numbers, `terms` is the table of
starting beliefs, `model` makes forecasts, `explanation` and `what_if` explain them, and `money` adds up
the money. The method is told in docs/method/renewal-forecast.md.
"""

from arbiter.science.renewal.base_rate import UNTOLD, BaseRate
from arbiter.science.renewal.explanation import Reason, effects, reasons
from arbiter.science.renewal.known import Answer, Intent, Known, features
from arbiter.science.renewal.model import (
    Forecasts,
    Model,
    anchored,
    day_one,
    forecast,
    from_features,
    prior,
)
from arbiter.science.renewal.money import Money, portfolio
from arbiter.science.renewal.terms import METHOD, SIGNALS, TERMS, Term
from arbiter.science.renewal.what_if import Move, if_answered, moves

__all__ = [
    "METHOD",
    "SIGNALS",
    "TERMS",
    "UNTOLD",
    "Answer",
    "BaseRate",
    "Forecasts",
    "Intent",
    "Known",
    "Model",
    "Money",
    "Move",
    "Reason",
    "Term",
    "anchored",
    "day_one",
    "effects",
    "features",
    "forecast",
    "from_features",
    "if_answered",
    "moves",
    "portfolio",
    "prior",
    "reasons",
]
