"""Whether it lives and whether it is ready, for those who watch over machines. Of details only counts: they are public."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from arbiter.foundation.jobs import heartbeat
from arbiter.usage.queries import health as usage

WORKER_AWAY = timedelta(minutes=2)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages and jobs work: database there, migrated, a worker seen of late, events on their way.

    Beside the word stands how many requests with events wait for the log, and how long the oldest of them has.
    """
    now = timezone.now()
    try:
        is_ready, inbox = _is_ready(now), usage.inbox(now)
    except DatabaseError:
        return _not_ready("")
    told = f"inbox {inbox.requests} requests, oldest {inbox.age.total_seconds():.0f} s\n"
    if is_ready and not inbox.is_stuck:
        return HttpResponse(f"ready\n{told}", content_type="text/plain")
    stuck = "Events wait for more than ten minutes: is the worker moving them?\n"
    return _not_ready(told + (stuck if inbox.is_stuck else ""))


def _not_ready(told: str) -> HttpResponse:
    return HttpResponse(f"not ready\n{told}", content_type="text/plain", status=503)


def _is_ready(at: datetime) -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    age = heartbeat.age(at)
    return age is not None and age < WORKER_AWAY
