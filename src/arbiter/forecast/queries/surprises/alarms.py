"""Losses without an alarm, and what the alarms cost: by the forecasts stored in time, budget and lead fixed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from arbiter.forecast.models import Forecast
from arbiter.forecast.queries import histories, snapshot
from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.histories import Decided
from arbiter.forecast.queries.ids import Ids
from arbiter.science import surprise as science
from arbiter.science.surprise import Alarms

LEAD_DAYS = 90


class Seen(NamedTuple):
    """What was stored of a contract in time: a chance (NaN for none) and the customer's answer."""

    chance: float
    answer: str


def of(
    as_of: datetime,
    *,
    since: date,
    external: Collection[int] = (),
    customer_ids: Collection[int] | None = None,
) -> Alarms:
    """How many losses carried no alarm 90 days before notice, beside how many alarms there were: three queries.

    A contract is compared with those due in the same quarter.

    Args:
        as_of: renewals due, decided and known by then.
        since: the first day on which they were due.
        external: the contracts lost for a reason that is nobody's doing.
        customer_ids: whose; everybody's unless given.
    """
    found = [
        each for each in histories.decided(as_of, customer_ids=customer_ids) if each.due_on >= since
    ]
    seen = _seen(found)
    flags = science.flagged(
        [each.chance for each in seen],
        [f"{each.due_on.year}-{(each.due_on.month + 2) // 3}" for each in found],
        intent=[each.answer for each in seen],
    )
    return science.alarms(
        [not each.renewed for each in found],
        flags,
        external=[each.contract.id in external for each in found],
        told=[each.answer in ("no", "not_sure") for each in seen],
        amount=_amounts(found),
    )


def _seen(found: Sequence[Decided]) -> list[Seen]:
    last = _last(found)
    rows = Forecast.objects.filter(pk__in=Ids(last.values()))
    told = {
        contract_id: Seen(chance, trusted.answer_of(snapshot.known_from(inputs)))
        for contract_id, chance, inputs in rows.values_list("contract_id", "probability", "inputs")
    }
    return [told.get(each.contract.id, Seen(float("nan"), "")) for each in found]


def _last(found: Sequence[Decided]) -> dict[int, int]:
    """The number of the last forecast that was stored in time, by contract."""
    until = {each.contract.id: _in_time(each) for each in found}
    rows = Forecast.objects.filter(contract__in=Ids(until)).order_by("as_of", "pk")
    return {
        contract_id: pk
        for contract_id, as_of, pk in rows.values_list("contract_id", "as_of", "pk")
        if as_of <= until[contract_id]
    }


def _in_time(decided: Decided) -> datetime:
    last = decided.told_on - timedelta(days=LEAD_DAYS)
    return datetime.combine(last, time.max, UTC)


def _amounts(found: Sequence[Decided]) -> list[float] | None:
    """What each paid, where all of them are known and in one currency."""
    currencies = {each.contract.currency for each in found if each.contract.arr is not None}
    amounts = [each.contract.arr for each in found]
    if len(currencies) != 1 or any(amount is None for amount in amounts):
        return None
    return [float(amount) for amount in amounts if amount is not None]
