"""The inner lives of a vendor's customers, month by month, and the true chance of each of their renewals.

Nobody at the vendor sees any of this. A customer's life runs from its start for six terms, whether or not
it renews; `lasting` says which terms came to be.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from scipy.optimize import brentq
from scipy.special import expit

from bench.simulator.calendar import (
    MONTHS,
    PANEL_DAYS,
    TERM_DAYS,
    TERMS,
    TODAY,
    Bools,
    Floats,
    Ints,
    month_of,
)
from bench.simulator.vendor import Physics, Vendor

PILOT = 6_000
PILOT_CHUNK = 1_000_000
"""A stream of its own, which nobody else asks for."""
DRIFTED_TO = 0.35
"""What is left of attainment when they come to want something else."""
UNHEARD_RAMP = 0.25
"""As long as nobody noticed, they come nearer to it so much more slowly."""
AWAY_MONTHS = 4.0
"""A leaver is missed less and less: by a factor of e in so many months."""
SEGMENTS = ("Enterprise", "Mid-market", "SMB", "Public")
PRICE_DAYS = (70, 160)
"""A higher price is announced so many days before the end."""


@dataclass(frozen=True)
class Selves:
    """What a customer brings along and keeps. Shape (n,) each."""

    start: Ints
    segment: Ints
    size: Ints
    diligence: Floats
    """How well the vendor looks after it; 1 is the average."""
    capacity: Floats
    warmth: Floats
    appetite: Floats
    quirk: Floats
    trouble: Floats
    """Its own rate of tickets."""


@dataclass(frozen=True)
class Lives:
    """Customers with what happens in them. Months run along the second axis of shape (n, MONTHS)."""

    vendor: Vendor
    selves: Selves
    attained: Floats
    """Of what they want now."""
    reported: Floats
    """Of what was agreed, which may no longer be what they want."""
    aware: Floats
    present: Bools
    """Whether there is a champion or sponsor."""
    tickets: Ints
    reviewed: Bools
    agreed: Bools
    """Goals are stated, or stated anew."""
    reconfirmed: Bools
    mood: Floats
    """What decides but price, times and years together, in log-odds. At the vendor's own level."""
    price: Floats
    """Of each term's renewal, as a fraction. Shape (n, TERMS)."""
    chance: Floats
    """True probability that the term is renewed. Shape (n, TERMS)."""
    renewed: Bools
    lasting: Bools
    """Terms that began: all before were renewed, and the panel had not ended."""

    @property
    def starts(self) -> Ints:
        """First day of each term. Shape (n, TERMS)."""
        return self.selves.start[:, None] + TERM_DAYS * np.arange(TERMS)

    @property
    def ends(self) -> Ints:
        """Last day of each term."""
        return self.starts + TERM_DAYS - 1

    @property
    def last_day(self) -> Ints:
        """The day on which the last term of a customer ends. Shape (n,)."""
        return np.asarray(self.selves.start + TERM_DAYS * self.lasting.sum(axis=1) - 1)


@dataclass(frozen=True)
class Level:
    """Where a vendor's moods lie: found once, from a pilot."""

    intercept: float
    mean: float
    """Mood with the intercept, over the customers that are there."""
    sd: float


def live(vendor: Vendor, count: int, *, chunk: int = 0) -> Lives:
    """Let customers live. The same vendor, count and chunk give the same lives."""
    selves, months, price = _unlevelled(vendor, count, chunk)
    mood = months.pop("mood") + level(vendor).intercept
    chance = _chance(vendor, selves, mood, price)
    renewed = vendor.dice("decisions", chunk).random(chance.shape) < chance
    starts = selves.start[:, None] + TERM_DAYS * np.arange(TERMS)
    stayed = np.cumprod(np.column_stack([np.ones(count, bool), renewed[:, :-1]]), axis=1)
    return Lives(
        vendor=vendor,
        selves=selves,
        mood=mood,
        price=price,
        chance=chance,
        renewed=renewed,
        lasting=stayed.astype(bool) & (starts < PANEL_DAYS),
        **months,
    )


@lru_cache(maxsize=64)
def level(vendor: Vendor) -> Level:
    """Return the intercept at which the vendor renews as often as was drawn, and how moods lie around it."""
    selves, months, price = _unlevelled(vendor, PILOT, chunk=PILOT_CHUNK)
    mood, wanted = months["mood"], vendor.physics.renewal_rate

    def excess(intercept: float) -> float:
        chance = _chance(vendor, selves, mood + intercept, price)
        return float(np.average(chance, weights=_there(selves, chance))) - wanted

    intercept = float(brentq(excess, -15, 15, xtol=1e-6))
    there = _there(selves, _chance(vendor, selves, mood + intercept, price))
    at_decision = np.take_along_axis(mood, _decision_months(vendor, selves), axis=1) + intercept
    mean = float(np.average(at_decision, weights=there))
    spread = float(np.average((at_decision - mean) ** 2, weights=there))
    return Level(intercept, mean, max(spread**0.5, 1e-9))


def _there(selves: Selves, chance: Floats) -> Floats:
    """The chance that a term came to its end within the panel."""
    reached = np.cumprod(np.column_stack([np.ones(len(chance)), chance[:, :-1]]), axis=1)
    ends = selves.start[:, None] + TERM_DAYS * np.arange(1, TERMS + 1)
    return np.asarray(reached * (ends <= PANEL_DAYS))


def _decision_months(vendor: Vendor, selves: Selves) -> Ints:
    starts = selves.start[:, None]
    decided = starts + TERM_DAYS * np.arange(1, TERMS + 1) - 1 - vendor.notice_days
    return month_of(starts, decided)


def _chance(vendor: Vendor, selves: Selves, mood: Floats, price: Floats) -> Floats:
    physics, years = vendor.physics, np.arange(TERMS)
    utility = np.take_along_axis(mood, _decision_months(vendor, selves), axis=1)
    utility = utility + physics.tenure_effect * np.log1p(years) - physics.price_effect * price
    ends = selves.start[:, None] + TERM_DAYS * (years + 1) - 1
    utility = utility + physics.shift * (ends >= TODAY - TERM_DAYS)
    return np.asarray((1 - physics.external) * expit(utility))


def _unlevelled(
    vendor: Vendor, count: int, chunk: int
) -> tuple[Selves, dict[str, np.ndarray], Floats]:
    selves = _selves(vendor, count, chunk)
    dice = vendor.dice("prices", chunk)
    raised = dice.random((count, TERMS)) < vendor.physics.price_share
    price = np.where(raised, dice.uniform(0.02, 0.14, (count, TERMS)).round(3), 0.0)
    return selves, _months(vendor, selves, vendor.dice("months", chunk)), price


def _selves(vendor: Vendor, count: int, chunk: int) -> Selves:
    dice, physics = vendor.dice("selves", chunk), vendor.physics
    return Selves(
        start=dice.integers(0, TODAY, count),
        segment=dice.choice(len(SEGMENTS), count, p=(0.15, 0.3, 0.4, 0.15)),
        size=dice.choice(3, count, p=(0.5, 0.35, 0.15)),
        diligence=dice.gamma(3.0, 1 / 3.0, count),
        capacity=np.clip(dice.normal(physics.capacity, physics.capacity_sd, count), 0.05, 1.4),
        warmth=dice.normal(size=count),
        appetite=dice.normal(size=count),
        quirk=dice.normal(0, physics.customer_sd, count),
        trouble=physics.ticket_rate * dice.gamma(1.0, 1.0, count),
    )


def _months(vendor: Vendor, selves: Selves, dice: Generator) -> dict[str, np.ndarray]:
    state = _State.first(len(selves.start), dice)
    kept = [state.step(month, vendor, selves, dice) for month in range(MONTHS)]
    months = {name: np.stack([each[name] for each in kept], axis=1) for name in kept[0]}
    months["mood"] = _mood(vendor, selves, months)
    months.pop("away")
    return months


def _mood(vendor: Vendor, selves: Selves, months: dict[str, np.ndarray]) -> Floats:
    physics = vendor.physics
    value = np.minimum(months["attained"], 1.1) * (0.25 + 0.75 * months["aware"])
    segments = vendor.dice("segments").normal(0, physics.segment_sd, len(SEGMENTS))
    lasting = (
        selves.quirk
        + segments[selves.segment]
        + physics.size_effect * selves.size
        + physics.warmth_effect * selves.warmth
        + physics.appetite_effect * selves.appetite
    )
    return np.asarray(
        physics.value_effect * value
        - physics.ticket_effect * np.minimum(months["tickets"], 4)
        - physics.sponsor_effect * np.exp(-months["away"] / AWAY_MONTHS)
        + lasting[:, None]
    )


@dataclass
class _State:
    """Where all customers stand in one month. Shape (n,) each."""

    attained: Floats
    reported: Floats
    aware: Floats
    present: Bools
    away: Floats
    """Months since a champion or sponsor last left."""
    tickets: Ints
    drifted: Bools
    stated: Bools
    onboarding: Ints
    """The month in which goals would be stated first."""

    @classmethod
    def first(cls, count: int, dice: Generator) -> "_State":
        began = dice.uniform(0.0, 0.3, count)
        return cls(
            attained=began,
            reported=began.copy(),
            aware=dice.uniform(0.2, 0.6, count),
            present=dice.random(count) < 0.9,
            away=np.full(count, 99.0),
            tickets=np.zeros(count, np.int64),
            drifted=np.zeros(count, bool),
            stated=np.zeros(count, bool),
            onboarding=dice.integers(0, 3, count),
        )

    def step(
        self, month: int, vendor: Vendor, selves: Selves, dice: Generator
    ) -> dict[str, np.ndarray]:
        """Let a month pass and tell what there is to remember of it."""
        draw = dice.random((6, len(self.attained)))
        reviewed = draw[0] < vendor.physics.review_rate * selves.diligence
        self._attain(vendor.physics, selves, draw[1], dice)
        agreed, reconfirmed = self._agree(month, vendor, reviewed, draw[2], draw[3])
        self._people(vendor.physics, draw[4])
        self._awareness(vendor.physics, reviewed)
        self.tickets = dice.binomial(self.tickets, 0.55) + dice.poisson(selves.trouble)
        return {
            "attained": self.attained,
            "reported": self.reported,
            "aware": self.aware,
            "present": self.present,
            "away": self.away,
            "tickets": self.tickets,
            "reviewed": reviewed,
            "agreed": agreed,
            "reconfirmed": reconfirmed,
        }

    def _attain(self, physics: Physics, selves: Selves, draw: Floats, dice: Generator) -> None:
        noise = dice.normal(0, 0.03, (2, len(draw)))
        ramp = physics.ramp * np.where(self.drifted, UNHEARD_RAMP, 1.0)
        attained = self.attained + ramp * (selves.capacity - self.attained) + noise[0]
        along = self.reported + physics.ramp * (selves.capacity - self.reported) + noise[1]
        reported = np.where(self.drifted, along, attained)
        changed = draw < physics.goal_drift
        self.reported = np.maximum(reported, 0.0)
        self.attained = np.maximum(np.where(changed, DRIFTED_TO * attained, attained), 0.0)
        self.drifted = self.drifted | changed

    def _agree(
        self, month: int, vendor: Vendor, reviewed: Bools, draw: Floats, other: Floats
    ) -> tuple[Bools, Bools]:
        evidence = vendor.evidence
        at_first = (self.onboarding == month) & (draw < evidence.goal_share)
        late = reviewed & ~self.stated & (draw < 0.25)
        heard = reviewed & self.stated & self.drifted & (draw < evidence.listening)
        agreed = (at_first & ~self.stated) | late | heard
        self.reported = np.where(agreed, self.attained, self.reported)
        self.drifted = self.drifted & ~agreed
        reconfirmed = reviewed & self.stated & ~agreed & (other < evidence.reconfirming)
        self.stated = self.stated | agreed
        return agreed, reconfirmed

    def _people(self, physics: Physics, draw: Floats) -> None:
        leaves = self.present & (draw < physics.sponsor_turnover)
        comes = ~self.present & (draw < 0.25)
        self.away = np.where(leaves, 0.0, self.away + 1)
        self.aware = np.where(leaves, self.aware * physics.awareness_kept, self.aware)
        self.present = (self.present & ~leaves) | comes

    def _awareness(self, physics: Physics, reviewed: Bools) -> None:
        forgotten = self.aware * (1 - physics.awareness_decay)
        gained = np.where(reviewed, physics.awareness_gain * (1 - forgotten), 0.0)
        self.aware = forgotten + gained
