"""What contacts said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Max, Q, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.queries import contacts, contracts
from arbiter.accounts.rules import day
from arbiter.voice import rules
from arbiter.voice.models import Answer, Ask, AskKind
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
    said, asked = _said(customer_ids, as_of), _asked(customer_ids, as_of)
    found: dict[int, list[PersonIntent]] = defaultdict(list)
    for customer_id, *about in _people(customer_ids, as_of):
        who = cast("tuple[int, str, str, str]", tuple(about))
        counting = rules.counts_from(as_of, started.get(customer_id))
        answer, ask_at = said.get(who[0]), asked.get(who[0])
        found[customer_id].append(
            _person_intent(
                who,
                answer if answer is not None and answer[2] >= counting else None,
                ask_at if ask_at is not None and ask_at >= counting else None,
            )
        )
    return dict(found)


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


def _people(customer_ids: Collection[int], as_of: datetime) -> Iterator[tuple[Any, ...]]:
    there = Q(left_on=None) | Q(left_on__gt=day(as_of))
    people = contacts.of_customers(customer_ids).filter(there)
    return people.values_list("customer_id", "pk", "name", "role", "title").iterator()


def _said(customer_ids: Collection[int], as_of: datetime) -> dict[int, tuple[Any, ...]]:
    """The newest answer of each contact, as (contact, value, at, comment, what would, by, answer, recorded, import)."""
    rows = (
        known(as_of)
        .filter(kind=AskKind.INTENT, flagged=False, contact__customer_id__in=customer_ids)
        .filter(at__gte=rules.counts_from(as_of, None))
        .order_by("at", "pk")
        .values_list(
            "contact_id",
            "value",
            "at",
            "comment",
            "would_make_it_yes",
            "on_behalf_by_id",
            "pk",
            "recorded_at",
            "import_id",
        )
    )
    return {row[0]: row for row in rows.iterator()}


def _asked(customer_ids: Collection[int], as_of: datetime) -> dict[int, datetime]:
    rows = (
        Ask.objects.filter(at__lte=as_of, recorded_at__lte=as_of, kind=AskKind.INTENT)
        .filter(contact__customer_id__in=customer_ids, at__gte=rules.counts_from(as_of, None))
        .values_list("contact_id")
        .annotate(Max("at"))
    )
    return dict(rows)


def _person_intent(
    who: tuple[int, str, str, str], answer: tuple[Any, ...] | None, ask_at: datetime | None
) -> PersonIntent:
    if answer is None:
        state = rules.person_state(None, asked=ask_at is not None)
        return PersonIntent(*who, state=state, ask_at=ask_at)
    _, value, at, comment, would, on_behalf_by, pk, recorded_at, import_id = answer
    return PersonIntent(
        *who,
        state=rules.person_state(value, asked=True),
        at=at,
        comment=comment,
        would_make_it_yes=would,
        on_behalf=on_behalf_by is not None,
        ask_at=ask_at,
        answer_id=pk,
        recorded_at=recorded_at,
        live=import_id is None,
    )
