"""Who may see the company's numbers, and who may change how they are counted."""

from __future__ import annotations

from arbiter.foundation.models import Person
from arbiter.foundation.permissions import NotAllowed, must
from arbiter.foundation.roles import Permission

__all__ = ["NotAllowed", "demand_manage", "may_manage", "may_see"]


def may_see(person: Person) -> bool:
    """Say whether a person may see the measures of the whole company: every colleague may.

    The names behind them are told by reach, in accounts.
    """
    return person.is_active


def may_manage(person: Person) -> bool:
    """Say whether a person may set rates, choose the business model or have all computed anew."""
    return person.may(Permission.MANAGE_SETTINGS)


def demand_manage(by: Person) -> None:
    """Refuse one who may not change how measures are counted.

    Raises:
        NotAllowed: their role does not hold the permission.
    """
    must(by, Permission.MANAGE_SETTINGS)
