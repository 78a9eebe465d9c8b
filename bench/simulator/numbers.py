"""Dated numbers: usage, open tickets, prices; and what the vendor's own people believe."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit

from bench.simulator.calendar import MONTHS, PANEL_DAYS, Bools, Floats, Ints, day_of
from bench.simulator.facts import SIGNALS, Beliefs, Signals, Terms
from bench.simulator.lives import PILOT_CHUNK, PRICE_DAYS, Lives, level, live
from bench.simulator.vendor import Vendor

LEAK_MONTHS = 4
"""So long before the end of a term usage begins to show the feeling."""
KNOWN_SHARE = 0.9
"""Share of the customers whose numbers the vendor has at all."""


def signals(lives: Lives, *, chunk: int) -> Signals:
    """Return the dated numbers that the vendor exports, about monthly."""
    vendor, count = lives.vendor, len(lives.mood)
    dice = vendor.dice("signals", chunk)
    day = day_of(lives.selves.start[:, None], np.arange(MONTHS)) + dice.integers(0, 28, (count, 1))
    within = day <= np.minimum(lives.last_day, PANEL_DAYS - 1)[:, None]
    known = (dice.random(count) < KNOWN_SHARE)[:, None] & within
    level_of, trend = _standard(vendor, usage(lives, chunk=chunk))
    parts = []
    if vendor.evidence.usage_known:
        parts += [_monthly("usage_level", level_of, day, known)]
        parts += [_monthly("usage_trend", trend, day, known & (np.arange(MONTHS) >= 6))]
    if vendor.evidence.tickets_known:
        parts += [_monthly("tickets_critical", lives.tickets, day, known)]
    parts += [_prices(lives, dice.integers(*PRICE_DAYS, lives.price.shape))]
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Signals(*columns)


Rows = tuple[Ints, Ints, Ints, Floats]


def _monthly(name: str, values: np.ndarray, day: Ints, known: Bools) -> Rows:
    customer, month = np.nonzero(known)
    found = values[customer, month].astype(float).round(3)
    return customer, np.full(len(customer), SIGNALS.index(name)), day[customer, month], found


def _prices(lives: Lives, before: Ints) -> Rows:
    """Each price is announced some months before the end; a new term begins with none announced."""
    announced, begins = lives.ends - before, lives.starts[:, 1:]
    told = lives.lasting & (announced < PANEL_DAYS)
    customer, term = np.nonzero(told)
    again, later = np.nonzero(lives.lasting[:, 1:])
    return (
        np.concatenate([customer, again]),
        np.full(len(customer) + len(again), SIGNALS.index("price_increase")),
        np.concatenate([announced[customer, term], begins[again, later]]),
        np.concatenate([lives.price[customer, term], np.zeros(len(again))]),
    )


def usage(lives: Lives, *, chunk: int) -> Floats:
    """Return how much is used, on a log scale: appetite, a little attainment, and near the end the feeling."""
    vendor, here = lives.vendor, level(lives.vendor)
    dice, noise = vendor.dice("usage", chunk), vendor.evidence.usage_noise
    wander = np.zeros_like(lives.mood)
    shocks = dice.normal(0, noise, lives.mood.shape)
    wander[:, 0] = shocks[:, 0]
    for month in range(1, MONTHS):
        wander[:, month] = 0.6 * wander[:, month - 1] + shocks[:, month]
    ending = np.arange(MONTHS) % 12 >= 12 - LEAK_MONTHS
    feeling = np.clip((lives.mood - here.mean) / here.sd, -3, 3)
    leak = vendor.evidence.usage_leak * feeling * ending
    return np.asarray(lives.selves.appetite[:, None] + wander + leak)


@dataclass(frozen=True)
class Scale:
    """What usage and its trend are told in."""

    mean: float
    sd: float
    trend_sd: float


@lru_cache(maxsize=64)
def scale(vendor: Vendor) -> Scale:
    """Return mean and sd of usage at the vendor, found once, from a pilot."""
    found = usage(live(vendor, 2_000, chunk=PILOT_CHUNK), chunk=PILOT_CHUNK)
    return Scale(float(found.mean()), float(found.std()), float(_trend(found)[:, 6:].std()))


def _standard(vendor: Vendor, used: Floats) -> tuple[Floats, Floats]:
    by = scale(vendor)
    return (used - by.mean) / by.sd, _trend(used) / by.trend_sd


def _trend(used: Floats) -> Floats:
    """Three months against the three before; 0 in the first six."""
    total = np.cumsum(used, axis=1)
    three = np.zeros_like(used)
    three[:, 3:] = (total[:, 3:] - total[:, :-3]) / 3
    trend = np.zeros_like(used)
    trend[:, 6:] = three[:, 6:] - three[:, 3:-3]
    return trend


def beliefs(lives: Lives, terms: Terms, *, chunk: int) -> Beliefs:
    """Return what the vendor's people say some months before the end: hope, and a little of the feeling."""
    dice, here = lives.vendor.dice("beliefs", chunk), level(lives.vendor)
    (term,) = np.nonzero(dice.random(len(terms)) < 0.6)
    day = terms.ends[term] - dice.integers(95, 140, len(term))
    month = np.minimum((terms.number[term] * 12) + 8, MONTHS - 1)
    feeling = np.clip((lives.mood[terms.customer[term], month] - here.mean) / here.sd, -3, 3)
    hope = expit(2.6 + 0.35 * feeling + dice.normal(0, 0.6, len(term)))
    told = day < PANEL_DAYS
    return Beliefs(term[told], day[told], np.clip(hope, 0.05, 0.99).round(2)[told])
