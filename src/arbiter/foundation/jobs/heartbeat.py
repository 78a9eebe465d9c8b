"""Signs of life: how others see that a worker is there, and that one is gone."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from arbiter.foundation.models import Beat

EVERY = timedelta(seconds=5)
GONE_AFTER = timedelta(seconds=60)
logger = logging.getLogger(__name__)


def new_worker() -> str:
    """Return a name that no other worker has."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


def age(at: datetime) -> timedelta | None:
    """Return how long ago any worker was seen; None if there never was one."""
    seen = Beat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return max(at - seen, timedelta(0)) if seen else None


def alive(at: datetime) -> set[str]:
    """Return the workers that were seen of late."""
    return set(Beat.objects.filter(seen_at__gt=at - GONE_AFTER).values_list("worker", flat=True))


def beat(worker: str, at: datetime) -> None:
    """Say that a worker lives."""
    Beat.objects.update_or_create(
        worker=worker, defaults={"seen_at": at}, create_defaults={"started_at": at, "seen_at": at}
    )


@contextmanager
def beating(worker: str) -> Iterator[None]:
    """Beat from a thread of its own, so that a long job does not look like a dead worker."""
    done = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(worker, done), daemon=True)
    beat(worker, timezone.now())
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        Beat.objects.filter(worker=worker).delete()


def _beat_until(worker: str, done: threading.Event) -> None:
    while not done.wait(EVERY.total_seconds()):
        try:
            beat(worker, timezone.now())
        except DatabaseError:
            logger.warning("The heartbeat of %s could not be written.", worker, exc_info=True)
            connection.close()
    connection.close()
