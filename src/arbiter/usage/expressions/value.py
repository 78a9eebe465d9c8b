"""First value: the first moment at which a customer had done what shows it."""

from __future__ import annotations

from datetime import date

import ibis

from arbiter.usage.expressions import sets
from arbiter.usage.expressions.rules import Rule


def first(events: ibis.Table, *, rule: Rule, until: date) -> ibis.Table:
    """Return the moment at which each customer completed a rule for the first time.

    Whoever has no row has not got there by `until`, and is censored, not lost: the time to first value is the
    survival curve of both (`arbiter.science.survival.time_to`), never the mean of those who arrived.

    Returns:
        `customer_id`, `first_at`.
    """
    return sets.completions(events, rule=rule, until=until).select("customer_id", "first_at")
