"""How workspace files become beliefs."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.forecast.queries.outlet import BELIEFS
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.journal import Line


def _beliefs(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contracts, probabilities = batch.ref("contract_id"), batch.column("probability")
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "forecast.belief_logged", "forecast.belief", at=at, recorded_at=recorded_at,
            told={"contract": contracts[place], "probability": probabilities[place]},
        )  # fmt: skip


INTAKES = (
    Intake(BELIEFS, frozen=frozenset(BELIEFS.columns), fill={"recorded_at": "at"}, facts=_beliefs),
)
