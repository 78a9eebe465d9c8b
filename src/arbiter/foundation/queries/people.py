"""Our own people, and their teams."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from arbiter.foundation import roles
from arbiter.foundation.models import Person, Team


def everyone() -> QuerySet[Person]:
    """Everyone with a name here, those who may sign in first; the system is nobody."""
    people = Person.objects.exclude(role=roles.SYSTEM.name).select_related("team")
    return people.order_by("-is_active", "name", "pk")


def colleagues() -> QuerySet[Person]:
    """Everyone who may sign in, by name."""
    return everyone().filter(is_active=True)


def get(pk: int) -> Person | None:
    """Return a person by id."""
    return everyone().filter(pk=pk).first()


def by_email(email: str) -> Person | None:
    """Return a person by address, however it is written."""
    return everyone().filter(email__iexact=email.strip()).first()


def owner() -> Person | None:
    """Return the person who owns this installation; None before the first run."""
    return everyone().filter(role="owner").first()


def demo_entries() -> list[Person]:
    """Return whom a visitor of the demo may enter as: the first there of each role, the owner before all."""
    found: dict[str, Person] = {}
    for person in colleagues().order_by("pk"):
        found.setdefault(person.role, person)
    return [found[role] for role in roles.ROLES if role in found]


def teams() -> QuerySet[Team]:
    """Every team by name, with the number of its people who may sign in."""
    return Team.objects.order_by("name").annotate(
        members=Count("people", filter=Q(people__is_active=True))
    )
