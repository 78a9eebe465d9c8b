"""How long words are kept, and how many would go today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from arbiter.accounts.models import Retention
from arbiter.foundation import retention
from arbiter.foundation.models import Person


@dataclass(frozen=True)
class Kept:
    """A kind of words: how many days it is kept (None: as long as the customer is on file), and how many are over."""

    key: str
    label: str
    holds: str
    days: int | None = None
    set_by: Person | None = None
    set_at: datetime | None = None
    over: int = 0


def every(*, at: datetime) -> list[Kept]:
    """Return every kind with what the next night would erase; nothing is erased here."""
    rows = {row.kind: row for row in Retention.objects.select_related("set_by")}
    found = []
    for kind in retention.kinds():
        row = rows.get(kind.key)
        if row is None:
            found.append(Kept(kind.key, kind.label, kind.holds))
            continue
        over = kind.count(at - timedelta(days=row.days)) if row.days else 0
        found.append(Kept(kind.key, kind.label, kind.holds, row.days, row.set_by, row.set_at, over))
    return found
