"""People whom a file names by their address: they exist, and cannot sign in until somebody invites them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from arbiter.foundation import removal
from arbiter.foundation.models import Person


def ids_of(emails: Collection[str]) -> dict[str, int]:
    """Return the ids of the people with these addresses, given in lower case."""
    return dict(Person.objects.filter(email__in=emails).values_list("email", "pk"))


def add(emails: Sequence[str]) -> dict[str, int]:
    """Add people named in a file. A silent verb: the import that names them is told as one fact."""
    Person.objects.bulk_create(
        Person(email=email, name=_name(email), role="csm", is_active=False, password="!")  # noqa: S106
        for email in emails
    )
    return ids_of(emails)


def remove_unused(ids: Collection[int], *, ignoring: Collection[str] = ()) -> int:
    """Remove people whom nobody invited and whom nothing names any more. Silent, as `add`.

    Args:
        ids: who may go.
        ignoring: labels of tables that are made anew from others, so that their naming somebody says nothing.
    """
    idle = Person.objects.filter(pk__in=ids, is_active=False, joined_at=None)
    for other in removal.hanging(Person):
        if other.model._meta.label_lower in ignoring:
            continue
        named = other.of(idle).values(other.field)
        idle = idle.exclude(pk__in=list(named.values_list(other.field, flat=True).distinct()))
    return idle.delete()[0]


def _name(email: str) -> str:
    """Return the name an address tells of: `ana.ruiz@…` is Ana Ruiz.

    >>> _name("ana.ruiz@vendor.example")
    'Ana Ruiz'
    """
    words = email.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)[:200] or email
