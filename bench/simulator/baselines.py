"""What else one could do: forecasters that learn from the same renewals, seen 90 days ahead."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import lightgbm
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from arbiter.science.renewal import BaseRate, Cases, History
from arbiter.science.renewal.terms import EFFECT_SDS, EFFECTS
from bench.simulator.calendar import Floats
from bench.simulator.lives import SEGMENTS
from bench.simulator.trial import JUDGED_LEAD

USUAL, USUAL_WEIGHT = 0.83, 10.0
"""Where nothing was seen yet: a renewal rate as is usual, worth ten renewals."""
FOLDS = 5
LEAST_OF_EACH = 3
CLOSEST = 0.005


@dataclass(frozen=True)
class Lesson:
    """What a baseline may learn from: renewals at one lead, as arrays."""

    x: Floats
    renewed: Floats
    customer: np.ndarray
    told: BaseRate


Baseline = Callable[[Lesson, Floats], Floats]


def lesson(past: History, told: BaseRate) -> Lesson:
    """Return a history as the baselines see it."""
    rows = past.take(np.flatnonzero(past.cases.lead_days == JUDGED_LEAD))
    return Lesson(columns(rows.cases), rows.renewed, rows.customer, told)


def columns(seen: Cases) -> Floats:
    """Return features and segments as numbers."""
    return np.column_stack([seen.x, seen.segment[:, None] == np.array(SEGMENTS)]).astype(float)


def base_rate(given: Lesson, wanted: Floats) -> Floats:
    """The share that renewed, drawn to what is usual by ten renewals."""
    rate = (USUAL * USUAL_WEIGHT + given.renewed.sum()) / (USUAL_WEIGHT + len(given.renewed))
    return np.full(len(wanted), rate)


def told_rate(given: Lesson, wanted: Floats) -> Floats:
    """The same, with the renewals that the vendor remembers."""
    renewed = USUAL * USUAL_WEIGHT + given.renewed.sum() + given.told.renewed
    rate = renewed / (USUAL_WEIGHT + len(given.renewed) + given.told.due)
    return np.full(len(wanted), rate)


def ridge(given: Lesson, wanted: Floats) -> Floats:
    """A ridge logistic whose penalty is chosen by cross-validation, customers kept together."""
    if _is_too_thin(given):
        return told_rate(given, wanted)
    folds = list(GroupKFold(_folds(given)).split(given.x, given.renewed, given.customer))
    folds = [fold for fold in folds if len(np.unique(given.renewed[fold[0]])) == 2]
    model = make_pipeline(
        StandardScaler(),
        LogisticRegressionCV(
            Cs=np.logspace(-3.5, 1, 8), cv=folds, scoring=_held_out_score, max_iter=400
        ),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", FutureWarning)
        model.fit(given.x, given.renewed)
    return np.asarray(model.predict_proba(wanted)[:, 1])


def _held_out_score(model: LogisticRegressionCV, x: Floats, renewed: Floats) -> float:
    """Mean log likelihood; a fold may hold one outcome only."""
    p = np.clip(model.predict_proba(x)[:, 1], 1e-6, 1 - 1e-6)
    return float(np.mean(renewed * np.log(p) + (1 - renewed) * np.log1p(-p)))


def tuned_boosting(given: Lesson, wanted: Floats) -> Floats:
    """Small regularised boosting; leaves and rounds are chosen by cross-validation, customers kept together."""
    if _is_too_thin(given):
        return told_rate(given, wanted)
    best = min((_tried(given, leaves) for leaves in (3, 6)), key=lambda tried: tried[0])
    return _boosted(given, wanted, leaves=best[1], rounds=best[2])


def _tried(given: Lesson, leaves: int) -> tuple[float, int, int]:
    folds = GroupKFold(_folds(given)).split(given.x, given.renewed, given.customer)
    told = lightgbm.cv(
        _settings(given, leaves), lightgbm.Dataset(given.x, given.renewed, params={"verbosity": -1}),
        num_boost_round=300, folds=list(folds), callbacks=[lightgbm.early_stopping(30, verbose=False)],
    )  # fmt: skip
    losses = np.asarray(dict(told)["valid binary_logloss-mean"])
    return float(losses[-1]), leaves, len(losses)


def _boosted(given: Lesson, wanted: Floats, *, leaves: int, rounds: int) -> Floats:
    data = lightgbm.Dataset(given.x, given.renewed, params={"verbosity": -1})
    forest = lightgbm.train(_settings(given, leaves), data, num_boost_round=rounds)
    return np.asarray(forest.predict(wanted))


def _settings(given: Lesson, leaves: int) -> dict[str, object]:
    return {
        "objective": "binary",
        "metric": "binary_logloss",
        "learning_rate": 0.03,
        "num_leaves": leaves,
        "min_data_in_leaf": max(5, min(40, len(given.renewed) // 12)),
        "lambda_l2": 10.0,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "num_threads": 1,
        "seed": 3,
        "deterministic": True,
        "verbosity": -1,
    }


def default_boosting(given: Lesson, wanted: Floats) -> Floats:
    """LightGBM as it comes out of the box."""
    if _is_too_thin(given):
        return told_rate(given, wanted)
    data = lightgbm.Dataset(given.x, given.renewed, params={"verbosity": -1})
    settings = {"objective": "binary", "num_threads": 1, "verbosity": -1, "seed": 3}
    forest = lightgbm.train(settings, data, num_boost_round=100)
    return np.clip(np.asarray(forest.predict(wanted)), CLOSEST, 1 - CLOSEST)


def expert(given: Lesson, wanted: Floats) -> Floats:
    """The table of starting beliefs taken at its word: effects added up in full, around a rate that is usual."""
    middle = np.concatenate([EFFECTS, np.zeros(len(SEGMENTS)), [logit(USUAL)]])
    width = np.concatenate([EFFECT_SDS, np.full(len(SEGMENTS), 0.35), [0.8]])
    x = np.column_stack([given.x, np.ones(len(given.x))])

    def loss(theta: Floats) -> tuple[float, Floats]:
        eta, apart = x @ theta, (theta - middle) / width
        value = np.sum(np.logaddexp(0, eta) - given.renewed * eta) + apart @ apart / 2
        return float(value), x.T @ (expit(eta) - given.renewed) + apart / width

    theta = minimize(loss, middle, jac=True, method="L-BFGS-B").x
    return np.asarray(expit(np.column_stack([wanted, np.ones(len(wanted))]) @ theta))


def _folds(given: Lesson) -> int:
    return int(min(FOLDS, len(np.unique(given.customer))))


def _is_too_thin(given: Lesson) -> bool:
    """With hardly any of one outcome nothing can be fitted; then the told rate is the better sense."""
    lost = len(given.renewed) - given.renewed.sum()
    return bool(min(lost, given.renewed.sum()) < LEAST_OF_EACH)


BASELINES: dict[str, Baseline] = {
    "base rate": base_rate,
    "told rate": told_rate,
    "ridge": ridge,
    "small boosting": tuned_boosting,
    "default boosting": default_boosting,
    "expert, as is": expert,
}
