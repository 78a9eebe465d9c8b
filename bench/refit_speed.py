"""How long it takes to learn from 5,000 renewals, each seen at three leads, and to forecast 5,000 open contracts.

Learning is all of it: the posterior, the challenger, five folds of both for its say, the misfit. Forecasting
includes ranges and reasons. The baseline is scikit-learn's logistic regression on the same rows, fitted once and
asked for bare probabilities: no prior, no challenger, no range, no reason. Seconds are those of one processor:
what else the machine does is not in them.
"""

from time import process_time

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from arbiter.science.renewal import (
    BaseRate,
    Cases,
    Known,
    effects,
    features,
    from_cases,
    history_of,
    learn,
)
from arbiter.science.renewal.challenger import is_available
from arbiter.science.renewal.layout import LEADS, layout_of, rows
from arbiter.science.renewal.terms import EFFECTS, TERMS
from bench.support.turns import best_of

RENEWALS = 5_000
OPEN = 5_000
MOST_SECONDS = 3.0
TURNS = 3
TOLD = BaseRate(renewed=160, due=200)


def main(argv: list[str]) -> None:
    """Print the best of some turns on one core, and the ratio."""
    past, waiting = _past(int(argv[0]) if argv else RENEWALS), _open()
    boosting = is_available()
    _refit(past, waiting, boosting=boosting)
    bare = best_of(TURNS, lambda: _bare(past, waiting), clock=process_time)
    alone = best_of(TURNS, lambda: _refit(past, waiting, boosting=False), clock=process_time)
    ours = best_of(TURNS, lambda: _refit(past, waiting, boosting=boosting), clock=process_time)
    verdict = "ok" if ours <= MOST_SECONDS else "TOO MUCH"
    print(
        f"Refit on {past.renewals:,} renewals ({len(past):,} rows) and {len(waiting):,} forecasts with reasons: "
        f"{ours:.2f} s (at most {MOST_SECONDS:.0f}), without challenger {alone:.2f} s; scikit-learn's logistic, "
        f"fitted and asked once, {bare:.2f} s; ratio {ours / bare:.1f}: {verdict}"
    )


def _refit(past, waiting, *, boosting):
    model = learn(past, base_rate=TOLD, open_contracts=waiting, boosting=boosting)
    effects(from_cases(waiting, model), model)


def _bare(past, waiting):
    layout = layout_of(past)
    plain = LogisticRegression(max_iter=1_000)
    plain.fit(rows(past.cases, layout)[:, 2:], past.renewed, sample_weight=past.weight)
    plain.predict_proba(rows(waiting, layout)[:, 2:])


def _past(count):
    dice = np.random.default_rng(11)
    seen = _cases(dice, np.repeat(np.arange(count), len(LEADS)), np.tile(LEADS, count))
    score = seen.x @ EFFECTS + np.where(seen.x[:, 0] * seen.x[:, 7] > 0.2, 0.8, 0.0)
    chance = expit(0.5 + 0.5 * score[:: len(LEADS)])
    renewed = dice.random(count) < chance
    contract = np.arange(count).repeat(len(LEADS))
    return history_of(
        seen,
        renewed=renewed[contract],
        renewal=contract,
        customer=contract // 2,
        age_months=dice.uniform(0, 48, count)[contract],
    )


def _open():
    dice = np.random.default_rng(12)
    return _cases(dice, np.arange(OPEN), dice.integers(1, 365, OPEN))


def _cases(dice, contract, lead_days):
    """Features as rows of the table have them: one of the answers, shares, counts."""
    count, contracts = len(contract), contract.max() + 1
    x = np.tile(features([Known()]), (contracts, 1))
    x[np.arange(contracts), dice.integers(0, 7, contracts)] = dice.uniform(0.1, 1, contracts)
    x[:, 7] = dice.uniform(-0.4, 0.6, contracts)
    x[:, 9:] = dice.normal(0, 0.5, (contracts, len(TERMS) - 9))
    own = dice.normal(50, 10, (contracts, 4))
    own[dice.random(own.shape) < 0.2] = np.nan
    return Cases(
        x=x[contract] + dice.normal(0, 0.02, (count, len(TERMS))),
        segment=np.array(["Enterprise", "Mid", "Small"])[contract % 3],
        lead_days=lead_days.astype(float),
        signals=own[contract],
        signal_names=("health_score", "logins", "seats", "sentiment"),
    )
