"""How long the predictor audit takes over 20 signals, 20,000 renewals and five leads, beside scikit-learn's bare areas.

The baseline only ranks: one `roc_auc_score` per signal and lead. The audit adds intervals by customer, p-values
within quarter and segment, the adjustment for many tests, coverage, direction, useful leads and the leak alarm.
"""

import numpy as np
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from arbiter.science.audit import Look, audit
from bench.support.turns import best_of

SIGNALS = 20
RENEWALS = 20_000
LEADS = (180, 120, 90, 60, 30)
MOST_SECONDS = 5.0
TURNS = 3


def main(argv: list[str]) -> None:
    """Print the best of some turns, and the ratio."""
    looks = _looks(int(argv[0]) if argv else RENEWALS)
    bare, ours = best_of(TURNS, lambda: _bare(looks)), best_of(TURNS, lambda: audit(looks))
    told = audit(looks)
    verdict = "ok" if ours <= MOST_SECONDS else "over"
    print(
        f"  {SIGNALS} signals, {len(looks[0]):,} renewals, {len(LEADS)} leads: {ours:.2f} s "
        f"(at most {MOST_SECONDS:g}): {verdict}; bare areas {bare:.2f} s, ratio {ours / bare:.1f}; "
        f"{told.tested} tested"
    )


def _bare(looks):
    for look in looks:
        for values in look.signals.values():
            here = ~np.isnan(values)
            roc_auc_score(~look.lost[here], values[here])


def _looks(count):
    chance = np.random.default_rng(7)
    truth = chance.normal(size=count)
    lost = chance.random(count) < expit(-1.9 - truth)
    customer = chance.integers(0, count // 3, size=count)
    block = chance.integers(0, 24, size=count)
    looks = []
    for lead in LEADS:
        columns = {}
        for number in range(SIGNALS):
            values = np.round(truth * number / SIGNALS + chance.normal(size=count), number % 3)
            columns[f"signal {number}"] = np.where(chance.random(count) < 0.3, np.nan, values)
        looks.append(Look.of(lead, lost=lost, signals=columns, customer=customer, block=block))
    return looks
