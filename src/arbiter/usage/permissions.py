"""Who may set sources up."""

from __future__ import annotations

from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.roles import Permission


def may_manage(person: Person) -> bool:
    """Say whether a person may see and change where events come from: the key lets anyone write."""
    return person.may(Permission.MANAGE_SETTINGS)


def demand_managing(by: Person) -> None:
    """Refuse one who may not.

    Raises:
        NotAllowed: their role may not change settings.
    """
    must(by, Permission.MANAGE_SETTINGS)
