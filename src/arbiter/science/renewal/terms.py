"""The starting beliefs: by how much does each thing known shift the log-odds of a renewal?

Effects are marginal (what one would believe on hearing this one thing alone). Things known overlap, so
the model multiplies their sum by one temperature κ ~ N(0.55, 0.25²); see docs/method/renewal-forecast.md.
"""

from dataclasses import dataclass

import numpy as np

METHOD = "anchored-prior/1"

TEMPERATURE = 0.55
"""κ: how much of the sum of marginal effects is left once they are heard together."""
TEMPERATURE_SD = 0.25
DEVIATION = 0.6
"""The effect of one term may leave κ·m by this share of the term's own sd."""
SEGMENT_SD = 0.35
"""How far, in log-odds, a segment may lie from the vendor's own rate."""
MISFIT_SD = 0.35
"""What no such model can know. Without it 90 % ranges held 59-72 % of the true chances."""


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the table."""

    name: str
    signal: str
    """The signal it belongs to, by which reasons are shown."""
    effect: float
    """m: the shift in log-odds per unit of the feature."""
    sd: float
    """s: how unsure we are of the effect."""
    source: str


SIGNALS = {
    "intent": "Will they continue?",
    "confirmation": "Did they get what they came for?",
    "awareness": "Do they know what they got?",
    "goal_age": "Is the goal still theirs?",
    "departure": "Are our people there still there?",
    "nps": "Would they recommend us?",
    "csat": "How satisfied are they?",
    "usage": "How much do they use it?",
    "tickets": "What is broken for them?",
    "tenure": "How often did they renew before?",
    "price": "What will it cost them?",
}
"""Signal → the question it answers, in the order of the pages."""

_CALIBRATED = (
    "set so that answers of 70/20/10 at a base of 0.85 correlate 0.525 with renewal (Sheeran 2002)"
)
_USER = "the decision maker's effect × about 0.45; judgement"
_JUDGED = "judgement"
_NPS = "de Haan et al. 2015 against Morgan & Rego 2006 and Baehre et al. 2022"

TERMS = (
    Term("yes_from_decision", "intent", 1.1, 0.5, _CALIBRATED),
    Term("not_sure_from_decision", "intent", -1.0, 0.5, _CALIBRATED),
    Term("no_from_decision", "intent", -2.6, 0.8, _CALIBRATED),
    Term("yes_from_user", "intent", 0.5, 0.4, _USER),
    Term("not_sure_from_user", "intent", -0.4, 0.4, _USER),
    Term("no_from_user", "intent", -1.2, 0.6, _USER),
    Term("no_reply", "intent", -0.4, 0.4, "silence is not random; judgement"),
    Term("confirmed_share", "confirmation", 1.5, 0.7, "judgement; Bolton et al. 2006"),
    Term("nothing_confirmed", "confirmation", -0.3, 0.4, _JUDGED),
    Term("awareness_gap", "awareness", -0.8, 0.5, _JUDGED),
    Term("goal_age", "goal_age", -0.25, 0.2, "judgement; recency in Bolton et al. 2006"),
    Term("departure", "departure", -0.9, 0.4, "vendors' claims of −1.3 to −1.7, shrunk"),
    Term("nps_promoter", "nps", 0.2, 0.25, _NPS),
    Term("nps_detractor", "nps", -0.3, 0.3, _NPS),
    Term("nps_none", "nps", -0.1, 0.2, _NPS),
    Term("csat", "csat", 0.2, 0.2, "Bolton 1998, de Haan et al. 2015; size by judgement"),
    Term("usage_level", "usage", 0.15, 0.2, _JUDGED),
    Term("usage_trend", "usage", 0.25, 0.25, _JUDGED),
    Term("critical_tickets", "tickets", -0.3, 0.25, "Bolton et al. 2006; size by judgement"),
    Term("tenure", "tenure", 0.2, 0.2, "retention rises with tenure (Fader & Hardie 2007)"),
    Term("first_renewal", "tenure", -0.25, 0.3, "Fader & Hardie 2007; size by judgement"),
    Term("price_increase", "price", -4.0, 3.0, _JUDGED),
)

EFFECTS = np.array([term.effect for term in TERMS])
EFFECT_SDS = np.array([term.sd for term in TERMS])
SIGNAL_OF_TERM = np.array([list(SIGNALS).index(term.signal) for term in TERMS])
