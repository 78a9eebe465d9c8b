"""What was known of contracts at a moment: from the stored facts to what science may know.

Everything is read in bulk: a fixed number of queries for a chunk of customers, whatever their number. Only
facts that were true and recorded by `as_of` are read, so that a look back is the same code with an earlier day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, cast

from arbiter.accounts.rules import day
from arbiter.forecast import rules
from arbiter.forecast.queries import past
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.open_contracts import OpenContract
from arbiter.forecast.queries.past import TABLE_SIGNALS, Past
from arbiter.outcomes.queries import attainment
from arbiter.science import renewal
from arbiter.science.renewal import Answer, Cases, Intent, Known, Model
from arbiter.voice.queries import answers, intents
from arbiter.voice.queries.intents import CustomerIntent

if TYPE_CHECKING:
    from arbiter.outcomes.queries.attainment import Attainment, GoalAttainment

T = TypeVar("T")

CHUNK = 2_000
"""Customers read together: few enough for any database's limit on parameters and for little memory."""
KNOWN_CUSTOMER_DAYS = 60
"""A customer that much older than the contract has renewed before, though no file told us how often."""


@dataclass(frozen=True)
class Snapshot:
    """What was known of some customers at a moment, by customer id."""

    as_of: datetime
    intents: Mapping[int, CustomerIntent]
    attainments: Mapping[int, Attainment]
    past: Past

    def intent_of(self, customer_id: int) -> CustomerIntent:
        """What its people said; nobody was ever asked where nothing is known."""
        return self.intents.get(customer_id, CustomerIntent())


def take(
    customer_ids: Collection[int],
    *,
    running: Iterable[OpenContract],
    as_of: datetime,
    signal_names: Collection[str] = (),
) -> Snapshot:
    """Read what was known of customers, some thousand at most, in a fixed number of queries.

    Args:
        customer_ids: the customers.
        running: their open contracts; answers count from the start of the earliest.
        as_of: only what was true and recorded by then.
        signal_names: which of the company's own dated numbers, beside those that the table knows.
    """
    since: dict[int, date] = {}
    for contract in running:
        known_since = since.get(contract.customer_id, contract.starts_on)
        since[contract.customer_id] = min(known_since, contract.starts_on)
    names = (*TABLE_SIGNALS, *signal_names)
    on_file = past.read(customer_ids, until=as_of, whole=False, signal_names=names)
    heard = answers.last_heard(customer_ids, as_of=as_of)
    return told_from(on_file, customer_ids, since=since, heard=heard, as_of=as_of)


def look_back(on_file: Past, customer_id: int, *, as_of: datetime) -> Snapshot:
    """What was known of one customer at a moment, by what was read before, whole."""
    began = on_file.terms.open_since(customer_id, as_of=as_of)
    since = {} if began is None else {customer_id: began}
    return told_from(on_file, [customer_id], since=since, heard={}, as_of=as_of)


def told_from(
    on_file: Past,
    customer_ids: Collection[int],
    *,
    since: Mapping[int, date],
    heard: Mapping[int, datetime],
    as_of: datetime,
) -> Snapshot:
    """What was known of customers at a moment, by what was read before.

    Args:
        on_file: what is on file about them.
        customer_ids: the customers.
        since: from which day on answers count, by customer.
        heard: when each was last heard, on any question; nothing is forecast from it.
        as_of: only what was true and recorded by then.
    """
    return Snapshot(
        as_of=as_of,
        intents=intents.told_from(
            on_file.voices, customer_ids, as_of=as_of, since=since, heard=heard
        ),
        attainments=attainment.told_from(on_file.goals, customer_ids, as_of=as_of),
        past=on_file,
    )


@dataclass(frozen=True)
class Seen:
    """Some contracts and what was known of them."""

    contracts: list[OpenContract]
    known: list[Known]
    cases: Cases
    snapshot: Snapshot


def chunks(
    found: Sequence[OpenContract], *, as_of: datetime, signal_names: Collection[str] = ()
) -> Iterator[Seen]:
    """Go through contracts, sorted by customer, in chunks of customers.

    Args:
        found: the contracts.
        as_of: only what was true and recorded by then.
        signal_names: which of the company's own dated numbers.
    """
    by_customer = [list(group) for _, group in groupby(found, key=lambda each: each.customer_id)]
    for chunk in batched(by_customer, CHUNK):
        rows = [contract for group in chunk for contract in group]
        customer_ids = Ids(group[0].customer_id for group in chunk)
        snapshot = take(customer_ids, running=rows, as_of=as_of, signal_names=signal_names)
        told = [known(contract, snapshot) for contract in rows]
        yield Seen(rows, told, renewal.cases(told), snapshot)


def known(contract: OpenContract, snapshot: Snapshot) -> Known:
    """Return what was known of one contract."""
    customer_id, as_of, on_file = contract.customer_id, snapshot.as_of, snapshot.past
    intent = snapshot.intent_of(customer_id)
    signal = on_file.signals(customer_id, as_of=as_of)
    surveyed = on_file.surveyed(customer_id, signal, as_of=as_of)
    return Known(
        segment=contract.segment,
        answers=tuple(_answers(intent, as_of)),
        asked_no_reply=_is_silent(intent, as_of),
        departed=on_file.has_departed(customer_id, as_of=as_of),
        nps=surveyed.nps,
        csat=surveyed.csat,
        usage_level=signal.get("usage_level"),
        usage_trend=signal.get("usage_trend"),
        critical_tickets=_count(signal.get("tickets_critical")),
        renewals=_renewals(contract, on_file.terms.renewals(customer_id, as_of=as_of)),
        price_increase=signal.get("price_increase"),
        lead_days=(contract.ends_on - day(as_of)).days,
        signals=tuple(sorted(each for each in signal.items() if each[0] not in TABLE_SIGNALS)),
        **_outcomes(snapshot.attainments.get(customer_id), as_of),
    )


def answered(intent: CustomerIntent, *, as_of: datetime) -> Known:
    """Return what was known of a customer from its answers alone."""
    return Known(answers=tuple(_answers(intent, as_of)), asked_no_reply=_is_silent(intent, as_of))


def _answers(intent: CustomerIntent, as_of: datetime) -> Iterator[Answer]:
    for person in intent.people:
        if person.at is not None:
            said = cast("Intent", person.state.value)
            yield Answer(said, person.role, max(0, (as_of - person.at).days))


def _is_silent(intent: CustomerIntent, as_of: datetime) -> bool:
    asked = [person.ask_at for person in intent.people if person.at is None and person.ask_at]
    return any(moment <= as_of - timedelta(days=rules.GRACE_DAYS) for moment in asked)


def _outcomes(found: Attainment | None, as_of: datetime) -> dict[str, Any]:
    """Goals that count are due, or judged freshly enough; results count as far as they were measured."""
    if found is None or not found.goals:
        return {}
    judged = [_judged(goal) for goal in found.goals]
    measured = [goal for goal in found.goals if goal.result is not None]
    reached = [goal for goal in measured if goal.reached]
    return {
        "goals": sum(1 for goal, word in zip(found.goals, judged, strict=True) if goal.due or word),
        "achieved": judged.count("achieved"),
        "partly": judged.count("partly"),
        "missed": judged.count("not"),
        "measured": len(measured),
        "reached": len(reached),
        "reached_known": sum(1 for goal in reached if not goal.achieved_not_known),
        "goal_age_months": _goal_age(found.goals, as_of),
    }


def _judged(goal: GoalAttainment) -> str:
    """The verdict as far as it counts: a disputed result is a miss, and "too early" judges nothing."""
    if goal.disputed:
        return "not"
    return goal.judgement if goal.fresh and goal.judgement in {"achieved", "partly", "not"} else ""


def _goal_age(goals: Iterable[GoalAttainment], as_of: datetime) -> float:
    """Months since a goal was last agreed or confirmed."""
    moments = []
    for goal in goals:
        moments.append(goal.revision.at if goal.revision else goal.goal.at)
        if goal.confirmed and goal.verdict is not None:
            moments.append(goal.verdict.at)
    return round(rules.months_between(max(moments), as_of), 1)


def _renewals(contract: OpenContract, told: int) -> int | None:
    """How often the customer renewed before; unknown where it is older than the contract and no file told."""
    if told:
        return told
    since = contract.customer_since
    first = since is not None and (contract.starts_on - since).days <= KNOWN_CUSTOMER_DAYS
    return 0 if first else None


def _count(value: float | None) -> int | None:
    return None if value is None else max(0, round(value))


def for_model(known: Known, model: Model) -> Known:
    """Return the part of what was known that a model forecasts from: the first day's knows neither lead nor signals."""
    names = {scale.name for scale in model.layout.signals}
    return replace(
        known,
        lead_days=known.lead_days if model.layout.leads else None,
        signals=tuple(each for each in known.signals if each[0] in names),
    )


def inputs_of(known: Known) -> dict[str, Any]:
    """Return what was known as plain values for storage; what is unknown or nothing is left out."""
    told: dict[str, Any] = {
        name: getattr(known, name)
        for name in _PLAIN
        if getattr(known, name) not in (None, 0, "", False) or name in _ZERO_SPEAKS
    }
    told = {name: value for name, value in told.items() if value is not None}
    if known.answers:
        told["answers"] = [[a.intent, a.role, a.age_days] for a in known.answers]
    if known.signals:
        told["signals"] = [list(pair) for pair in known.signals]
    return told


def known_from(inputs: Mapping[str, Any]) -> Known:
    """Return what was known from its stored form: the inverse of `inputs_of`."""
    plain: dict[str, Any] = {name: value for name, value in inputs.items() if name not in _PAIRS}
    answers = tuple(Answer(*answer) for answer in inputs.get("answers", ()))
    signals = tuple((name, value) for name, value in inputs.get("signals", ()))
    return Known(**plain, answers=answers, signals=signals)


_PAIRS = ("answers", "signals")
_PLAIN = tuple(name for name in Known.__slots__ if name not in _PAIRS)
# For these, nothing is a finding of its own and differs from unknown.
_ZERO_SPEAKS = frozenset(
    name for name in _PLAIN if Known.__dataclass_fields__[name].default is None
)


def batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
