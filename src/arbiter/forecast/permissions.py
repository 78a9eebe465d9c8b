"""Who may say where forecasts start. Who may log beliefs is told with the customers, in accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


def may_tell_base_rate(person: Person) -> bool:
    """Say whether this person may tell how many of the last due contracts renewed."""
    return person.may(Permission.MANAGE_SETTINGS)
