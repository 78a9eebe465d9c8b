"""The newest NPS and CSAT of each customer: answers given here, else the dated numbers of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import NamedTuple

from arbiter.voice.queries import answers

FRESH_DAYS = 365
_NPS_TOP = 10
_CSAT_TOP = 5
_BOUNDS = {"nps": (0, _NPS_TOP), "csat": (1, _CSAT_TOP)}


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Means of the newest answers of each contact; None where nobody answered within a year."""

    nps: float | None = None
    csat: float | None = None


class Scored(NamedTuple):
    """One answer to a survey, on the scale the forecast knows."""

    kind: str
    contact_id: int
    at: datetime
    recorded_at: datetime
    score: float


@dataclass(frozen=True)
class Past:
    """Answers to surveys by customer, the oldest first, from which any moment can be told."""

    scored: Mapping[int, Sequence[Scored]]

    def surveyed(
        self, customer_id: int, imported: Mapping[str, float], *, as_of: datetime
    ) -> Surveyed:
        """What a customer scored within the year before a moment; `imported` stands in where nobody answered."""
        newest: dict[str, dict[int, float]] = {"nps": {}, "csat": {}}
        oldest = as_of - timedelta(days=FRESH_DAYS)
        for kind, contact_id, at, recorded_at, score in self.scored.get(customer_id, ()):
            if oldest <= at <= as_of and recorded_at <= as_of:
                newest[kind][contact_id] = score
        return Surveyed(**{kind: _mean(kind, newest[kind], imported.get(kind)) for kind in newest})


def past_of(customer_ids: Collection[int], *, until: datetime, whole: bool) -> Past:
    """Read what some thousand customers scored: one query.

    Args:
        customer_ids: whose people.
        until: only what was answered and recorded by then.
        whole: every answer, from which any moment up to `until` can be told, or only the last year's.
    """
    rows = answers.known(until).filter(
        kind__in=("nps", "csat"), flagged=False, contact__customer_id__in=customer_ids
    )
    if not whole:
        rows = rows.filter(at__gte=until - timedelta(days=FRESH_DAYS))
    columns = ("contact__customer_id", "kind", "contact_id", "at", "recorded_at", "value", "scale")
    found: dict[int, list[Scored]] = defaultdict(list)
    for customer_id, kind, contact_id, at, recorded_at, value, scale in rows.order_by(
        "at", "pk"
    ).values_list(*columns):
        score = _rescaled(kind, value, scale)
        if score is not None:
            found[customer_id].append(Scored(kind, contact_id, at, recorded_at, score))
    return Past(dict(found))


def _mean(kind: str, newest: Mapping[int, float], imported: float | None) -> float | None:
    if newest:
        return round(fmean(newest.values()), 2)
    low, top = _BOUNDS[kind]
    return imported if imported is not None and low <= imported <= top else None


def _rescaled(kind: str, value: str, scale: str) -> float | None:
    """A score on the scale the forecast knows (NPS 0-10, CSAT 1-5); None where it is no number on its scale."""
    try:
        score = float(value)
    except ValueError:
        return None
    if kind == "nps":
        return score if 0 <= score <= _NPS_TOP else None
    low, top = (float(end) for end in (scale or "1-5").split("-"))
    return 1 + (score - low) * (_CSAT_TOP - 1) / (top - low) if low <= score <= top else None
