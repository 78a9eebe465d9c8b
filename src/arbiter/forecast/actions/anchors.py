"""What forecasts start from: learnt from the renewals decided by a day, and anchored on the contracts open then."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from scipy.special import logit

from arbiter.forecast.models import Anchor, Learning
from arbiter.forecast.queries import learnings
from arbiter.forecast.queries.histories import Progress
from arbiter.forecast.queries.learnings import Worked
from arbiter.science import renewal
from arbiter.science.renewal import Model

MOVED = 0.03
"""Log-odds. A smaller move is under half a point of any chance, and would renew every forecast for nothing."""
LEARN_AFTER = timedelta(days=30)
"""Where anything new was decided, what was learnt is stored this often at least, however little it moved."""
DIGITS = 9


def set_anew(*, as_of: datetime, progress: Progress | None = None) -> Anchor:
    """Learn from what was decided and solve the intercept for what is open; the last anchor stays where little moved.

    Silent in the journal: an anchor is arithmetic on facts that are in it. It is worked out before anything is
    locked, for that may take seconds.
    """
    worked = learnings.work_out(as_of, progress=progress)
    last = learnings.newest_anchor(as_of)
    if last is not None and not _has_moved(last, worked):
        counts = {"contracts": len(worked.open_contracts), "decided": worked.decided}
        Anchor.objects.filter(pk=last.pk).update(**counts)
        return last
    return _store(worked)


def in_force(*, as_of: datetime) -> Anchor:
    """Return the anchor that counts at a moment; the first is set when it is asked for."""
    return learnings.newest_anchor(as_of) or set_anew(as_of=as_of)


@transaction.atomic
def _store(worked: Worked) -> Anchor:
    model, told = worked.model, worked.model.base_rate
    return Anchor.objects.create(
        as_of=worked.as_of,
        method=model.method,
        due=told.due or None,
        renewed=told.renewed if told.due else None,
        contracts=len(worked.open_contracts),
        decided=worked.decided,
        intercept=round(float(model.mean[0]), DIGITS),
        spread=told.sd,
        reference=model.reference.round(DIGITS).tolist(),
        learning=_learning(worked),
    )


def _learning(worked: Worked) -> Learning | None:
    learnt = worked.model.learnt
    if learnt is None:
        return None
    return Learning.objects.create(
        as_of=worked.as_of,
        method=worked.model.method,
        model=renewal.to_json(worked.model),
        fingerprint=renewal.fingerprint(worked.model),
        digest=worked.digest,
        renewals=learnt.renewals,
        churns=learnt.churns,
        customers=learnt.customers,
        snapshots=learnt.snapshots,
    )


def _has_moved(last: Anchor, worked: Worked) -> bool:
    told = worked.model.base_rate
    if (last.method, last.due or 0, last.renewed or 0) != (
        worked.model.method,
        told.due,
        told.renewed,
    ):
        return True
    if last.learning is None:
        return bool(abs(last.intercept - float(worked.model.mean[0])) >= MOVED)
    if last.learning.digest != worked.digest and worked.as_of - last.as_of >= LEARN_AFTER:
        return True
    return _distance(learnings.stored(last.learning), worked) >= MOVED


def _distance(before: Model, worked: Worked) -> float:
    """How far, in log-odds, two models lie apart over the open contracts: the root of the mean square."""
    seen = worked.open_contracts
    if not len(seen):
        return float(abs(before.mean[0] - worked.model.mean[0]))
    chances = (renewal.from_cases(seen, model).probability for model in (before, worked.model))
    then, now = (logit(chance) for chance in chances)
    return float(np.sqrt(np.mean(np.square(then - now))))
