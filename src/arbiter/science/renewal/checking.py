"""Checking what was learnt on customers it had not seen: the challenger's say, the scores, the misfit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from arbiter.science.renewal import challenger
from arbiter.science.renewal.base_rate import SMOOTHING, USUAL_RATE
from arbiter.science.renewal.cases import Floats, History
from arbiter.science.renewal.learnt import Scores
from arbiter.science.renewal.model import Model, from_cases
from arbiter.science.renewal.posterior import fitted
from arbiter.science.renewal.terms import MISFIT_SD

FOLDS = 5
SHARES = np.linspace(0, 1, 21)
SEED = 20_260_115


@dataclass(frozen=True)
class Checked:
    """What came of it. The weight is None where there is no challenger."""

    weight: float | None
    challenger_note: str
    misfit: float
    misfit_note: str
    scores: Scores | None


def check(past: History, start: Model, *, boosting: bool) -> Checked:
    """Return the challenger's say, the misfit and the scores, each from customers the learner had not seen.

    Args:
        past: decided renewals, in an order of their own.
        start: the beliefs of the first day, with the layout.
        boosting: whether there may be a challenger.

    References:
        Wolpert, D. H. (1992). Stacked generalization. Neural Networks, 5(2), 241-259.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one, history
        >>> few = history([], renewed=[], renewal=[], customer=[], age_months=[])
        >>> check(few, day_one([], base_rate=UNTOLD), boosting=True).weight is None
        True
    """
    note = _objection(past, boosting=boosting)
    if past.renewals < challenger.LEAST_RENEWALS:
        return Checked(None, note, MISFIT_SD, "", None)
    fold = folds(past)
    own, other, flat = _out_of_fold(past, start, fold, boosted=not note)
    weight = None if note else say(own, other, past.renewed, past.weight)
    used = own if weight is None else own + weight * (other - own)
    scores = Scores(
        base_rate=_loss(flat, past),
        logistic=_loss(own, past),
        challenger=None if note else _loss(other, past),
        forecast=_loss(used, past),
    )
    return Checked(weight, note, MISFIT_SD, "", scores)


def _objection(past: History, *, boosting: bool) -> str:
    """Why there is no challenger; empty where there is one."""
    if not boosting:
        return "Switched off"
    if past.renewals < challenger.LEAST_RENEWALS:
        return f"{past.renewals} renewals are too few: it needs {challenger.LEAST_RENEWALS}"
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
        Numbers from 0 to 4. Shape (n,).

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
    dealt[order] = np.arange(len(customers)) % FOLDS
    return dealt[place]


def _out_of_fold(
    past: History, start: Model, fold: NDArray[np.int64], *, boosted: bool
) -> tuple[Floats, Floats, Floats]:
    """Log-odds by the logistic, the challenger (0 where there is none) and the base rate."""
    own, other, flat = (np.zeros(len(past)) for _ in range(3))
    for each in range(FOLDS):
        there = fold == each
        seen, unseen = past.take(~there), past.cases.take(there)
        model, _ = fitted(seen, start)
        own[there] = logit(from_cases(unseen, model).probability)
        flat[there] = logit(_rate(seen))
        if boosted:
            text = challenger.train(seen, start.layout)
            other[there] = challenger.log_odds(text, challenger.columns(unseen, start.layout))
    return own, other, flat


def _rate(past: History) -> float:
    """The share that renewed, kept from certainty as a told one is."""
    renewed = past.weight @ past.renewed + SMOOTHING * USUAL_RATE
    return float(renewed / (past.weight.sum() + SMOOTHING))


def say(own: Floats, other: Floats, renewed: Floats, weight: Floats) -> float:
    """Return how much say the challenger earned: the posterior mean of its weight w on a grid of 21.

    P(w | outcomes) ∝ Π p_w(y)^weight with logit p_w = (1 − w) own + w other, each w as likely as any other
    before.

    Args:
        own: the logistic's log-odds, for rows it had not seen. Shape (n,).
        other: the challenger's. Shape (n,).
        renewed: outcomes, 0 or 1. Shape (n,).
        weight: how much each row counts, at least 0. Shape (n,).

    References:
        Yao, Y. et al. (2018). Using stacking to average Bayesian predictive distributions. Bayesian
        Analysis, 13(3), 917-1007.

    Examples:
        Where both say the same, neither is preferred.

        >>> same = np.zeros(4)
        >>> round(say(same, same, np.array([1.0, 0, 1, 0]), np.ones(4)), 3)
        0.5
    """
    signs = 2 * renewed - 1
    likelihood = np.array(
        [-(weight @ np.logaddexp(0, -signs * (own + w * (other - own)))) for w in SHARES]
    )
    chance = np.exp(likelihood - likelihood.max())
    return float(SHARES @ chance / chance.sum())


def _loss(log_odds: Floats, past: History) -> float:
    losses = np.logaddexp(0, -(2 * past.renewed - 1) * log_odds)
    return float(np.average(losses, weights=past.weight))
