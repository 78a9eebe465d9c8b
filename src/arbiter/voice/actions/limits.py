"""How often and when we write."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.models import AskingLimits
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import Limits

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class MayNotSetLimits(Refusal):
    """The role may not change settings."""


class NoHourLeft(Refusal):
    """Between the two hours nothing could be sent."""


@transaction.atomic
def set_limits(*, limits: Limits, by: Person, at: datetime) -> AskingLimits:
    """Decide how often and when we write. Setting what holds already changes nothing.

    Raises:
        MayNotSetLimits: the person may not change settings.
        NoHourLeft: the last hour does not come after the first.
    """
    if not by.may(Permission.MANAGE_SETTINGS):
        raise MayNotSetLimits(f"Your role may not {Permission.MANAGE_SETTINGS.description}.")
    if not 0 <= limits.sends_from < limits.sends_until <= 24:
        raise NoHourLeft("Choose a last hour after the first one.", field="sends_until")
    before, after = asdict(budget.limits()), asdict(limits)
    row, _ = AskingLimits.objects.get_or_create(pk=1)
    if changed := {name: value for name, value in after.items() if value != before[name]}:
        AskingLimits.objects.filter(pk=1).update(**after, set_at=at, set_by=by)
        row.refresh_from_db()
        journal.record("voice.limits_set", subject=row, by=by, at=at, **changed)
    return row
