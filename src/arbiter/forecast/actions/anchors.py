"""The base rate is anchored on the open contracts of a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.forecast.models import Anchor
from arbiter.forecast.queries import base_rates, forecasts, garbage, open_contracts, snapshot

MOVED = 0.03
"""Log-odds. A smaller move is under half a point of any chance, and would renew every forecast for nothing."""
DIGITS = 9


@transaction.atomic
@garbage.kept()
def set_anew(*, as_of: datetime) -> Anchor:
    """Solve the intercept for the contracts open at a moment; the last anchor stays where little has moved.

    Silent in the journal: an anchor is arithmetic on facts that are in it.
    """
    contracts = open_contracts.at(as_of)
    told = base_rates.at(as_of)
    model = snapshot.anchored(snapshot.chunks(contracts, as_of=as_of), base_rate=told)
    found = Anchor(
        as_of=as_of,
        method=model.method,
        due=told.due or None,
        renewed=told.renewed if told.due else None,
        contracts=len(contracts),
        intercept=round(float(model.mean[0]), DIGITS),
        spread=told.sd,
        reference=model.reference.round(DIGITS).tolist(),
    )
    last = forecasts.newest_anchor(as_of)
    if last is not None and not _has_moved(last, found):
        Anchor.objects.filter(pk=last.pk).update(contracts=found.contracts)
        return last
    found.save(force_insert=True)
    return found


def in_force(*, as_of: datetime) -> Anchor:
    """Return the anchor that counts at a moment; the first is set when it is asked for."""
    return forecasts.newest_anchor(as_of) or set_anew(as_of=as_of)


def _has_moved(last: Anchor, found: Anchor) -> bool:
    same_terms = (last.method, last.due, last.renewed) == (found.method, found.due, found.renewed)
    return not same_terms or abs(last.intercept - found.intercept) >= MOVED
