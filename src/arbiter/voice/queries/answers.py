"""What contacts said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.queries import contracts
from arbiter.voice import rules
from arbiter.voice.models import Answer, AskKind
from arbiter.voice.queries import past
from arbiter.voice.queries.past import Past, Who
from arbiter.voice.rules import IntentState

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class PersonIntent:
    """What one person has said about continuing, in the term that runs.

    `recorded_at` and `live` are of the answer that counts: when we learnt it, and whether it came in here.
    """

    contact_id: int
    name: str
    role: str
    title: str
    state: IntentState
    at: datetime | None = None
    comment: str = ""
    would_make_it_yes: str = ""
    on_behalf: bool = False
    ask_at: datetime | None = None
    answer_id: int | None = None
    recorded_at: datetime | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class IntentGiven:
    """An answer about continuing, counted or not: for whoever must know what could have been read when.

    `live` answers came in here; the others were imported.
    """

    answer_id: int
    contact_id: int
    value: str
    at: datetime
    recorded_at: datetime
    live: bool
    flagged: bool


def visible_to(person: Person) -> QuerySet[Answer]:
    """Every answer this person may see."""
    return Answer.objects.filter(permissions.within_reach(person, via="contact__customer__"))


def of_contact(contact_id: int, *, as_of: datetime) -> QuerySet[Answer]:
    """What one contact said, newest first; flagged answers too."""
    return known(as_of).filter(contact_id=contact_id).order_by("-at", "-pk")


def of_customer(customer_id: int, *, as_of: datetime) -> QuerySet[Answer]:
    """What a customer's people said, newest first, with the person; flagged answers too."""
    found = known(as_of).filter(contact__customer_id=customer_id)
    return found.select_related("contact", "on_behalf_by").order_by("-at", "-pk")


def known(as_of: datetime) -> QuerySet[Answer]:
    """Every answer that was given and known by a moment."""
    return Answer.objects.filter(at__lte=as_of, recorded_at__lte=as_of)


def latest_intents(
    customer_ids: Collection[int], *, as_of: datetime, since: Mapping[int, date] | None = None
) -> dict[int, list[PersonIntent]]:
    """What each current person of each customer has said about continuing. Four reads for any number.

    Args:
        customer_ids: some thousand at most.
        as_of: only what was true and known by then.
        since: the day from which answers count, by customer; the start of the term that runs unless given.
    """
    started = terms(customer_ids, as_of=as_of) if since is None else since
    on_file = past.of_customers(customer_ids, until=as_of, whole=False)
    return intents_told_from(on_file, customer_ids, as_of=as_of, since=started)


def intents_told_from(
    on_file: Past, customer_ids: Iterable[int], *, as_of: datetime, since: Mapping[int, date]
) -> dict[int, list[PersonIntent]]:
    """What each current person has said about continuing, by what was read before.

    Args:
        on_file: what is on file, whole if it is asked about more than the moment it was read for.
        customer_ids: some of the customers it was read for; those without people are left out.
        as_of: only what was true and known by then.
        since: the day from which answers count, by customer.
    """
    found = {}
    for customer_id in customer_ids:
        counting = rules.counts_from(as_of, since.get(customer_id))
        people = on_file.there(customer_id, as_of=as_of)
        if people:
            found[customer_id] = [_person_intent(who, on_file, counting, as_of) for who in people]
    return found


def intents_given(
    customer_ids: Collection[int], *, as_of: datetime
) -> dict[int, list[IntentGiven]]:
    """Every answer about continuing, oldest first, by customer: one query."""
    given: dict[int, list[IntentGiven]] = defaultdict(list)
    rows = (
        known(as_of)
        .filter(kind=AskKind.INTENT, contact__customer_id__in=customer_ids)
        .order_by("recorded_at", "pk")
        .values_list(
            "contact__customer_id",
            "pk",
            "contact_id",
            "value",
            "at",
            "recorded_at",
            "import_id",
            "flagged",
        )
    )
    for customer_id, pk, contact_id, value, at, recorded_at, import_id, flagged in rows:
        given[customer_id].append(
            IntentGiven(pk, contact_id, value, at, recorded_at, import_id is None, flagged)
        )
    return dict(given)


def last_heard(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, datetime]:
    """When each customer last said anything that counts, on any question: one query."""
    rows = (
        known(as_of)
        .filter(flagged=False, contact__customer_id__in=customer_ids)
        .values_list("contact__customer_id")
        .annotate(Max("at"))
    )
    return dict(rows)


def terms(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, date]:
    """The day on which the running term of each customer began: the earliest of its open contracts."""
    running = contracts.open_of(customer_ids, as_of=as_of)
    return {
        customer_id: min(contract.starts_on for contract in found)
        for customer_id, found in running.items()
        if found
    }


def _person_intent(who: Who, on_file: Past, counting: datetime, as_of: datetime) -> PersonIntent:
    said = on_file.last_said(who.pk, as_of=as_of)
    asked = on_file.last_asked(who.pk, as_of=as_of)
    ask_at = asked if asked is not None and asked >= counting else None
    if said is None or said.at < counting:
        state = rules.person_state(None, asked=ask_at is not None)
        return PersonIntent(who.pk, who.name, who.role, who.title, state=state, ask_at=ask_at)
    return PersonIntent(
        who.pk,
        who.name,
        who.role,
        who.title,
        state=rules.person_state(said.value, asked=True),
        at=said.at,
        comment=said.comment,
        would_make_it_yes=said.would_make_it_yes,
        on_behalf=said.on_behalf_by_id is not None,
        ask_at=ask_at,
        answer_id=said.pk,
        recorded_at=said.recorded_at,
        live=said.import_id is None,
    )
