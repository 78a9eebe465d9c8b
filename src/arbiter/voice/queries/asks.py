"""What was asked of whom, and who was never asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.queries import contracts
from arbiter.voice import rules
from arbiter.voice.models import Answer, Ask, AskKind
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import OUTCOME, Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink


def visible_to(person: Person) -> QuerySet[Ask]:
    """Every ask this person may see, newest first, with the contact and their customer."""
    asks = Ask.objects.filter(permissions.within_reach(person, via="contact__customer__"))
    return asks.select_related("contact__customer", "by").order_by("-at", "-pk")


def questions(person: Person) -> QuerySet[Ask]:
    """What was asked about continuing, within a person's reach, the newest first: one line per letter."""
    return visible_to(person).filter(kind=AskKind.INTENT)


def answered(ask_ids: Collection[int]) -> set[int]:
    """Which of these asks got an answer that counts."""
    found = Answer.objects.filter(ask_id__in=ask_ids, flagged=False)
    return {pk for pk in found.values_list("ask_id", flat=True) if pk is not None}


def of_contact(contact_id: int, *, as_of: datetime) -> QuerySet[Ask]:
    """What was asked of a contact, newest first."""
    asks = Ask.objects.filter(contact_id=contact_id, at__lte=as_of, recorded_at__lte=as_of)
    return asks.order_by("-at", "-pk")


def of_customer(customer_id: int, *, as_of: datetime) -> QuerySet[Ask]:
    """What was asked of a customer's people, newest first."""
    asks = Ask.objects.filter(
        contact__customer_id=customer_id, at__lte=as_of, recorded_at__lte=as_of
    )
    return asks.select_related("contact", "by").order_by("-at", "-pk")


def never_asked(person: Person, *, as_of: datetime, days: int) -> QuerySet[Contract]:
    """Open contracts that end within `days` and of whose customer nobody was asked, most money first.

    Only the term that runs counts: a question put before it began does not.
    """
    ending = contracts.ending_within(as_of, days=days)
    year_ago = rules.counts_from(as_of, None)
    heard: dict[str, Any] = {
        "contact__customer_id": OuterRef("customer_id"),
        "kind": AskKind.INTENT,
        "at__gte": year_ago,
        "at__lte": as_of,
        "recorded_at__lte": as_of,
    }
    in_term = Q(at__date__gte=OuterRef("starts_on"))
    return (
        ending.filter(
            permissions.within_reach(person, via="customer__"), customer__archived_at=None
        )
        .filter(~Exists(Ask.objects.filter(in_term, **heard)))
        .filter(~Exists(Answer.objects.filter(in_term, flagged=False, **heard)))
        .select_related("customer")
        .order_by(F("arr").desc(nulls_last=True), "ends_on", "pk")
    )


@dataclass(frozen=True)
class Reach:
    """A contact who might be asked, and why a letter would not go out."""

    contact: Contact
    asked_at: datetime | None
    not_mailed_because: str

    @property
    def may_be_mailed(self) -> bool:
        """Whether a letter would go out."""
        return not self.not_mailed_because


def reach(people: QuerySet[Contact], *, at: datetime) -> list[Reach]:
    """Who of these contacts can be asked by mail at a moment, and why not: a few queries for any number."""
    found = list(people.select_related("customer").order_by("customer__name", "customer_id", "pk"))
    asked = last_asked([contact.pk for contact in found], at=at)
    requests = [Request(each, OUTCOME, by_hand=True) for each in budget.told(found)]
    spent = budget.of([request.to for request in requests], at=at)
    verdicts = [spent.decide(request, at=at) for request in requests]
    return [
        Reach(contact, asked.get(contact.pk), verdict.sentence)
        for contact, verdict in zip(found, verdicts, strict=True)
    ]


def warnings(people: Collection[Reach], chosen: Collection[int]) -> list[str]:
    """What is doubtful about asking just these people of one customer, in sentences; empty when nothing is."""
    deciding = [each for each in people if each.contact.role in rules.DECIDING_ROLES]
    asked = [each for each in people if each.contact.pk in chosen]
    found = []
    if not any(each.contact.role == "decision_maker" for each in people):
        found.append("No decision maker is known here. Find out who decides, and add them.")
    if rules.only_friendly([each.contact.role for each in asked]):
        found.append("Only people who do not decide are chosen. Their yes alone says little.")
    for each in deciding:
        name, role = each.contact.name, each.contact.get_role_display()
        if not each.may_be_mailed:
            found.append(f"{name}, {role}, {each.not_mailed_because}")
        elif each.contact.pk not in chosen:
            found.append(f"{name}, {role}, is not chosen.")
    return found


def last_asked(contact_ids: Collection[int], *, at: datetime) -> dict[int, datetime]:
    """When each of these contacts was last asked anything."""
    rows = Ask.objects.filter(contact_id__in=contact_ids, at__lte=at)
    return dict(rows.values_list("contact_id").annotate(Max("at")))


def key_behind(link: PersonalLink) -> str:
    """The key of the first question that a link was made to ask; empty when it asks none."""
    return Ask.objects.filter(link=link).order_by("pk").values_list("key", flat=True).first() or ""
