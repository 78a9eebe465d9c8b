"""The doors to customers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from arbiter.accounts import permissions
from arbiter.accounts.models import Contact, Customer
from arbiter.foundation.models import Person


def visible_to(person: Person) -> QuerySet[Customer]:
    """Every customer this person may see, archived ones included. Pages have no other way to one."""
    return Customer.objects.filter(permissions.within_reach(person)).select_related("owner")


def everybody() -> QuerySet[Customer]:
    """Every customer, for jobs: they have no reader. Pages come through `visible_to`."""
    return Customer.objects.all()


def owned_by(person: Person) -> QuerySet[Customer]:
    """The customers a person looks after, without archived ones."""
    return Customer.objects.filter(owner=person, archived_at=None)


def by_key(key: str) -> Customer | None:
    """The customer known by its user's own id."""
    return Customer.objects.filter(key=key).first()


def by_keys(keys: Collection[str]) -> QuerySet[Customer]:
    """The customers known by some of their users' own ids, for jobs."""
    return Customer.objects.filter(key__in=keys).select_related("owner")


def search(person: Person, words: str, *, most: int = 20) -> QuerySet[Customer]:
    """Customers whose name or domain holds the words, or one of whose people has them in name or address."""
    people = Contact.objects.filter(customer=OuterRef("pk")).filter(
        Q(name__icontains=words) | Q(email__icontains=words)
    )
    return (
        visible_to(person)
        .filter(Q(name__icontains=words) | Q(domain__icontains=words) | Exists(people))
        .filter(archived_at=None)
        .order_by(Lower("name"), "pk")[:most]
    )


def colleagues_who_may_own() -> QuerySet[Person]:
    """The people to whom a customer can be given, by name."""
    return Person.objects.filter(is_active=True).exclude(role="observer").order_by("name", "pk")


def words_in_use(field: str) -> list[str]:
    """The words that customers already have in a field (stage, segment, industry, region), to be offered again."""
    assert field in ("stage", "segment", "industry", "region")
    used = Customer.objects.exclude(**{field: ""}).values_list(field, flat=True)
    return list(used.order_by(field).distinct()[:50])
