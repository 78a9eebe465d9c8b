"""What changed in a time, and who is to hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from arbiter.accounts.queries import contacts, customers
from arbiter.engagement.models import DigestOrder
from arbiter.engagement.queries import promises
from arbiter.engagement.rules import digest
from arbiter.engagement.rules.digest import Change, Kind
from arbiter.foundation.queries import company, timeline
from arbiter.outcomes.queries import changes as outcomes
from arbiter.voice.queries import turns

if TYPE_CHECKING:
    from arbiter.foundation.models import Fact, Person

LEFT, EDITED = "accounts.contact_left", "accounts.customer_edited"
MISSED = {"sponsor": "sponsor", "decision_maker": "decision maker", "champion": "champion"}
AT_ONCE = 1_000


def orders() -> QuerySet[DigestOrder]:
    """Every order that was not stopped."""
    return DigestOrder.objects.filter(stopped_at=None).select_related("person").order_by("kind", "pk")  # fmt: skip


def of_person(person: Person) -> DigestOrder | None:
    """The mail a colleague ordered for themselves."""
    return orders().filter(kind="mail", person=person).first()


def channels() -> QuerySet[DigestOrder]:
    """The channels that hear of every customer."""
    return orders().exclude(kind="mail")


def due(at: datetime) -> list[DigestOrder]:
    """The orders whose hour has come since they were last told."""
    zone = company_zone()
    return [
        order
        for order in orders()
        if (order.told_until or order.made_at) < digest.last_hour(at, hour=order.hour, zone=zone)
    ]


def changes(since: datetime, until: datetime) -> list[Change]:
    """Return what changed at all customers in a time, in the order in which it is told."""
    facts = timeline.recorded((LEFT, EDITED), since=since, until=until)
    moved_on = {fact.customer_id for fact in facts if _is_of_stage(fact) and fact.customer_id}
    found: list[tuple[Kind, int, str, int | None]] = [
        *_turns(since, until),
        *((Kind.DISPUTE, each.customer_id, f"{each.name} says no to “{each.statement}”.", None) for each in outcomes.disputed(since, until)),
        *_left(facts, since),
        *_overdue(since, until),
        *((Kind.STALE, each.customer_id, _stale(each), None) for each in outcomes.went_stale(since, until, moved_on=moved_on)),
    ]  # fmt: skip
    names = _names({customer_id for _, customer_id, _, _ in found})
    return digest.in_order(
        Change(kind, customer_id, names[customer_id], text, answer_id)
        for kind, customer_id, text, answer_id in found
        if customer_id in names
    )


def within_reach(found: Iterable[Change], person: Person | None) -> list[Change]:
    """Leave out the customers a reader may not see; without a reader, none."""
    some = list(found)
    if person is None:
        return some
    ids = {each.customer_id for each in some}
    seen = set(customers.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))
    return [each for each in some if each.customer_id in seen]


def company_zone() -> str:
    """The zone whose hours are meant: the company's, or that of this machine."""
    run_by = company.current()
    return (run_by.time_zone if run_by else "") or str(settings.TIME_ZONE)


def _turns(since: datetime, until: datetime) -> Iterable[tuple[Kind, int, str, int | None]]:
    said = {"yes": "yes", "no": "no", "not_sure": "not sure", "": "nothing"}
    for turn in turns.between(since, until):
        kind = digest.turned(turn.now, turn.before)
        if kind is not None:
            text = f"{turn.name} says {said[turn.now]}; before it was {said[turn.before]}."
            yield kind, turn.customer_id, text, turn.answer_id


def _left(facts: Iterable[Fact], since: datetime) -> Iterable[tuple[Kind, int, str, int | None]]:
    """Those who are missed, as long as they are still away; what came in as history is no news."""
    gone = [
        fact
        for fact in facts
        if fact.name == LEFT
        and fact.details.get("role") in MISSED
        and fact.at > since - timedelta(days=turns.NEWS_DAYS)
    ]
    people = {each.pk: each for each in contacts.of_customers({fact.customer_id for fact in gone if fact.customer_id})}  # fmt: skip
    for fact in gone:
        who = people.get(fact.subject_id or 0)
        if who is not None and who.left_on is not None:
            text = f"{who.name}, {MISSED[fact.details['role']]}, left on {who.left_on:%-d %B}."
            yield Kind.LEFT, who.customer_id, text, None


def _overdue(since: datetime, until: datetime) -> Iterable[tuple[Kind, int, str, int | None]]:
    late = promises.became_overdue(since=since.date(), until=until.date())
    for each in late:
        text = f"Promised by {each.due_on:%-d %B}: {each.text}"
        yield Kind.OVERDUE, each.customer_id, text, None


def _stale(each: outcomes.WentStale) -> str:
    why = "a year went by" if each.because == "age" else "they are in another stage now"
    return f"“{each.statement}”: {why}."


def _is_of_stage(fact: Fact) -> bool:
    return fact.name == EDITED and "stage" in fact.details.get("fields", ())


def _names(ids: set[int]) -> dict[int, str]:
    found = customers.everybody().filter(pk__in=ids, archived_at=None)
    return dict(found.values_list("pk", "name"))
