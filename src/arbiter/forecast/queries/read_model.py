"""Where customers and contracts stand, put together from the facts: rows ready to be written.

The verbs of `actions.standings` write them; a rebuild goes the same way, so that both agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import contacts, customers, signals
from arbiter.accounts.rules import day
from arbiter.engagement.queries import touchpoints
from arbiter.forecast import rules
from arbiter.forecast.models import Belief, Forecast, Outlook, Standing
from arbiter.forecast.queries import beliefs, open_contracts, snapshot, told
from arbiter.forecast.queries.open_contracts import OpenContract
from arbiter.forecast.queries.snapshot import Snapshot
from arbiter.voice.queries import answers
from arbiter.voice.queries.answers import IntentGiven

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer

ACTIVITY = ("logins_30d", "active_users_30d", "events_30d", "usage_active_users_28d")
"""Signals that say they use us; whether that does anything for them is another question."""
ACTIVITY_DAYS = 90


@dataclass(frozen=True)
class Material:
    """Everything known of some customers from which their rows are made."""

    as_of: datetime
    customers: Sequence[Customer]
    open: Sequence[OpenContract]
    overdue: Sequence[OpenContract]
    snapshot: Snapshot
    beliefs: Mapping[int, Belief]
    sealed: frozenset[int]
    active: frozenset[int]
    value_conversations: Mapping[int, datetime]
    people: Mapping[int, list[str]]


def gather(
    customer_ids: Collection[int], *, as_of: datetime, signal_names: Collection[str] = ()
) -> Material:
    """Read everything known of customers, some thousand at most, in a fixed number of queries.

    Args:
        customer_ids: the customers.
        as_of: only what was true and recorded by then.
        signal_names: which of the company's own dated numbers the forecast asks for.
    """
    found = customers.everybody().filter(pk__in=customer_ids).select_related("owner").order_by("pk")
    running = open_contracts.at(as_of, customer_ids=customer_ids)
    overdue = open_contracts.overdue(as_of, customer_ids=customer_ids)
    ids = [contract.id for contract in (*running, *overdue)]
    believed = beliefs.latest(ids, as_of=as_of)
    return Material(
        as_of=as_of,
        customers=list(found),
        open=running,
        overdue=overdue,
        snapshot=snapshot.take(
            customer_ids, running=running, as_of=as_of, signal_names=signal_names
        ),
        beliefs=believed,
        sealed=_sealed(running, customer_ids, believed, as_of),
        active=_active(customer_ids, as_of),
        value_conversations=touchpoints.last_value_conversation(customer_ids, as_of=as_of),
        people=_people(customer_ids),
    )


def outlooks(found: Material, forecasts: Mapping[int, Forecast]) -> list[Outlook]:
    """A row for every open or overdue contract; an overdue one has no forecast."""
    named = {customer.pk: customer for customer in found.customers}
    return [
        _outlook(contract, named[contract.customer_id], found, forecasts.get(contract.id))
        for contract in (*found.open, *found.overdue)
    ]


def standings(found: Material, forecasts: Mapping[int, Forecast]) -> list[Standing]:
    """A row for every customer."""
    running, overdue = _by_customer(found.open), _by_customer(found.overdue)
    return [
        _standing(customer, running[customer.pk], overdue[customer.pk], found, forecasts)
        for customer in found.customers
    ]


def _outlook(
    contract: OpenContract, customer: Customer, found: Material, forecast: Forecast | None
) -> Outlook:
    return Outlook(
        contract_id=contract.id,
        customer_id=customer.pk,
        customer_name=customer.name,
        segment=customer.segment,
        owner_id=customer.owner_id,
        ends_on=contract.ends_on,
        arr=contract.arr,
        currency=contract.currency,
        intent=str(found.snapshot.intent_of(customer.pk).state),
        sealed=contract.id in found.sealed,
        as_of=found.as_of,
        **_belief(found.beliefs.get(contract.id)),
        **_chance(forecast),
    )


def _standing(
    customer: Customer,
    running: Sequence[OpenContract],
    overdue: Sequence[OpenContract],
    found: Material,
    forecasts: Mapping[int, Forecast],
) -> Standing:
    current = running or overdue
    first = current[0] if current else None
    key = first.id if first else None
    row = Standing(
        customer_id=customer.pk,
        key=customer.key,
        name=customer.name,
        words=_words(customer, found.people.get(customer.pk, [])),
        segment=customer.segment,
        stage=customer.stage,
        owner_id=customer.owner_id,
        owner_name=customer.owner.name if customer.owner else "",
        renews_on=first.ends_on if first else None,
        contract_id=key,
        sealed=key in found.sealed,
        last_value_conversation_at=found.value_conversations.get(customer.pk),
        open_contracts=len(running),
        archived=customer.archived_at is not None and customer.archived_at <= found.as_of,
        as_of=found.as_of,
        **_money(current),
        **_belief(found.beliefs.get(key) if key else None),
        **_chance(forecasts.get(key) if key else None),
        **told.intent(found.snapshot.intent_of(customer.pk)),
        **told.goals(found.snapshot.attainments[customer.pk]),
    )
    row.active_no_result = customer.pk in found.active and told.is_without_result(row)
    return _with_next_step(row, found)


def _with_next_step(row: Standing, found: Material) -> Standing:
    days_left = (row.renews_on - day(found.as_of)).days if row.renews_on else None
    attainment = found.snapshot.attainments[row.customer_id]
    situation = rules.Situation(
        intent=row.intent,
        contacts=len(row.people),
        goals=row.goals,
        disputed=row.disputed,
        unjudged=sum(goal.due and not goal.fresh for goal in attainment.goals),
        achieved_not_known=row.achieved_not_known,
        stale_goals=row.stale_goals,
        to_celebrate=row.to_celebrate,
        active_no_result=row.active_no_result,
        only_friendly=row.only_friendly,
        silent_decision_maker=row.silent_decision_maker,
        sealed=row.sealed,
        believed=row.belief is not None,
        days_left=days_left,
    )
    row.next_step = rules.next_step(situation)
    row.next_step_about = told.about(row.next_step, row.people, attainment)
    row.urgency = rules.urgency(
        arr=None if row.arr is None else float(row.arr),
        days_left=days_left,
        intent=row.intent,
        goals=row.goals,
        judged=row.goals - row.unjudged,
    )
    return row


def _people(customer_ids: Collection[int]) -> dict[int, list[str]]:
    """The names and addresses of those who are at each customer."""
    found: dict[int, list[str]] = defaultdict(list)
    there = contacts.of_customers(customer_ids).filter(left_on=None)
    for customer_id, *known in there.values_list("customer_id", "name", "email"):
        found[customer_id] += filter(None, known)
    return found


def _words(customer: Customer, people: Sequence[str]) -> str:
    known = (customer.name, customer.key or "", customer.domain, *people)
    return rules.folded("\n".join(filter(None, known)))


def _money(current: Sequence[OpenContract]) -> dict[str, Any]:
    """The sum in the currency of most contracts; what is in other currencies stays apart."""
    amounts = [(each.currency, each.arr) for each in current if each.arr is not None]
    currency = rules.main_currency(amounts)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for name, amount in amounts:
        totals[name] += amount
    others = {name: str(total) for name, total in sorted(totals.items()) if name != currency}
    return {"arr": totals.get(currency), "currency": currency, "other_currencies": others}


def _belief(belief: Belief | None) -> dict[str, Any]:
    if belief is None:
        return {"belief": None, "belief_at": None}
    return {"belief": float(belief.probability), "belief_at": belief.at}


def _chance(forecast: Forecast | None) -> dict[str, Any]:
    if forecast is None:
        return {"probability": None, "low": None, "high": None}
    return {"probability": forecast.probability, "low": forecast.low, "high": forecast.high}


def _by_customer(contracts: Sequence[OpenContract]) -> dict[int, list[OpenContract]]:
    groups: dict[int, list[OpenContract]] = defaultdict(list)
    for contract in contracts:
        groups[contract.customer_id].append(contract)
    return groups


def _sealed(
    running: Sequence[OpenContract],
    customer_ids: Collection[int],
    believed: Mapping[int, Belief],
    as_of: datetime,
) -> frozenset[int]:
    """The contracts about which an answer of the running term waits to be read."""
    given = answers.intents_given(customer_ids, as_of=as_of)
    opened = beliefs.opened([contract.id for contract in running], as_of=as_of)
    return frozenset(
        contract.id
        for contract in running
        if rules.is_sealed(
            live_answers=_live(given.get(contract.customer_id, ()), contract),
            opened=opened.get(contract.id, ()),
            believed=contract.id in believed,
        )
    )


def _live(given: Collection[IntentGiven], contract: OpenContract) -> set[int]:
    return {
        answer.answer_id
        for answer in given
        if answer.live and not answer.flagged and day(answer.at) >= contract.starts_on
    }


def _active(customer_ids: Collection[int], as_of: datetime) -> frozenset[int]:
    oldest = as_of - timedelta(days=ACTIVITY_DAYS)
    newest = signals.latest(customer_ids, names=ACTIVITY, as_of=as_of)
    return frozenset(
        customer_id
        for (customer_id, _), signal in newest.items()
        if signal.at >= oldest and signal.value > 0
    )
