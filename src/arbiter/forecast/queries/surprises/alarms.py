"""Losses without an alarm, and what the alarms cost: budget and lead are fixed before anybody looks.

Of forecasts only what was stored in time counts: nothing is forecast afterwards. What customers had answered by
then is told from the facts, so that it counts where no forecast was made yet, as in a past that was imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from arbiter.accounts.queries import contracts
from arbiter.forecast.queries import forecasts, histories, snapshot
from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.histories import Decided
from arbiter.forecast.queries.ids import Ids
from arbiter.foundation import garbage
from arbiter.science import surprise as science
from arbiter.science.surprise import Alarms
from arbiter.voice.queries import intents
from arbiter.voice.queries import past as voice
from arbiter.voice.queries.intents import CustomerIntent


class InTime(NamedTuple):
    """The alarms, and of how many of the contracts due a forecast was stored in time."""

    alarms: Alarms
    forecast: int


def of(
    as_of: datetime,
    *,
    since: date,
    external: Collection[int] = (),
    customer_ids: Collection[int] | None = None,
) -> InTime:
    """How many losses carried no alarm 90 days before notice, beside how many alarms there were.

    A contract is compared with those due in the same quarter. Three queries, and four more for every five
    hundred customers.

    Args:
        as_of: renewals due, decided and known by then.
        since: the first day on which they were due.
        external: the contracts lost for a reason that is nobody's doing.
        customer_ids: whose; everybody's unless given.
    """
    found = [
        each for each in histories.decided(as_of, customer_ids=customer_ids) if each.due_on >= since
    ]
    chances = forecasts.chances_until({each.contract.id: each.in_time for each in found})
    answers = _answers(found)
    flags = science.flagged(
        [chances.get(each.contract.id, float("nan")) for each in found],
        [each.quarter for each in found],
        intent=[answers[each.contract.id] for each in found],
    )
    told = science.alarms(
        [not each.renewed for each in found],
        flags,
        external=[each.contract.id in external for each in found],
        told=[answers[each.contract.id] in ("no", "not_sure") for each in found],
        amount=_amounts(found),
    )
    return InTime(told, len(chances))


@garbage.kept()
def _answers(found: Sequence[Decided]) -> dict[int, str]:
    """What each customer had answered in time, by contract."""
    return dict(answer for chunk in histories.chunks(found) for answer in _told(chunk))


def _told(found: Sequence[Decided]) -> Iterator[tuple[int, str]]:
    customer_ids = Ids(sorted({each.contract.customer_id for each in found}))
    voices = voice.of_customers(customer_ids, until=max(each.in_time for each in found), whole=True)
    terms = contracts.past_of(customer_ids)
    for each in found:
        customer_id, then = each.contract.customer_id, each.in_time
        began = terms.open_since(customer_id, as_of=then) or each.contract.starts_on
        said = intents.told_from(
            voices, [customer_id], as_of=then, since={customer_id: began}, heard={}
        )
        known = snapshot.answered(said.get(customer_id, CustomerIntent()), as_of=then)
        yield each.contract.id, trusted.answer_of(known)


def _amounts(found: Sequence[Decided]) -> list[float] | None:
    """What each paid, where all of them are known and in one currency."""
    currencies = {each.contract.currency for each in found if each.contract.arr is not None}
    amounts = [each.contract.arr for each in found]
    if len(currencies) != 1 or any(amount is None for amount in amounts):
        return None
    return [float(amount) for amount in amounts if amount is not None]
