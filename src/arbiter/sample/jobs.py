"""The sample company in and out, while the page that asked goes on."""

from datetime import timedelta

from django.utils import timezone

from arbiter.foundation.jobs import job
from arbiter.foundation.queries import people
from arbiter.sample import loading


@job(limit=timedelta(minutes=30), attempts=2)
def load(person: int) -> None:
    """Load it for the person who asked; the second time there is nothing left to do."""
    by = people.get(person)
    if by is not None and loading.loaded() is None:
        loading.load(by=by, at=timezone.now())


@job(limit=timedelta(minutes=30), attempts=2)
def remove(person: int) -> None:
    """Remove it for the person who asked; the second time there is nothing left to do."""
    by = people.get(person)
    if by is not None and loading.loaded() is not None:
        loading.remove(by=by, at=timezone.now())
