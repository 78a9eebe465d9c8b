"""Forecasts: made on the fly as of any day, or read as they were stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Max, QuerySet

from arbiter.accounts.rules import day
from arbiter.forecast.models import Forecast
from arbiter.forecast.queries import beliefs, learnings, open_contracts, snapshot
from arbiter.forecast.queries.histories import Progress
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.open_contracts import OpenContract
from arbiter.forecast.queries.snapshot import Seen
from arbiter.foundation import garbage
from arbiter.science import renewal
from arbiter.science.renewal import Cases, Known, Model, Reason

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract

DIGITS = 6
"""Decimals of a probability that leaves us: below a millionth there is only noise of the arithmetic."""


@dataclass(frozen=True, slots=True)
class Made:
    """One forecast, in words."""

    probability: float
    low: float
    high: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of `arbiter forecast`."""

    contract: OpenContract
    made: Made
    intent: str
    belief: float | None
    method: str

    def as_json(self) -> dict[str, Any]:
        """Plain values, with the user's own ids."""
        contract, made = self.contract, self.made
        return {
            "contract_id": contract.key,
            "customer_id": contract.customer_key,
            "ends_on": contract.ends_on.isoformat(),
            "arr": None if contract.arr is None else float(contract.arr),
            "currency": contract.currency,
            "probability": made.probability,
            "low": made.low,
            "high": made.high,
            "reasons": [
                {"name": reason.name, "effect": reason.effect, "known": reason.known}
                for reason in made.reasons
            ],
            "intent": self.intent,
            "belief": self.belief,
            "method": self.method,
        }


@garbage.kept()
def at(as_of: datetime, *, days: int | None = None, progress: Progress | None = None) -> list[Line]:
    """Forecast every contract that was open, from what was recorded by then; nothing is stored.

    What the renewals taught is read where it was stored within a day and nothing was decided since; else it is
    learnt anew from those decided by then.

    Args:
        as_of: the moment of the look.
        days: only contracts that end within so many days; all unless given. The base rate is anchored on
            all open contracts either way.
        progress: told how many of how many customers with decided renewals were learnt from.
    """
    model, seen = _model_and_contracts(as_of, progress)
    last = None if days is None else day(as_of) + timedelta(days=days)
    lines = [line for chunk in seen for line in _lines(chunk, model, last)]
    return sorted(lines, key=lambda line: (line.contract.ends_on, line.contract.key))


def make(known: Sequence[Known], seen: Cases, model: Model) -> list[Made]:
    """Forecast contracts of which this is known, rounded and in words."""
    made = renewal.from_cases(seen, model)
    parts = renewal.effects(made, model)
    chances, lows, highs = (
        column.round(DIGITS).tolist() for column in (made.probability, made.low, made.high)
    )
    return [
        Made(chance, low, high, renewal.reasons(each, part, model, digits=DIGITS))
        for each, part, chance, low, high in zip(known, parts, chances, lows, highs, strict=True)
    ]


def latest(contract_ids: Collection[int], *, as_of: datetime) -> dict[int, Forecast]:
    """The newest stored forecast of each contract, some thousand at most: two queries."""
    made = Forecast.objects.filter(contract__in=contract_ids, as_of__lte=as_of).order_by()
    newest = made.values("contract").annotate(newest=Max("pk")).values_list("newest", flat=True)
    found = Forecast.objects.filter(pk__in=Ids(newest))
    return {each.contract_id: each for each in found}


def last_until(until: Mapping[int, datetime]) -> dict[int, Forecast]:
    """The last forecast of each contract that was stored by a moment of its own: two queries."""
    found = Forecast.objects.filter(pk__in=Ids(_last_until(until, "pk").values()))
    return {each.contract_id: each for each in found}


def chances_until(until: Mapping[int, datetime]) -> dict[int, float]:
    """The chance that it told: one query."""
    return _last_until(until, "probability")


def _last_until(until: Mapping[int, datetime], column: str) -> dict[int, Any]:
    rows = Forecast.objects.filter(contract__in=Ids(until)).order_by("as_of", "pk")
    return {
        contract_id: told
        for contract_id, as_of, told in rows.values_list("contract_id", "as_of", column)
        if as_of <= until[contract_id]
    }


def history(contract: Contract, *, as_of: datetime) -> QuerySet[Forecast]:
    """Every stored forecast of a contract, newest first."""
    made = Forecast.objects.filter(contract=contract, as_of__lte=as_of)
    return learnings.with_learning(made.order_by("-as_of", "-pk"), via="anchor__")


def _model_and_contracts(
    as_of: datetime, progress: Progress | None
) -> tuple[Model, Sequence[Seen]]:
    anchor = learnings.newest_anchor(as_of)
    if anchor is None or not learnings.is_fresh(anchor, as_of=as_of):
        worked = learnings.work_out(as_of, progress=progress)
        return worked.model, worked.seen
    model = learnings.model_of(anchor)
    names = learnings.signal_names(model)
    running = open_contracts.at(as_of)
    return model, list(snapshot.chunks(running, as_of=as_of, signal_names=names))


def _lines(seen: Seen, model: Model, last: date | None) -> Iterator[Line]:
    wanted = [
        place
        for place, contract in enumerate(seen.contracts)
        if last is None or contract.ends_on <= last
    ]
    made = make(
        [seen.known[place] for place in wanted],
        seen.cases.take(np.array(wanted, dtype=np.intp)),
        model,
    )
    as_of = seen.snapshot.as_of
    believed = beliefs.latest(Ids(seen.contracts[place].id for place in wanted), as_of=as_of)
    for place, each in zip(wanted, made, strict=True):
        contract = seen.contracts[place]
        belief = believed.get(contract.id)
        yield Line(
            contract=contract,
            made=each,
            intent=str(seen.snapshot.intent_of(contract.customer_id).state),
            belief=None if belief is None else float(belief.probability),
            method=model.method,
        )
