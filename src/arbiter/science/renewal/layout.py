"""Which columns a model has beyond the table: segments, leads and the company's own signals."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arbiter.science.renewal.cases import Cases, Floats, History
from arbiter.science.renewal.terms import EFFECTS, SEGMENT_SD, SIGNAL_OF_TERM, SIGNALS, TERMS

LEADS = (30, 90, 180)
"""Days before the decision at which decided renewals are looked at."""
USUAL_LEAD = 90
"""The lead whose effects are those of the table; the others are told as differences from it."""
LEAD_SD = 0.2
"""How far, in log-odds, the level at another lead may lie from that at 90 days."""
TEMPERATURE_LEAD_SD = 0.1
"""How much κ may change from one lead to one twice as long."""
SIGNAL_SD = 0.25
"""The effect of one sd of a signal of the company's own: in either direction, and small until shown."""
TELLING_SIGNALS = 4
"""So many of them may tell something: of more each is expected to tell less."""
MISSING_SHARE = 0.5
"""Not knowing a signal is expected to tell half as much as one sd of it."""
SIGNAL_CAP = 3
"""Standard deviations. A freak number must not outweigh what the customer says."""
LEAST_VALUES = 10
"""A signal known for fewer renewals than that is not looked at."""
MOST_SEGMENTS = 40
MOST_SIGNALS = 60

OWN = "signal:"
MISSING = ":missing"


class Scale(NamedTuple):
    """How one of the company's own signals becomes a number without unit."""

    name: str
    mean: float
    sd: float
    gaps: bool
    """Some renewals have no value, so that not knowing it may tell something too."""


@dataclass(frozen=True)
class Layout:
    """The columns of a model after intercept, κ and the terms of the table.

    In this order: one per segment, one per lead other than 90 days and one for κ by lead (where there
    are such leads), and per signal its value in standard deviations and, where it has gaps, whether it
    is missing.
    """

    segments: tuple[str, ...] = ()
    leads: tuple[int, ...] = ()
    signals: tuple[Scale, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """What reasons are told by, in order: signals of the table, then what was learnt beside it."""
        own = tuple(OWN + scale.name for scale in self.signals)
        return (
            *SIGNALS,
            *(("segment",) if self.segments else ()),
            *(("lead",) if self.leads else ()),
            *own,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The name of every column, from the intercept on."""
        lead = tuple(f"lead_{days}" for days in self.leads)
        return (
            "intercept",
            "temperature",
            *(term.name for term in TERMS),
            *(f"segment:{name}" for name in self.segments),
            *lead,
            *(("temperature_by_lead",) if self.leads else ()),
            *(column for scale in self.signals for column in _columns_of(scale)),
        )

    @property
    def sds(self) -> Floats:
        """Prior standard deviations of the columns after the table; all their prior means are 0."""
        width = SIGNAL_SD * min(1.0, sqrt(TELLING_SIGNALS / max(1, len(self.signals))))
        shares = (1.0, MISSING_SHARE)
        signals = [width * share for s in self.signals for share in shares[: len(_columns_of(s))]]
        lead = [*(LEAD_SD for _ in self.leads), *((TEMPERATURE_LEAD_SD,) if self.leads else ())]
        return np.array([*(SEGMENT_SD for _ in self.segments), *lead, *signals])

    @property
    def deviations(self) -> NDArray[np.bool_]:
        """Which columns deviate from a belief, or have none: these may turn out far from 0."""
        own = sum(len(_columns_of(scale)) for scale in self.signals)
        beside = len(self.segments) + len(self.leads) + bool(self.leads)
        return np.repeat([False, True, False, True], [2, len(TERMS), beside, own])

    @property
    def segment_columns(self) -> slice:
        start = 2 + len(TERMS)
        return slice(start, start + len(self.segments))

    @property
    def temperature_by_lead(self) -> int:
        """The column of κ by lead; there is one where there are leads."""
        return 2 + len(TERMS) + len(self.segments) + len(self.leads)

    @property
    def part_of_column(self) -> list[int]:
        """For every column after κ, the place among `parts` of the reason it belongs to."""
        parts = self.parts
        lead = ["lead"] * (len(self.leads) + 1) if self.leads else []
        own = [OWN + scale.name for scale in self.signals for _ in _columns_of(scale)]
        rest = ["segment"] * len(self.segments) + lead + own
        return [*SIGNAL_OF_TERM.tolist(), *(parts.index(name) for name in rest)]


def _columns_of(scale: Scale) -> tuple[str, ...]:
    value = OWN + scale.name
    return (value, value + MISSING) if scale.gaps else (value,)


def layout_of(past: History) -> Layout:
    """Return the columns that a history can say something about.

    Args:
        past: decided renewals. Length n >= 0.

    Returns:
        Every segment seen (of more than 40 the most frequent), every lead seen beside 90 days, and every
        signal with at least 10 renewals whose values differ (of more than 60 the best known).

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal.cases import history
        >>> layout_of(history([], renewed=[], renewal=[], customer=[], age_months=[])).columns[:2]
        ('intercept', 'temperature')
    """
    return Layout(_segments(past), _leads(past.cases), _scales(past))


def _segments(past: History) -> tuple[str, ...]:
    names, counts = np.unique(past.cases.segment, return_counts=True)
    ranked = sorted(zip((-counts).tolist(), names.tolist(), strict=True))
    return tuple(sorted(name for _, name in ranked[:MOST_SEGMENTS]))


def _leads(seen: Cases) -> tuple[int, ...]:
    shares = _lead_shares(seen.lead_days)
    return tuple(days for days, share in zip((30, 180), shares.T, strict=True) if np.any(share > 0))


def _scales(past: History) -> tuple[Scale, ...]:
    found = []
    for column, name in enumerate(past.cases.signal_names):
        values = past.cases.signals[:, column]
        there = np.isfinite(values)
        renewals = len(np.unique(past.renewal[there]))
        if renewals >= LEAST_VALUES and np.ptp(values[there]) > 0:
            mean, sd = float(values[there].mean()), float(values[there].std())
            found.append((-renewals, Scale(name, mean, sd, not bool(there.all()))))
    return tuple(sorted(scale for _, scale in sorted(found)[:MOST_SIGNALS]))


def rows(seen: Cases, layout: Layout) -> Floats:
    """Return the rows z whose product with θ is the log-odds.

    z = (1, m·x, x, segment, lead, m·x·t, signals): t = log2(days / 90) with days within 30 and 180, a lead
    between two of those looked at counts for both, and an unknown segment or signal is 0.

    Args:
        seen: what is known of the contracts. Length n >= 0.
        layout: the columns.

    Returns:
        Shape (n, p), one column per entry of `layout.columns`.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal.cases import cases
        >>> from arbiter.science.renewal.known import Known
        >>> rows(cases([Known(segment="Small")]), Layout(segments=("Large", "Small")))[0, -2:].tolist()
        [0.0, 1.0]
    """
    score = seen.x @ EFFECTS
    segments = seen.segment[:, None] == np.array(layout.segments, dtype=np.str_)
    return np.column_stack(
        [
            np.ones(len(seen)),
            score,
            seen.x,
            segments.astype(float).reshape(len(seen), len(layout.segments)),
            *_lead_columns(seen, layout, score),
            *_signal_columns(seen, layout),
        ]
    )


def doublings(lead_days: Floats) -> Floats:
    """Return how many times longer than 90 days a lead is, in doublings, within 30 and 180 days.

    Args:
        lead_days: days to the decision; nan counts as 90. Shape (n,).

    References:
        docs/method/learning.md.

    Examples:
        >>> doublings(np.array([180.0, 90.0, np.nan, 400.0])).tolist()
        [1.0, 0.0, 0.0, 1.0]
    """
    days = np.clip(np.nan_to_num(lead_days, nan=USUAL_LEAD), LEADS[0], LEADS[-1])
    return np.asarray(np.log2(days / USUAL_LEAD))


def _lead_shares(lead_days: Floats) -> Floats:
    """How far a lead counts as 30 and as 180 days, linear in its logarithm. Shape (n, 2)."""
    t = doublings(lead_days)
    short = np.clip(t / np.log2(LEADS[0] / USUAL_LEAD), 0, 1)
    return np.column_stack([short, np.clip(t, 0, 1)])


def _lead_columns(seen: Cases, layout: Layout, score: Floats) -> list[Floats]:
    if not layout.leads:
        return []
    shares = dict(zip((30, 180), _lead_shares(seen.lead_days).T, strict=True))
    return [*(shares[days] for days in layout.leads), score * doublings(seen.lead_days)]


def _signal_columns(seen: Cases, layout: Layout) -> list[Floats]:
    values = seen.values_of([scale.name for scale in layout.signals])
    columns = []
    for scale, raw in zip(layout.signals, values.T, strict=True):
        there = np.isfinite(raw)
        standard = np.clip((raw - scale.mean) / scale.sd, -SIGNAL_CAP, SIGNAL_CAP)
        columns.append(np.where(there, standard, 0.0))
        if scale.gaps:
            columns.append(1.0 - there)
    return columns
