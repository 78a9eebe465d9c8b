"""The attainable: the best forecast that anybody could make from what was observed, E[p | observables].

It is learnt from the true chances of about a hundred thousand renewals of the same vendor, whom no forecast
ever sees: far more than any vendor has, and without the noise of outcomes. Two halves are learnt apart;
their mean is the oracle, and how far they differ says how far it is from the truth.
"""

from dataclasses import dataclass

import lightgbm
import numpy as np

from bench.simulator.calendar import Floats
from bench.simulator.scores import expected_loss

ROUNDS = 400
SETTINGS = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 150,
    "lambda_l2": 20.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "verbosity": -1,
}


@dataclass(frozen=True)
class Attainable:
    """The oracle's forecasts of some renewals, and how sure they are."""

    probability: Floats
    error: float
    """Nats per renewal by which its own loss is above that of the true E[p | observables], by the halves."""


def attainable(
    seen: Floats, chance: Floats, wanted: Floats, *, halves: np.ndarray, rounds: int = ROUNDS
) -> Attainable:
    """Learn E[p | observables] and return it where it is wanted.

    Args:
        seen: observables of the renewals to learn from, shape (n, k).
        chance: their true probabilities.
        wanted: observables of the renewals to forecast, shape (m, k).
        halves: True for the renewals of one half; both halves hold different customers.
        rounds: of boosting.
    """
    if np.ptp(chance) == 0:
        return Attainable(np.full(len(wanted), chance[0]), 0.0)
    first, second = (
        np.asarray(_learnt(seen[half], chance[half], rounds).predict(wanted), dtype=float)
        for half in (halves, ~halves)
    )
    mean = (first + second) / 2
    apart = expected_loss(first, mean) / 2 + expected_loss(second, mean) / 2
    return Attainable(mean, float(apart - expected_loss(mean, mean)))


def _learnt(seen: Floats, chance: Floats, rounds: int) -> lightgbm.Booster:
    data = lightgbm.Dataset(seen, chance, params={"verbosity": -1})
    return lightgbm.train(SETTINGS, data, num_boost_round=rounds)
