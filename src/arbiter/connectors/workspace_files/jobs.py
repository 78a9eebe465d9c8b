"""Work on imports that nobody should wait for in a request."""

from datetime import timedelta

from django.utils import timezone

from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files import events, performing
from arbiter.foundation.jobs import job


@job(limit=timedelta(hours=2), attempts=3)
def perform_import(pk: int) -> None:
    """Check or store an import, as it was begun."""
    record = Import.objects.select_related("by").filter(pk=pk).first()
    if record is not None:
        performing.perform(record, at=timezone.now())


@job(limit=timedelta(hours=1))
def forget_stopped_events() -> None:
    """Take out of the log what killed imports left there."""
    events.forget_stopped(at=timezone.now())
