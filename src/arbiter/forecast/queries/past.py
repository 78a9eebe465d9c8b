"""What is on file about customers, read once, from which any moment can be told.

For one moment the newest of each kind is enough; a look back at many moments needs everything. Either is
read in a fixed number of queries, and what was known is picked from it by the same code.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contacts, contracts, signals
from arbiter.accounts.rules import day
from arbiter.forecast.queries import surveys
from arbiter.outcomes.queries import past as outcomes
from arbiter.voice.queries import past as voice

if TYPE_CHECKING:
    from arbiter.forecast.queries.surveys import Surveyed

DEPARTURE_DAYS = 183
MISSED_ROLES = ("champion", "sponsor")
SIGNAL_DAYS = 365
"""A dated number older than this says nothing of today."""
TABLE_SIGNALS = ("usage_level", "usage_trend", "tickets_critical", "price_increase", "nps", "csat")
"""The dated numbers that the forecast's own table knows."""


@dataclass(frozen=True)
class Past:
    """What is on file about some customers."""

    voices: voice.Past
    goals: outcomes.Past
    terms: contracts.Past
    departures: Mapping[int, list[date]]
    scores: surveys.Past
    numbers: signals.Past

    def has_departed(self, customer_id: int, *, as_of: datetime) -> bool:
        """Whether a champion or sponsor had left within half a year before a moment."""
        today = day(as_of)
        oldest = today - timedelta(days=DEPARTURE_DAYS)
        return any(oldest < left_on <= today for left_on in self.departures.get(customer_id, ()))

    def signals(self, customer_id: int, *, as_of: datetime) -> dict[str, float]:
        """The newest number of each name that was fresh at a moment."""
        return self.numbers.fresh(customer_id, as_of=as_of, days=SIGNAL_DAYS)

    def surveyed(
        self, customer_id: int, imported: Mapping[str, float], *, as_of: datetime
    ) -> Surveyed:
        """What a customer scored within the year before a moment."""
        return self.scores.surveyed(customer_id, imported, as_of=as_of)


def read(
    customer_ids: Collection[int],
    *,
    until: datetime,
    whole: bool,
    signal_names: Collection[str] = TABLE_SIGNALS,
) -> Past:
    """Read what is on file about some thousand customers: twelve queries.

    Args:
        customer_ids: whose.
        until: only what was true and recorded by then.
        whole: everything, from which any moment up to `until` can be told, or only what counts then.
        signal_names: which dated numbers.
    """
    return Past(
        voices=voice.of_customers(customer_ids, until=until, whole=whole),
        goals=outcomes.of_customers(customer_ids, until=until, whole=whole),
        terms=contracts.past_of(customer_ids),
        departures=contacts.departures(customer_ids, roles=MISSED_ROLES),
        scores=surveys.past_of(customer_ids, until=until, whole=whole),
        numbers=signals.past_of(customer_ids, names=signal_names, until=until, whole=whole),
    )
