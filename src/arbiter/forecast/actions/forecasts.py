"""Forecasts are made and stored, and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from arbiter.forecast import rules
from arbiter.forecast.actions import anchors
from arbiter.forecast.models import Anchor, Forecast
from arbiter.forecast.queries import forecasts, learnings, open_contracts, snapshot
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.open_contracts import OpenContract
from arbiter.science import renewal
from arbiter.science.renewal import Known

SIGNAL_STEPS = 4
"""A dated number that moved by less than a quarter of its spread says nothing new."""


@transaction.atomic
def forecast_all(*, as_of: datetime) -> int:
    """Forecast every open contract; return how many forecasts were new. Silent: derived from facts."""
    anchor = anchors.in_force(as_of=as_of)
    names = learnings.signal_names(learnings.model_of(anchor))
    before = Forecast.objects.count()
    for seen in snapshot.chunks(open_contracts.at(as_of), as_of=as_of, signal_names=names):
        store(seen.contracts, seen.known, anchor=anchor, as_of=as_of)
    return Forecast.objects.count() - before


@transaction.atomic
def store(
    contracts: Sequence[OpenContract], known: Sequence[Known], *, anchor: Anchor, as_of: datetime
) -> dict[int, Forecast]:
    """Return the forecast that counts for each contract, making a new one where what is known has changed.

    Args:
        contracts: some thousand at most.
        known: what is known of each of them.
        anchor: the anchor that counts.
        as_of: the moment of the look.
    """
    counting = forecasts.latest(Ids(contract.id for contract in contracts), as_of=as_of)
    model = learnings.model_of(anchor)
    known = [snapshot.for_model(each, model) for each in known]
    inputs = [snapshot.inputs_of(each) for each in known]
    steps = {scale.name: scale.sd / SIGNAL_STEPS for scale in model.layout.signals}
    prints = [
        rules.fingerprint(inputs=each, anchor=anchor.pk, method=anchor.method, signal_steps=steps)
        for each in inputs
    ]
    places = [
        place
        for place, contract in enumerate(contracts)
        if contract.id not in counting or counting[contract.id].fingerprint != prints[place]
    ]
    changed = [known[place] for place in places]
    made = forecasts.make(changed, renewal.cases(changed), model)
    new = [
        Forecast(
            contract_id=contracts[place].id,
            as_of=as_of,
            anchor=anchor,
            method=anchor.method,
            probability=each.probability,
            low=each.low,
            high=each.high,
            reasons=[reason._asdict() for reason in each.reasons],
            inputs=inputs[place],
            fingerprint=prints[place],
        )
        for place, each in zip(places, made, strict=True)
    ]
    Forecast.objects.bulk_create(new, batch_size=1_000)
    return counting | {each.contract_id: each for each in new}
