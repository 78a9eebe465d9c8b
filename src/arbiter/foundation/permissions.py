"""Who may: the question that every verb of the ground asks first."""

from __future__ import annotations

from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission


class NotAllowed(Refusal):
    """The person's role does not hold the permission."""


def must(person: Person, permission: Permission) -> None:
    """Refuse unless a person holds a permission.

    Raises:
        NotAllowed: they do not.
    """
    if not person.may(permission):
        raise NotAllowed(f"Your role may not {permission.description}. Ask an owner or an admin.")
