"""What was observed, in the words of the forecast, and as plain numbers for whoever learns from arrays."""

from collections.abc import Iterator
from typing import Any, cast

import numpy as np

from arbiter.science.renewal import Answer, Intent, Known
from bench.simulator.calendar import Floats
from bench.simulator.facts import INTENTS, ROLES
from bench.simulator.lives import SEGMENTS
from bench.simulator.observed import Observed

COLUMNS = ("goals", "achieved", "partly", "missed", "measured", "reached", "reached_known")
NUMBERS = ("goal_age_months", "nps", "csat", "usage_level", "usage_trend", "price_increase")


def known(observed: Observed) -> list[Known]:
    """Return what was known of each term as the forecast takes it."""
    plain: dict[str, list[Any]] = {n: getattr(observed, n).tolist() for n in COLUMNS}
    plain |= {name: _optional(getattr(observed, name)) for name in NUMBERS}
    plain["critical_tickets"] = _counts(observed.tickets_critical)
    answers = list(_answers(observed))
    return [
        Known(
            segment=SEGMENTS[segment],
            answers=answers[place],
            asked_no_reply=bool(observed.silent[place]),
            departed=bool(observed.departed[place]),
            renewals=int(observed.renewals[place]),
            lead_days=int(observed.lead_days[place]),
            **{name: column[place] for name, column in plain.items()},
        )
        for place, segment in enumerate(observed.segment.tolist())
    ]


def _optional(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _counts(values: Floats) -> list[int | None]:
    return [None if value is None else round(value) for value in _optional(values)]


def _answers(observed: Observed) -> Iterator[tuple[Answer, ...]]:
    columns = zip(
        observed.intent.tolist(), observed.role.tolist(), observed.age_days.tolist(), strict=True
    )
    for intents, roles, ages in columns:
        yield tuple(
            Answer(cast("Intent", INTENTS[intent]), ROLES[role], age)
            for intent, role, age in zip(intents, roles, ages, strict=True)
            if intent
        )


def matrix(observed: Observed) -> Floats:
    """Return everything observed as numbers, unprocessed: what the attainable is learnt from. nan is unknown."""
    columns: list[np.ndarray] = [
        observed.lead_days,
        observed.segment,
        observed.silent,
        observed.departed,
    ]
    columns += [observed.renewals, observed.tickets_critical]
    columns += [getattr(observed, name) for name in (*COLUMNS, *NUMBERS)]
    chairs = [_ordered(observed.intent), np.where(observed.intent > 0, observed.age_days, np.nan)]
    friend_decides = observed.role[:, 1] == ROLES.index("sponsor")
    return np.asarray(np.column_stack([*columns, *chairs, friend_decides]), dtype=float)


def _ordered(intent: np.ndarray) -> Floats:
    """Yes 1, not sure 0, no −1, and unknown where nothing was said."""
    return np.asarray(np.array([np.nan, 1.0, 0.0, -1.0])[intent])
