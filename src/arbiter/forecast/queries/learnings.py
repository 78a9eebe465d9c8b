"""What the company's own renewals taught: worked out from the facts of a moment, or read as it was stored."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model as Noun
from django.db.models import QuerySet

from arbiter.accounts.queries import contracts
from arbiter.forecast.models import Anchor, Learning
from arbiter.forecast.queries import base_rates, histories, open_contracts, snapshot
from arbiter.forecast.queries.histories import Progress
from arbiter.forecast.queries.snapshot import Seen
from arbiter.foundation import garbage
from arbiter.science import renewal
from arbiter.science.renewal import BaseRate, Cases, History, Model, challenger

Row = TypeVar("Row", bound=Noun)

FRESH = timedelta(hours=36)
OPEN_DRIFT = 0.1
DECIDED_DRIFT = 0.02
"""Where the number of open contracts, or of decisions, has changed by this share, it is learnt and anchored anew."""


@dataclass(frozen=True)
class Worked:
    """A model and what it was worked out from: the open contracts of a moment, and the decided ones."""

    as_of: datetime
    model: Model
    seen: Sequence[Seen]
    decided: int
    digest: str

    @property
    def open_contracts(self) -> Cases:
        """What was known of every open contract."""
        return renewal.joined([chunk.cases for chunk in self.seen])


@garbage.kept()
def work_out(as_of: datetime, *, progress: Progress | None = None) -> Worked:
    """Learn from every renewal decided by a moment, and from nothing recorded later; nothing is stored.

    Args:
        as_of: the moment of the look.
        progress: told how many of how many customers with decided renewals are done.
    """
    decided = count_decided(as_of)
    names = histories.own_signals(as_of) if decided else []
    past = histories.gather(as_of, signal_names=names, progress=progress).history(as_of=as_of)
    found = open_contracts.at(as_of)
    seen = list(snapshot.chunks(found, as_of=as_of, signal_names=names if len(past) else ()))
    model = renewal.learn(
        past,
        base_rate=base_rates.at(as_of),
        open_contracts=renewal.joined([chunk.cases for chunk in seen]),
    )
    return Worked(as_of, model, seen, decided, digest_of(past))


def count_decided(as_of: datetime) -> int:
    """How many decisions were known at a moment."""
    return contracts.decided_by(as_of).count()


def newest_anchor(as_of: datetime) -> Anchor | None:
    """The anchor that counts at a moment."""
    made = Anchor.objects.filter(as_of__lte=as_of).order_by("-as_of", "-pk")
    return with_learning(made).first()


def is_fresh(anchor: Anchor, *, as_of: datetime) -> bool:
    """Say whether what was learnt was stored within a day, and nothing was decided since."""
    return (
        anchor.learning is not None
        and as_of - anchor.as_of <= FRESH
        and anchor.decided == count_decided(as_of)
        and (anchor.renewed or 0, anchor.due or 0) == _told(as_of)
    )


def has_outgrown(anchor: Anchor, *, as_of: datetime) -> bool:
    """Say whether so much more is open or decided that an anchor no longer stands for it, or another rate was told."""
    return (
        _grew(anchor.contracts, open_contracts.count(as_of), by=OPEN_DRIFT)
        or _grew(anchor.decided, count_decided(as_of), by=DECIDED_DRIFT)
        or (anchor.renewed or 0, anchor.due or 0) != _told(as_of)
    )


def _told(as_of: datetime) -> tuple[int, int]:
    told = base_rates.at(as_of)
    return told.renewed, told.due


def _grew(before: int, now: int, *, by: float) -> bool:
    return abs(now - before) > by * before


def with_learning(rows: QuerySet[Row], *, via: str = "") -> QuerySet[Row]:
    """Join what was learnt, but for the model itself: it is large, and kept once it was read."""
    return rows.select_related(f"{via}learning").defer(f"{via}learning__model")


def model_of(anchor: Anchor) -> Model:
    """The beliefs that a stored anchor stands for."""
    if anchor.learning is not None:
        return stored(anchor.learning)
    told = BaseRate(renewed=anchor.renewed or 0, due=anchor.due or 0)
    return renewal.prior(base_rate=told, intercept=anchor.intercept, reference=anchor.reference)


def stored(learning: Learning) -> Model:
    """The model of a stored learning, ready to forecast; without a challenger that cannot be asked here."""
    found = _kept.get(learning.fingerprint) or _keep(learning)
    if found.challenger is None or challenger.is_available():
        return found
    return replace(found, challenger=None, weight=0.0)


def signal_names(model: Model) -> tuple[str, ...]:
    """Which of the company's own dated numbers a model forecasts from."""
    return tuple(scale.name for scale in model.layout.signals)


def history(as_of: datetime) -> QuerySet[Learning]:
    """Everything learnt by a moment, the newest first."""
    return Learning.objects.filter(as_of__lte=as_of).defer("model").order_by("-as_of", "-pk")


def digest_of(past: History) -> str:
    """What tells two sets of renewals apart: what was known of them and how they ended, not how long ago."""
    told = hashlib.sha256()
    for column in (past.renewal, past.customer, past.renewed, past.cases.lead_days, past.cases.x):
        told.update(column.tobytes())
    told.update(past.cases.signals.tobytes())
    told.update("\x1f".join((*past.cases.signal_names, *past.cases.segment.tolist())).encode())
    return told.hexdigest()


_KEPT = 8
_kept: dict[str, Model] = {}


def _keep(learning: Learning) -> Model:
    if len(_kept) >= _KEPT:
        _kept.clear()
    return _kept.setdefault(learning.fingerprint, renewal.from_json(learning.model))
