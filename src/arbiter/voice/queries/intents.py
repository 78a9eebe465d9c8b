"""Will they continue? What a customer's people say together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from arbiter.voice import rules
from arbiter.voice.queries import answers, past
from arbiter.voice.queries.answers import PersonIntent
from arbiter.voice.queries.past import Past
from arbiter.voice.rules import IntentState


@dataclass(frozen=True)
class CustomerIntent:
    """What a customer has said about continuing.

    `only_friendly`: somebody was asked or answered, and nobody among them decides.
    `silent_decision_maker`: there is a decision maker, and none has answered.
    `last_heard_at`: the last answer to any question.
    """

    state: IntentState = IntentState.NEVER_ASKED
    at: datetime | None = None
    people: Sequence[PersonIntent] = ()
    only_friendly: bool = False
    silent_decision_maker: bool = False
    last_heard_at: datetime | None = None


def of_customers(
    customer_ids: Collection[int], *, as_of: datetime, since: Mapping[int, date] | None = None
) -> dict[int, CustomerIntent]:
    """What each customer says about continuing. Five queries for any number.

    A customer without people or answers is not in it: nobody was ever asked (`CustomerIntent()`).
    """
    started = answers.terms(customer_ids, as_of=as_of) if since is None else since
    on_file = past.of_customers(customer_ids, until=as_of, whole=False)
    heard = answers.last_heard(customer_ids, as_of=as_of)
    return told_from(on_file, customer_ids, as_of=as_of, since=started, heard=heard)


def told_from(
    on_file: Past,
    customer_ids: Iterable[int],
    *,
    as_of: datetime,
    since: Mapping[int, date],
    heard: Mapping[int, datetime],
) -> dict[int, CustomerIntent]:
    """What each customer said about continuing, by what was read before.

    Args:
        on_file: what is on file, whole if it is asked about more than the moment it was read for.
        customer_ids: some of the customers it was read for.
        as_of: only what was true and known by then.
        since: the day from which answers count, by customer.
        heard: when each customer last answered anything.
    """
    people = answers.intents_told_from(on_file, customer_ids, as_of=as_of, since=since)
    return {
        customer_id: _together(people.get(customer_id, []), heard.get(customer_id))
        for customer_id in people.keys() | heard.keys()
    }


def _together(people: Sequence[PersonIntent], heard: datetime | None) -> CustomerIntent:
    state = rules.customer_state(person.state for person in people)
    deciding = [person for person in people if person.role == "decision_maker"]
    reached = [person.role for person in people if person.state != IntentState.NEVER_ASKED]
    said_so = [person.at for person in people if person.state == state and person.at]
    return CustomerIntent(
        state=state,
        at=max(said_so, default=None),
        people=people,
        only_friendly=rules.only_friendly(reached),
        silent_decision_maker=bool(deciding) and not any(person.at for person in deciding),
        last_heard_at=heard,
    )
