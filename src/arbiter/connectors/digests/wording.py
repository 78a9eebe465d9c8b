"""A digest in words: what changed, by kind, each with the way to the customer. No channel is known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from arbiter.connectors.sections import Line, Section
from arbiter.engagement.queries.choices import Change, Kind
from arbiter.forecast.queries import seals
from arbiter.voice.queries import answers

MOST = 60
SEALED = "Somebody answered whether they will continue. It stays sealed until a colleague says what they believe."


def title_of(changes: int) -> str:
    """Return the headline of a digest."""
    return "One change today" if changes == 1 else f"{changes} changes today"


def sections_of(changes: Iterable[Change]) -> tuple[list[Section], int]:
    """Return the changes by kind, sixty at most, and how many are left out."""
    some = list(changes)
    found = []
    for title, group in groupby(some[:MOST], key=lambda change: change.title):
        lines = (Line(each.customer, each.text, url_of(each.customer_id)) for each in group)
        found.append(Section(title, tuple(lines)))
    return found, max(0, len(some) - MOST)


def sealed(changes: Iterable[Change], *, as_of: datetime) -> list[Change]:
    """Tell of answers that wait to be read only that they are there, and once for each customer: one query."""
    some = list(changes)
    told = [each.answer_id for each in some if each.answer_id is not None]
    given = answers.known(as_of).filter(pk__in=told)
    waiting = seals.waiting(given, as_of=as_of) if told else set()
    hidden = {
        each.customer_id: replace(each, kind=Kind.SEALED, text=SEALED, answer_id=None)
        for each in some
        if each.answer_id in waiting
    }
    return [*(each for each in some if each.answer_id not in waiting), *hidden.values()]


def url_of(customer_id: int) -> str:
    """Return the whole address of a customer's page."""
    return f"{settings.BASE_URL}{reverse('workspace:customer', args=[customer_id])}"


def home() -> str:
    """Return the whole address of the first page."""
    return f"{settings.BASE_URL}{reverse('workspace:home')}"


def orders() -> str:
    """Return the whole address of the page where a colleague orders their digest, and stops it."""
    return f"{settings.BASE_URL}{reverse('workspace:settings-digest')}"
