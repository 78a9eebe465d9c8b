"""What was known the day before notice is stored once a loss is on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from arbiter.forecast.models import FrozenFile
from arbiter.forecast.queries.surprises import files, losses
from arbiter.forecast.queries.surprises.losses import Lost


def freeze_missing(*, as_of: datetime) -> int:
    """Store the file of every loss that has none; return how many. Silent: told from facts in the journal."""
    return freeze(losses.everything(as_of), at=as_of)


def freeze(found: Sequence[Lost], *, at: datetime) -> int:
    """Store the files that some losses lack; return how many. One that is stored already stays as it is."""
    made = files.build(files.missing(found), at=at) if found else []
    # Another process may have stored the same one in between: the first stays.
    FrozenFile.objects.bulk_create(made, batch_size=200, ignore_conflicts=True)
    return len(made)
