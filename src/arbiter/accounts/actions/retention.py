"""How long words are kept is set by a person; a job forgets what is over, every night."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from arbiter.accounts.models import Retention
from arbiter.foundation import journal, retention
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

FEWEST_DAYS = 30


class NoSuchKind(Refusal):
    """Nobody keeps words of that kind."""


class KeptTooShort(Refusal):
    """What goes so soon could not be worked with."""


@transaction.atomic
def keep(*, kind: str, days: int | None, by: Person, at: datetime) -> Retention:
    """Say how many days words of a kind are kept; without a number, as long as the customer is on file.

    Raises:
        NotAllowed: the role may not.
        NoSuchKind: nobody keeps such words.
        KeptTooShort: fewer days than FEWEST_DAYS.
    """
    must(by, Permission.MANAGE_SETTINGS)
    if retention.kind(kind) is None:
        raise NoSuchKind("Choose what is kept.", field="kind")
    if days is not None and days < FEWEST_DAYS:
        raise KeptTooShort(f"Keep it {FEWEST_DAYS} days or more.", field="days")
    kept, _ = Retention.objects.update_or_create(
        kind=kind, defaults={"days": days, "set_at": at, "set_by": by}
    )
    journal.record("accounts.retention_set", subject=kept, by=by, at=at, kind=kind, days=days)
    return kept


@transaction.atomic
def forget_over(*, by: Person, at: datetime) -> dict[str, int]:
    """Erase the words whose time is over, for good; return how many went of each kind.

    Raises:
        NotAllowed: the role may not.
    """
    must(by, Permission.MANAGE_SETTINGS)
    gone: dict[str, int] = {}
    for row in Retention.objects.exclude(days=None):
        kind = retention.kind(row.kind)
        count = kind.forget(at - timedelta(days=row.days or 0)) if kind else 0
        if count:
            gone[row.kind] = count
            journal.record(
                "accounts.retention_applied", subject=row, by=by, at=at, kind=row.kind, count=count
            )
    return gone
