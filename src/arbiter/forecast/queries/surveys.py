"""The newest NPS and CSAT of each customer: answers given here, else the dated numbers of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from arbiter.accounts.queries import signals
from arbiter.voice.queries import answers

FRESH_DAYS = 365
_NPS_TOP = 10
_CSAT_TOP = 5


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Means of the newest answers of each contact; None where nobody answered within a year."""

    nps: float | None = None
    csat: float | None = None


NOTHING = Surveyed()


def latest(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, Surveyed]:
    """What customers scored within the last year: two queries for any number of customers."""
    scores = _imported(customer_ids, as_of) | _answered(customer_ids, as_of)
    return {
        customer_id: Surveyed(scores.get((customer_id, "nps")), scores.get((customer_id, "csat")))
        for customer_id, _ in scores
    }


def _answered(customer_ids: Collection[int], as_of: datetime) -> dict[tuple[int, str], float]:
    rows = (
        answers.known(as_of)
        .filter(kind__in=("nps", "csat"), flagged=False, contact__customer_id__in=customer_ids)
        .filter(at__gte=as_of - timedelta(days=FRESH_DAYS))
        .order_by("at", "pk")
        .values_list("contact__customer_id", "kind", "contact_id", "value", "scale")
    )
    newest: defaultdict[tuple[int, str], dict[int, float]] = defaultdict(dict)
    for customer_id, kind, contact_id, value, scale in rows:
        score = _rescaled(kind, value, scale)
        if score is not None:
            newest[customer_id, kind][contact_id] = score
    return {place: round(fmean(each.values()), 2) for place, each in newest.items()}


def _imported(customer_ids: Collection[int], as_of: datetime) -> dict[tuple[int, str], float]:
    newest = signals.latest(customer_ids, names=("nps", "csat"), as_of=as_of)
    oldest = as_of - timedelta(days=FRESH_DAYS)
    bounds = {"nps": (0, _NPS_TOP), "csat": (1, _CSAT_TOP)}
    return {
        (customer_id, name): signal.value
        for (customer_id, name), signal in newest.items()
        if signal.at >= oldest and bounds[name][0] <= signal.value <= bounds[name][1]
    }


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
