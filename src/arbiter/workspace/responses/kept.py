"""What was counted, kept until something is asked or answered: a count over every answer costs more than its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from arbiter.forecast.queries import memo, seals
from arbiter.voice.queries import coverage, responses
from arbiter.voice.queries.coverage import Covered
from arbiter.voice.queries.responses import Window

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person
    from arbiter.voice.models import Answer
    from arbiter.workspace.responses.choice import Choice

T = TypeVar("T")
MOST_SEALED = 1_000
"""So many answers are left out by their numbers; more of them by the rule itself, which costs more on every look."""


def of(reader: Person, choice: Choice, window: Window, what: str, compute: Callable[[], T]) -> T:
    """Count, or return what was counted before: until something is asked, answered or written anew, for ten minutes at most."""
    scope = (memo.scope(reader), reader.pk if choice.mine else None)
    key = ("responses", what, scope, choice.about_all(), responses.minutes(window.as_of))
    return memo.remember((key, responses.marks()), compute)


def coverage_of(reader: Person, choice: Choice, window: Window) -> dict[str, Covered]:
    """Of whose money who spoke: kept apart, for the lists of names read it too."""
    return of(reader, choice, window, "coverage", lambda: coverage.read(reader, window))


def readable(found: QuerySet[Answer], *, as_of: datetime) -> QuerySet[Answer]:
    """Leave out the answers that wait until somebody has said what they believe.

    Which they are is kept: a new answer counts them anew at once, and a belief that was said opens them with the read model.
    """
    key = ("sealed answers", responses.minutes(as_of), responses.marks())
    sealed = memo.remember(key, lambda: seals.everywhere(as_of=as_of))
    if len(sealed) > MOST_SEALED:
        return seals.readable(found, as_of=as_of)
    return found.exclude(pk__in=sealed) if sealed else found
