"""What waits behind a seal: words of an answer about continuing, until somebody has said what they believe."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.forecast.queries import seals
from arbiter.voice.queries import answers

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Feedback


def among(rows: Iterable[Feedback], reader: Person, *, as_of: datetime) -> set[int]:
    """Return the ids of those pieces of feedback whose words may not be read yet: one query at most."""
    of_answers = {row.answer_id: row.pk for row in rows if row.answer_id is not None}
    if not of_answers:
        return set()
    found = answers.visible_to(reader).filter(pk__in=of_answers)
    return {of_answers[pk] for pk in seals.waiting(found, as_of=as_of)}


def readable(rows: Iterable[Feedback], reader: Person, *, as_of: datetime) -> list[Feedback]:
    """Leave out those whose words may not be read yet."""
    some = list(rows)
    hidden = among(some, reader, as_of=as_of)
    return [row for row in some if row.pk not in hidden]
