"""Vendors: how renewals come about at one, what its customers tell, and what it measures. All of it is drawn.

The draws are wide on purpose, and none is taken from the beliefs that the forecast starts with: what an
answer or a verdict says about a renewal follows here from noise, politeness and forgetting, nowhere from
an effect in log-odds that was written down.
"""

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.random import Generator


@dataclass(frozen=True)
class Physics:
    """What decides. Effects are in log-odds of renewal."""

    renewal_rate: float
    external: float
    """Share of the renewals that are lost whatever the customer got: bought, closed, merged."""
    capacity: float
    """Mean attainment in the end, where 1 is all they came for."""
    capacity_sd: float
    ramp: float
    """Share of the way to that end that is made in a month."""
    goal_drift: float
    """Chance a month that they come to want something else."""
    review_rate: float
    """Mean chance a month of a value review."""
    awareness_gain: float
    awareness_decay: float
    sponsor_turnover: float
    """Chance a month that the champion or sponsor leaves."""
    awareness_kept: float
    """What is left of awareness after that."""
    value_effect: float
    """Per unit of value, which is min(attainment, 1.1) (0.25 + 0.75 awareness)."""
    ticket_rate: float
    ticket_effect: float
    sponsor_effect: float
    price_share: float
    """Share of the renewals that come with a higher price."""
    price_effect: float
    warmth_effect: float
    appetite_effect: float
    customer_sd: float
    segment_sd: float
    size_effect: float
    tenure_effect: float
    shift: float = 0.0
    """What the last year of history, and the year to come, are better or worse by than all before."""


@dataclass(frozen=True)
class Voices:
    """What customers tell: who is asked, who replies, and how far it is what they feel."""

    ask_share: float
    ask_months: tuple[int, ...]
    """Months before the end at which it is asked whether they will continue."""
    slot_shares: tuple[float, float, float]
    """How likely the decision maker, the champion or sponsor, and the user are among those asked."""
    intent_weight: float
    """How far an answer follows how they feel; 0 is noise alone."""
    politeness: float
    person_sd: float
    noise: tuple[float, float, float]
    """Sd of an answer around the feeling, by the same three."""
    yes_above: float
    no_below: float
    reply: float
    """Log-odds of a reply where feelings are average."""
    reply_slope: float
    """What the feeling adds to it: silence is not at random."""
    delay_days: float
    nps_rho: float
    nps_every: int
    nps_reply: float
    csat_rho: float
    csat_share: float


@dataclass(frozen=True)
class Evidence:
    """What is agreed, measured and judged."""

    goal_share: float
    """Share of the customers whose goals are stated in the first months."""
    listening: float
    """Chance that a review notices that they want something else."""
    reconfirming: float
    measured_share: float
    measure_noise: float
    verdict_share: float
    """Chance that a review asks for verdicts."""
    verdict_noise: float
    verdict_slope: float
    """Silence about verdicts is not at random either."""
    seen_share: float
    usage_leak: float
    """How far usage in the last months follows the feeling: the decision shows before it is told."""
    usage_noise: float
    usage_known: bool
    tickets_known: bool


@dataclass(frozen=True)
class Vendor:
    """One simulated vendor. The same vendor and stream always give the same lives and facts."""

    name: str
    seed: int
    physics: Physics
    voices: Voices
    evidence: Evidence
    notice_days: int

    def dice(self, stream: str, chunk: int = 0) -> Generator:
        """Chance for one purpose; what is drawn for another does not move it."""
        return np.random.default_rng([self.seed, chunk, crc32(stream.encode())])


def typical(seed: int) -> Vendor:
    """Return a vendor as most may be: answers follow the feeling, NPS and usage only a little (renewal 63-86 %)."""
    dice = np.random.default_rng([seed, 1])
    return Vendor(
        name=f"typical-{seed}",
        seed=1_000 + seed,
        physics=_physics(dice),
        voices=_voices(dice),
        evidence=_evidence(dice),
        notice_days=int(dice.choice([0, 10, 20, 28])),
    )


def hostile(seed: int) -> Vendor:
    """Return a vendor where all that the forecast believes at first is wrong.

    Four to six of ten leave, what customers say about continuing is almost noise, value hardly matters, and
    NPS, warmth and usage tell much.
    """
    dice = np.random.default_rng([seed, 2])
    base = typical(500 + seed)
    return replace(
        base,
        name=f"hostile-{seed}",
        seed=2_000 + seed,
        physics=replace(
            base.physics,
            renewal_rate=dice.uniform(0.34, 0.66),
            value_effect=dice.uniform(0.0, 0.8),
            warmth_effect=dice.uniform(0.5, 1.1),
            appetite_effect=dice.uniform(0.4, 0.9),
        ),
        voices=replace(
            base.voices,
            intent_weight=dice.uniform(0.0, 0.12),
            reply_slope=dice.uniform(0.0, 0.1),
            nps_rho=dice.uniform(0.5, 0.7),
            nps_every=6,
            nps_reply=dice.uniform(0.3, 0.6),
        ),
        evidence=replace(base.evidence, usage_leak=dice.uniform(0.2, 0.5), usage_known=True),
    )


def without_signal(vendor: Vendor) -> Vendor:
    """Return the vendor as it would be if every renewal had the same chance and nothing told anything."""
    mute = dict.fromkeys(
        ("value_effect", "ticket_effect", "sponsor_effect", "price_effect", "warmth_effect",
         "appetite_effect", "customer_sd", "segment_sd", "size_effect", "tenure_effect"),
        0.0,
    )  # fmt: skip
    return replace(
        vendor,
        name=f"{vendor.name}-without-signal",
        physics=replace(vendor.physics, **mute),
        voices=replace(
            vendor.voices, intent_weight=0.0, reply_slope=0.0, nps_rho=0.0, csat_rho=0.0
        ),
        evidence=replace(vendor.evidence, usage_leak=0.0, verdict_slope=0.0),
    )


def drifting(vendor: Vendor, *, shift: float = -0.8) -> Vendor:
    """Return the vendor with a last year that is worse than all before (or better)."""
    return replace(
        vendor, name=f"{vendor.name}-drifting", physics=replace(vendor.physics, shift=shift)
    )


def _physics(dice: Generator) -> Physics:
    return Physics(
        renewal_rate=dice.uniform(0.63, 0.86),
        external=dice.uniform(0.01, 0.05),
        capacity=dice.uniform(0.6, 1.0),
        capacity_sd=dice.uniform(0.2, 0.4),
        ramp=dice.uniform(0.08, 0.25),
        goal_drift=dice.uniform(0.008, 0.03),
        review_rate=dice.uniform(0.1, 0.4),
        awareness_gain=dice.uniform(0.2, 0.5),
        awareness_decay=dice.uniform(0.02, 0.08),
        sponsor_turnover=dice.uniform(0.01, 0.04),
        awareness_kept=dice.uniform(0.2, 0.6),
        value_effect=dice.uniform(4.5, 10.5),
        ticket_rate=dice.uniform(0.05, 0.25),
        ticket_effect=dice.uniform(0.2, 0.8),
        sponsor_effect=dice.uniform(0.5, 1.8),
        price_share=dice.uniform(0.0, 0.6),
        price_effect=dice.uniform(1.0, 9.0),
        warmth_effect=dice.uniform(0.0, 0.3),
        appetite_effect=dice.uniform(0.0, 0.3),
        customer_sd=dice.uniform(0.8, 1.5),
        segment_sd=dice.uniform(0.1, 0.4),
        size_effect=dice.uniform(-0.2, 0.3),
        tenure_effect=dice.uniform(0.0, 0.4),
    )


def _voices(dice: Generator) -> Voices:
    decider = dice.uniform(0.2, 0.6)
    return Voices(
        ask_share=dice.uniform(0.7, 0.95),
        ask_months=((6, 3), (4, 3), (6, 4, 3), (4,), (3,))[int(dice.integers(5))],
        slot_shares=(dice.uniform(0.6, 0.95), dice.uniform(0.4, 0.8), dice.uniform(0.1, 0.6)),
        intent_weight=1.0,
        politeness=dice.uniform(0.0, 1.0),
        person_sd=dice.uniform(0.1, 0.4),
        noise=(decider, decider * dice.uniform(1.0, 1.5), decider * dice.uniform(1.3, 2.5)),
        yes_above=dice.uniform(0.4, 1.2),
        no_below=dice.uniform(-1.2, -0.3),
        reply=dice.uniform(0.4, 2.0),
        reply_slope=dice.uniform(0.2, 0.7),
        delay_days=dice.uniform(3, 12),
        nps_rho=dice.uniform(0.0, 0.45),
        nps_every=int(dice.choice([6, 12])),
        nps_reply=dice.uniform(0.2, 0.5),
        csat_rho=dice.uniform(0.0, 0.4),
        csat_share=float(dice.choice([0.0, 0.2, 0.4])),
    )


def _evidence(dice: Generator) -> Evidence:
    return Evidence(
        goal_share=dice.uniform(0.5, 0.95),
        listening=dice.uniform(0.3, 0.8),
        reconfirming=dice.uniform(0.1, 0.5),
        measured_share=dice.uniform(0.4, 0.9),
        measure_noise=dice.uniform(0.05, 0.2),
        verdict_share=dice.uniform(0.4, 0.9),
        verdict_noise=dice.uniform(0.08, 0.25),
        verdict_slope=dice.uniform(0.2, 0.6),
        seen_share=dice.uniform(0.3, 0.8),
        usage_leak=dice.uniform(0.0, 0.4),
        usage_noise=dice.uniform(0.3, 0.7),
        usage_known=bool(dice.random() < 0.85),
        tickets_known=bool(dice.random() < 0.8),
    )
