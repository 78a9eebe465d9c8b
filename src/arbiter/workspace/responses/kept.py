"""What was counted, kept until something is asked or answered: a count over every answer costs more than its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from arbiter.forecast.queries import memo
from arbiter.voice.queries import coverage, responses
from arbiter.voice.queries.coverage import Covered
from arbiter.voice.queries.responses import Window

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.workspace.responses.choice import Choice

T = TypeVar("T")


def of(reader: Person, choice: Choice, window: Window, what: str, compute: Callable[[], T]) -> T:
    """Count, or return what was counted before: until something is asked, answered or written anew, for ten minutes at most."""
    scope = (memo.scope(reader), reader.pk if choice.mine else None)
    key = ("responses", what, scope, choice.about_all(), responses.minutes(window.as_of))
    return memo.remember((key, responses.marks()), compute)


def coverage_of(reader: Person, choice: Choice, window: Window) -> dict[str, Covered]:
    """Of whose money who spoke: kept apart, for the lists of names read it too."""
    return of(reader, choice, window, "coverage", lambda: coverage.read(reader, window))
