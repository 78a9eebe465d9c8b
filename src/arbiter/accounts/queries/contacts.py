"""The doors to the people at customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.models import Contact, Customer
from arbiter.foundation.models import Person


def visible_to(person: Person) -> QuerySet[Contact]:
    """Every contact at the customers this person may see."""
    reach = permissions.within_reach(person, via="customer__")
    return Contact.objects.filter(reach).select_related("customer", "customer__owner")


def of(customer: Customer) -> QuerySet[Contact]:
    """Everyone who is or was at a customer, in the order they were added."""
    return Contact.objects.filter(customer=customer).order_by("pk")


def by_keys(keys: Collection[str]) -> QuerySet[Contact]:
    """The contacts known by some of their users' own ids, for jobs."""
    return Contact.objects.filter(key__in=keys).select_related("customer", "customer__owner")


def known_as(who: str) -> QuerySet[Contact]:
    """The contacts of an address, however it is written, or the one of an id: a person may be known at several customers."""
    is_them = Q(email__iexact=who.strip()) | Q(key=who) if who.strip() else Q(pk__in=[])
    return Contact.objects.filter(is_them).select_related("customer__owner").order_by("pk")


def current(customer: Customer, *, on: date) -> QuerySet[Contact]:
    """Those at a customer on a day: not left by then."""
    return of(customer).filter(_there(on))


def current_of(customer_ids: Collection[int], *, on: date) -> dict[int, list[Contact]]:
    """Those at each of many customers on a day, in one query."""
    found: dict[int, list[Contact]] = defaultdict(list)
    there = Contact.objects.filter(_there(on), customer__in=customer_ids).order_by("pk")
    for contact in there:
        found[contact.customer_id].append(contact)
    return dict(found)


def of_customers(customer_ids: Collection[int] | QuerySet[Customer]) -> QuerySet[Contact]:
    """Everyone who is or was at some customers."""
    return Contact.objects.filter(customer__in=customer_ids).order_by("pk")


def departures(customer_ids: Collection[int], *, roles: Collection[str]) -> dict[int, list[date]]:
    """The days on which people in some roles left each of many customers: one query."""
    found: dict[int, list[date]] = defaultdict(list)
    gone = of_customers(customer_ids).filter(role__in=roles)
    for customer_id, left_on in gone.values_list("customer_id", "left_on"):
        if left_on is not None:
            found[customer_id].append(left_on)
    return dict(found)


def one(pk: int) -> Contact:
    """A contact by number, for whoever came in by their personal link: every answer waits for it."""
    return Contact.objects.raw("SELECT * FROM accounts_contact WHERE id = %s", [pk])[0]


def unsubscribed() -> QuerySet[Contact]:
    """Those with an address who want no mail from us at all."""
    return Contact.objects.filter(unsubscribed_at__isnull=False).exclude(email="")


def search(person: Person, words: str, *, most: int = 20) -> QuerySet[Contact]:
    """Contacts whose name or address holds the words."""
    holds = Q(name__icontains=words) | Q(email__icontains=words)
    return visible_to(person).filter(holds).order_by("name", "pk")[:most]


def _there(on: date) -> Q:
    return Q(left_on=None) | Q(left_on__gt=on)
