"""Why a stored forecast says what it says, and what would move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import exp
from typing import TYPE_CHECKING

from arbiter.forecast.models import Forecast
from arbiter.forecast.queries import forecasts, learnings, snapshot
from arbiter.science import renewal
from arbiter.science.renewal import Move, Reason

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract


@dataclass(frozen=True, slots=True)
class Explained:
    """A stored forecast with what would move it.

    `start` is the chance of the average open contract, at which the reasons start. `if_answered` is the
    chance if the decision maker answered today: yes, not_sure, no. Both it and `moves` are associations.
    """

    forecast: Forecast
    start: float
    reasons: tuple[Reason, ...]
    moves: tuple[Move, ...]
    if_answered: Mapping[str, float]


def of(contract: Contract, *, as_of: datetime) -> Explained | None:
    """The newest stored forecast of a contract, explained; None before the first. One query."""
    made = forecasts.history(contract, as_of=as_of).first()
    if made is None:
        return None
    known, model = snapshot.known_from(made.inputs), learnings.model_of(made.anchor)
    reasons = tuple(Reason(**reason) for reason in made.reasons)
    return Explained(
        forecast=made,
        start=1 / (1 + exp(-reasons[0].effect)),
        reasons=reasons,
        moves=renewal.moves(known, model),
        if_answered={str(word): p for word, p in renewal.if_answered(known, model).items()},
    )
