"""Which answers wait to be read until somebody has said what they believe."""

from __future__ import annotations

from datetime import datetime

from arbiter.accounts.rules import day
from arbiter.forecast import rules
from arbiter.forecast.queries import beliefs, open_contracts
from arbiter.voice.queries import answers


def of_customer(customer_id: int, *, as_of: datetime) -> dict[int, frozenset[int]]:
    """Return the ids of the sealed answers by open contract; contracts without any are left out. Four queries."""
    running = open_contracts.at(as_of, customer_ids=[customer_id])
    ids = [contract.id for contract in running]
    believed = beliefs.latest(ids, as_of=as_of)
    opened = beliefs.opened(ids, as_of=as_of)
    given = answers.intents_given([customer_id], as_of=as_of).get(customer_id, [])
    found = {}
    for contract in running:
        live = {
            answer.answer_id
            for answer in given
            if answer.live and not answer.flagged and day(answer.at) >= contract.starts_on
        }
        waiting = live - opened.get(contract.id, set())
        if rules.is_sealed(
            live_answers=live,
            opened=opened.get(contract.id, ()),
            believed=contract.id in believed,
        ):
            found[contract.id] = frozenset(waiting)
    return found
