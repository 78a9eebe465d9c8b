"""How workspace files become beliefs, and what was made of losses."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.forecast.queries.outlet import (
    BASE_RATES,
    BELIEFS,
    MONTH_REVIEWS,
    POST_MORTEMS,
    SAFE_BARS,
)
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.journal import Line
from arbiter.foundation.roles import Permission


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


def _post_mortems(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contracts, causes = batch.ref("contract_id"), batch.column("cause")
    avoidable = {"true": True, "false": False, "": None}
    for place, told in enumerate(batch.column("avoidable")):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "forecast.post_mortem_recorded", "forecast.postmortem", at=at, recorded_at=recorded_at,
            told={"contract": contracts[place], "cause": causes[place], "avoidable": avoidable[told]},
        )  # fmt: skip


INTAKES = (
    Intake(BELIEFS, frozen=frozenset(BELIEFS.columns), fill={"recorded_at": "at"}, facts=_beliefs),
    Intake(BASE_RATES, frozen=frozenset(BASE_RATES.columns), demands=Permission.MANAGE_SETTINGS),
    Intake(SAFE_BARS, frozen=frozenset(SAFE_BARS.columns), demands=Permission.MANAGE_SETTINGS),
    Intake(
        POST_MORTEMS,
        frozen=frozenset(POST_MORTEMS.columns),
        fill={"recorded_at": "at"},
        facts=_post_mortems,
    ),
    Intake(MONTH_REVIEWS, frozen=frozenset(MONTH_REVIEWS.columns)),
)
