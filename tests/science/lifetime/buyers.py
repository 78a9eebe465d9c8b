"""Buyers drawn from BG/NBD itself, so that the truth is known."""

import numpy as np

from arbiter.science.lifetime import Histories

CDNOW = (0.2425945, 4.4136019, 0.7929199, 2.4258881)


def drawn(count, *, parameters=CDNOW, seed=0, first_week=27, last_week=39):
    """Histories of customers who began in the first twelve weeks and are read after 39."""
    random = np.random.default_rng(seed)
    r, alpha, a, b = parameters
    age = random.integers(first_week * 7, last_week * 7 + 1, count)
    rate = random.gamma(r, 1 / alpha, count) / 7
    leaving = random.beta(a, b, count)
    repeats, last, now = np.zeros(count, dtype=np.int64), np.zeros(count), np.zeros(count)
    there = np.arange(count)
    while len(there):
        now[there] += random.exponential(1 / np.maximum(rate[there], 1e-300))
        there = there[now[there] < age[there]]
        repeats[there] += 1
        last[there] = now[there]
        there = there[random.random(len(there)) >= leaving[there]]
    days = np.minimum(np.ceil(last).astype(np.int64), age)
    # Several orders of one day are one order, as in a shop's own records.
    return Histories(np.minimum(repeats, days), days, age)
