"""The challenger: a small boosted forest that may see what a sum of effects cannot. Optional.

LightGBM is imported only when a challenger is trained or asked. Where it is not installed the logistic
forecasts alone and the model says so.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.science.renewal.cases import Cases, Floats, History
from arbiter.science.renewal.layout import OWN, Layout, doublings
from arbiter.science.renewal.terms import SIGNAL_OF_TERM

LEAST_RENEWALS = 100
LEAST_OF_EACH = 15
"""Fewer churns, or fewer renewed, than that teach a forest nothing but noise."""
ROUNDS = 200
BINS = 63
"""Of each column. Four times as many forecast no better and take a fifth longer."""
SAMPLE = 1_000
"""The average open contract is told from so many at most: contributions cost more than all else."""
SEED = 20_260_115


class ChallengerMissing(ImportError):
    """The model was trained with LightGBM, which is not installed here."""


@dataclass(frozen=True)
class Challenger:
    """A trained forest, as text, and what the average open contract gets from each of its columns."""

    text: str
    average: Floats
    """Mean contribution of each column over the open contracts, then the forest's own start. Shape (c + 1,)."""

    def log_odds(self, seen: Cases, layout: Layout) -> Floats:
        """Return the forest's log-odds of renewal. Shape (n,)."""
        return log_odds(self.text, columns(seen, layout))

    def effects(self, seen: Cases, layout: Layout) -> Floats:
        """Return how far each part moves the forest's log-odds from those of the average open contract.

        Shape (n, 1 + parts): the average, then one per entry of `layout.parts`; each row sums to the log-odds.
        """
        moved = contributions(self.text, columns(seen, layout)) - self.average
        parts = moved[:, :-1] @ np.eye(len(layout.parts))[_part_of_column(layout)]
        return np.column_stack([np.full(len(seen), self.average.sum()), parts])


def is_available() -> bool:
    """Tell whether LightGBM is installed.

    References:
        Ke, G. et al. (2017). LightGBM: a highly efficient gradient boosting decision tree. NeurIPS 30.

    Examples:
        >>> isinstance(is_available(), bool)
        True
    """
    return find_spec("lightgbm") is not None


def train(past: History, layout: Layout, fold: NDArray[np.int64]) -> tuple[str, Floats]:
    """Return a forest trained on decided renewals, as text, and what forests say of rows they had not seen.

    200 rounds at a rate of 0.03, 6 leaves, L2 of 10, 60 % of the columns and 80 % of the rows per tree, one
    thread and a fixed seed. A leaf holds at least max(5, min(40, renewals / 12)) renewals. Beside the forest of
    all rows one per fold is trained on the rows outside it; all share their bins, which know no outcome.

    Args:
        past: decided renewals; each weighs 1 in total, less when long ago.
        layout: the columns of segments, leads and signals.
        fold: the fold of each row. Shape (n,).

    Returns:
        The text, and log-odds for each row by the forest that had not seen its fold. Shape (n,).

    Raises:
        ChallengerMissing: LightGBM is not installed.

    References:
        Ke, G. et al. (2017). LightGBM: a highly efficient gradient boosting decision tree. NeurIPS 30.
        The parameters are measured on simulated vendors; see docs/method/challenger.md.

    Examples:
        See docs/method/challenger.md for one; training needs a hundred renewals to be of use.

        >>> LEAST_RENEWALS
        100
    """
    looked_at = columns(past.cases, layout)
    options = {"verbosity": -1, "max_bin": BINS, "feature_pre_filter": False}
    lightgbm = _lightgbm()
    data = lightgbm.Dataset(looked_at, past.renewed, weight=past.weight, params=options).construct()
    unseen = np.empty(len(past))
    for each in np.unique(fold):
        (elsewhere,) = np.nonzero(fold != each)
        part = data.subset(elsewhere)
        forest = lightgbm.train(_parameters(past.take(elsewhere)), part, num_boost_round=ROUNDS)
        there = fold == each
        unseen[there] = forest.predict(looked_at[there], raw_score=True, num_threads=1)
    whole = lightgbm.train(_parameters(past), data, num_boost_round=ROUNDS)
    return str(whole.model_to_string()), unseen


def _parameters(past: History) -> dict[str, Any]:
    rows_of_one = len(past) / max(1, past.renewals)
    leaf = max(5.0, min(40.0, past.renewals / 12))
    return {
        "objective": "binary",
        "learning_rate": 0.03,
        "num_leaves": 6,
        "min_data_in_leaf": round(leaf * rows_of_one),
        "lambda_l2": 10.0,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "num_threads": 1,
        "seed": SEED,
        "deterministic": True,
        "force_row_wise": True,
        "max_bin": BINS,
        "feature_pre_filter": False,
        "verbosity": -1,
    }


def average(text: str, everybody: Cases, share: Floats, layout: Layout) -> Floats:
    """Return what the average contract gets from each column, from an even sample of a thousand at most.

    Args:
        text: a forest.
        everybody: the contracts. Length n >= 1.
        share: how much each counts, above 0. Shape (n,).
        layout: the columns of segments, leads and signals.

    Returns:
        Mean contributions, then the forest's own start. Shape (c + 1,).

    Raises:
        ChallengerMissing: LightGBM is not installed.

    References:
        As `contributions`.

    Examples:
        See docs/method/challenger.md; without a forest there is nothing to tell.

        >>> SAMPLE
        1000
    """
    rows = np.arange(len(everybody))[:: -(-len(everybody) // SAMPLE)]
    told = contributions(text, columns(everybody.take(rows), layout))
    return np.asarray(np.average(told, axis=0, weights=share[rows]))


def columns(seen: Cases, layout: Layout) -> Floats:
    """Return what the forest looks at: features, lead, segments, and signals as they are, nan where unknown.

    Args:
        seen: what is known of the contracts. Length n >= 0.
        layout: the columns of segments, leads and signals.

    Returns:
        Shape (n, c).

    References:
        docs/method/challenger.md.

    Examples:
        >>> from arbiter.science.renewal.cases import cases
        >>> from arbiter.science.renewal.known import Known
        >>> columns(cases([Known()]), Layout(segments=("Large",), leads=(180,))).shape
        (1, 24)
    """
    segments = seen.segment[:, None] == np.array(layout.segments, dtype=np.str_)
    return np.column_stack(
        [
            seen.x,
            segments.astype(float).reshape(len(seen), len(layout.segments)),
            *([doublings(seen.lead_days)] if layout.leads else []),
            seen.values_of([scale.name for scale in layout.signals]),
        ]
    )


def _part_of_column(layout: Layout) -> NDArray[np.int64]:
    """For every column, the place among `layout.parts` of the reason it belongs to."""
    rest = ["segment"] * len(layout.segments) + (["lead"] if layout.leads else [])
    rest += [OWN + scale.name for scale in layout.signals]
    return np.array([*SIGNAL_OF_TERM, *(layout.parts.index(name) for name in rest)])


def log_odds(text: str, looked_at: Floats) -> Floats:
    """Return the forest's log-odds of renewal.

    Args:
        text: a forest.
        looked_at: rows of `columns`. Shape (n, c).

    Returns:
        Shape (n,).

    Raises:
        ChallengerMissing: LightGBM is not installed.

    References:
        As `train`.

    Examples:
        >>> log_odds("", np.empty((0, 22))).shape
        (0,)
    """
    if not len(looked_at):
        return np.empty(0)
    told = _forest(text).predict(looked_at, raw_score=True, num_threads=1)
    return np.asarray(told, dtype=float)


def contributions(text: str, looked_at: Floats) -> Floats:
    """Return what each column contributes to the forest's log-odds, exactly (TreeSHAP), then its start.

    Args:
        text: a forest.
        looked_at: rows of `columns`. Shape (n, c).

    Returns:
        Shape (n, c + 1). Each row sums to the log-odds.

    Raises:
        ChallengerMissing: LightGBM is not installed.

    References:
        Lundberg, S. M. et al. (2020). From local explanations to global understanding with explainable AI
        for trees. Nature Machine Intelligence, 2, 56-67.

    Examples:
        >>> contributions("", np.empty((0, 22))).shape
        (0, 23)
    """
    if not len(looked_at):
        return np.empty((0, looked_at.shape[1] + 1))
    told = _forest(text).predict(looked_at, pred_contrib=True, num_threads=1)
    return np.asarray(told, dtype=float)


@lru_cache(maxsize=4)
def _forest(text: str) -> Any:
    return _lightgbm().Booster(model_str=text)


def _lightgbm() -> Any:
    if not is_available():
        raise ChallengerMissing("This model has a challenger, and LightGBM is not installed.")
    return import_module("lightgbm")
