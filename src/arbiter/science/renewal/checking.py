"""Checking what was learnt on customers it had not seen: the challenger's say, what is kept, the misfit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from arbiter.science.renewal import challenger
from arbiter.science.renewal.base_rate import BaseRate
from arbiter.science.renewal.cases import Floats, History
from arbiter.science.renewal.learnt import Scores
from arbiter.science.renewal.model import Model, from_cases
from arbiter.science.renewal.posterior import fitted
from arbiter.science.renewal.terms import MISFIT_SD

FOLDS = 5
FEW_FOLDS = 3
MANY = 2_000
"""From so many renewals on three folds tell as much as five, in half the time."""
SHARES = np.linspace(0, 1, 21)
FOR_THE_LOGISTIC = 2.0
"""Before anything is seen, a challenger with the whole say is e² times less likely than one with none."""
NOTHING_TELLS, ALL_HOLDS = 0.20, 0.75
"""How likely it is, before anything is seen, that nothing is to be kept, and that everything is."""
SEED = 20_260_115
MISFIT_SHARE = 0.4
"""The misfit in proportion to the spread of the forecasts."""
MISFIT_WORTH = 50
"""So many renewals weigh as much as the misfit of the first day."""
LEAST_MISFIT = 0.1


@dataclass(frozen=True)
class Checked:
    """What came of it. The challenger's note is empty where there is one."""

    weight: float
    kept: float
    challenger_note: str
    scores: Scores | None
    forest: str = ""
    """The challenger, trained on all rows."""


def check(past: History, start: Model, *, boosting: bool) -> Checked:
    """Return the challenger's say, how much is kept, and scores: all from customers the learner had not seen.

    Args:
        past: decided renewals, in an order of their own.
        start: the beliefs of the first day, with the layout.
        boosting: whether there may be a challenger.

    References:
        Wolpert, D. H. (1992). Stacked generalization. Neural Networks, 5(2), 241-259.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one, history
        >>> few = history([], renewed=[], renewal=[], customer=[], age_months=[])
        >>> check(few, day_one([], base_rate=UNTOLD), boosting=True).kept
        1.0
    """
    note = _objection(past, boosting=boosting)
    if past.renewals < challenger.LEAST_RENEWALS:
        return Checked(0.0, 1.0, note, None)
    fold = folds(past)
    own, flat = _out_of_fold(past, start, fold)
    forest, other = ("", own) if note else challenger.train(past, start.layout, fold)
    weight, kept = say(own, other, flat, past.renewed, past.weight)
    weight = 0.0 if note else weight
    scores = Scores(
        base_rate=_loss(flat, past),
        logistic=_loss(own, past),
        challenger=None if note else _loss(other, past),
        forecast=_loss(flat + kept * (own + weight * (other - own) - flat), past),
    )
    return Checked(weight, kept, note, scores, forest)


def _objection(past: History, *, boosting: bool) -> str:
    """Why there is no challenger; empty where there is one."""
    if not boosting:
        return "Switched off"
    if past.renewals < challenger.LEAST_RENEWALS:
        return f"Too few renewals: {past.renewals} of the {challenger.LEAST_RENEWALS} it needs"
    fewest = min(past.churns, past.renewals - past.churns)
    if fewest < challenger.LEAST_OF_EACH:
        kind = "churned" if past.churns == fewest else "renewed"
        return f"Only {fewest} {kind}: it needs {challenger.LEAST_OF_EACH}"
    return "" if challenger.is_available() else "LightGBM is not installed"


def folds(past: History) -> NDArray[np.int64]:
    """Return for every row the fold in which it is checked: customers whole, churns spread evenly.

    Args:
        past: decided renewals. Length n >= 0.

    Returns:
        Numbers from 0 to 4, from 2,000 renewals on from 0 to 2. Shape (n,).

    References:
        docs/method/challenger.md.

    Examples:
        >>> from arbiter.science.renewal import Known, history
        >>> twice = history([Known()] * 4, renewed=[1, 1, 0, 1], renewal=[1, 2, 3, 4], customer=[1, 1, 2, 2],
        ...     age_months=[0] * 4)
        >>> seen = folds(twice)
        >>> bool(seen[0] == seen[1] != seen[2] == seen[3])
        True
    """
    customers, place = np.unique(past.customer, return_inverse=True)
    churned = np.zeros(len(customers), dtype=bool)
    churned[place[past.renewed == 0]] = True
    shuffled = np.random.default_rng(SEED).random(len(customers))
    order = np.lexsort((shuffled, churned))
    dealt = np.empty(len(customers), dtype=np.int64)
    dealt[order] = np.arange(len(customers)) % (FOLDS if past.renewals < MANY else FEW_FOLDS)
    return dealt[place]


def _out_of_fold(past: History, start: Model, fold: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Log-odds by the logistic and by the base rate, each learnt from the other folds."""
    own, flat = np.empty(len(past)), np.empty(len(past))
    for each in np.unique(fold):
        there = fold == each
        seen = past.take(~there)
        model, _ = fitted(seen, start)
        own[there] = logit(from_cases(past.cases.take(there), model).probability)
        flat[there] = logit(rate(seen, start.base_rate))
    return own, flat


def rate(past: History, told: BaseRate) -> float:
    """Return the share that renewed, beginning with what was told.

    Args:
        past: decided renewals. Length n >= 0.
        told: the base rate; it counts as much as the renewals that it is worth.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, history
        >>> nothing = history([], renewed=[], renewal=[], customer=[], age_months=[])
        >>> round(rate(nothing, UNTOLD), 2)
        0.82
    """
    renewed = past.weight @ past.renewed + told.worth * told.probability
    return float(renewed / (past.weight.sum() + told.worth))


def say(
    own: Floats, other: Floats, flat: Floats, renewed: Floats, weight: Floats
) -> tuple[float, float]:
    """Return how much say the challenger earned, and how much of what both say is kept.

    The posterior means of w and s over a grid of 21 × 21 for log-odds flat + s ((1 − w) own + w other − flat),
    where P(w, s | outcomes) ∝ P(s) e^{−2w} Π p(y)^weight, and P(s) is 0.2 for 0, 0.75 for 1 and even between.

    Args:
        own: the logistic's log-odds, for rows it had not seen. Shape (n,).
        other: the challenger's. Shape (n,).
        flat: the base rate's. Shape (n,).
        renewed: outcomes, 0 or 1. Shape (n,).
        weight: how much each row counts, at least 0. Shape (n,).

    Returns:
        w = E[s w] / E[s] and s = E[s], so that the mean log-odds over the grid are those of w and s.

    References:
        Yao, Y. et al. (2018). Using stacking to average Bayesian predictive distributions. Bayesian
        Analysis, 13(3), 917-1007.

    Examples:
        Before anything is seen the logistic is preferred, and most is kept.

        >>> nothing = np.empty(0)
        >>> shares = say(nothing, nothing, nothing, nothing, nothing)
        >>> [round(share, 2) for share in shares]
        [0.33, 0.78]
    """
    signs = 2 * renewed - 1
    value = np.empty((len(SHARES), len(SHARES)))
    for row, w in enumerate(SHARES):
        beyond = own + w * (other - own) - flat
        for column, s in enumerate(SHARES):
            loss = weight @ np.logaddexp(0, -signs * (flat + s * beyond))
            value[row, column] = -FOR_THE_LOGISTIC * w - loss
    between = (1 - NOTHING_TELLS - ALL_HOLDS) / (len(SHARES) - 2)
    before = [NOTHING_TELLS, *[between] * (len(SHARES) - 2), ALL_HOLDS]
    chance = np.exp(value - value.max()) * before
    chance /= chance.sum()
    kept = float(chance.sum(axis=0) @ SHARES)
    return float(SHARES @ chance @ SHARES) / kept, kept


def misfit(log_odds: Floats, weight: Floats) -> float:
    """Return how far a true chance lies from what such a model can know, as a standard deviation of log-odds.

    In proportion to what the model sees: √((50 · 0.35² + n (0.4 sd)²) / (50 + n)), at least 0.1, with sd the
    spread of its forecasts and n the renewals they are made for. Residuals cannot tell it: a miss that
    differs from contract to contract within one forecast leaves no trace in the mean of a bin.

    Args:
        log_odds: forecasts of decided renewals. Shape (n,).
        weight: how much each row counts, at least 0. Shape (n,).

    References:
        The proportion is measured on simulated vendors; see docs/method/learning.md.

    Examples:
        >>> misfit(np.empty(0), np.empty(0)), round(misfit(np.array([1.0, 2.0] * 500), np.ones(1_000)), 3)
        (0.35, 0.21)
    """
    n = weight.sum()
    mean = weight @ log_odds / max(n, 1.0)
    spread = weight @ (log_odds - mean) ** 2
    total = MISFIT_WORTH * MISFIT_SD**2 + MISFIT_SHARE**2 * spread
    return max(LEAST_MISFIT, float(np.sqrt(total / (MISFIT_WORTH + n))))


def _loss(log_odds: Floats, past: History) -> float:
    losses = np.logaddexp(0, -(2 * past.renewed - 1) * log_odds)
    return float(np.average(losses, weights=past.weight))
