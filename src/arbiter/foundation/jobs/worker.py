"""The worker: a loop that ticks the schedule, gives back what dead workers held, and runs what is due.

`arbiter worker` runs it as a process of its own; the demo runs it in a daemon thread beside the pages.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from arbiter.foundation.jobs import heartbeat, queue
from arbiter.foundation.jobs.recurring import Recurring, tick

TICK = timedelta(seconds=1)
REAP_EVERY = timedelta(seconds=15)
AFTER_TROUBLE = timedelta(seconds=5)
logger = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Work until `stop` is set; the job under way is finished first."""
    worker = heartbeat.new_worker()
    logger.info("Worker %s starts.", worker)
    try:
        with heartbeat.beating(worker):
            Loop(worker, schedule()).run(stop)
    finally:
        connection.close()
        logger.info("Worker %s ends.", worker)


def run_due(at: datetime, *, worker: str = "by-hand") -> int:
    """Queue and run everything that is due at a moment, once round, and return how many jobs ran."""
    tick(schedule(), at)
    queue.reap(worker, at)
    count = 0
    while (row := queue.claim(worker, at)) is not None:
        queue.perform(row)
        count += 1
    return count


def schedule() -> Sequence[Recurring]:
    """Return every recurring job: the list that `settings.SCHEDULE` names."""
    found: Sequence[Recurring] = import_string(settings.SCHEDULE)
    return found


class Loop:
    """One worker's loop and when it last did what it does only now and then."""

    def __init__(self, worker: str, recurring: Sequence[Recurring]) -> None:
        self.worker = worker
        self.recurring = recurring
        self.tick_at = self.reap_at = timezone.now()

    def run(self, stop: threading.Event) -> None:
        """Step until `stop` is set. A database that is away for a while ends nothing."""
        while not stop.is_set():
            close_old_connections()
            try:
                worked = self.step(timezone.now())
            except DatabaseError:
                logger.exception("The database does not answer; trying again.")
                connection.close()
                stop.wait(AFTER_TROUBLE.total_seconds())
                continue
            if not worked:
                stop.wait(TICK.total_seconds())

    def step(self, at: datetime) -> bool:
        """Tick, reap and run one job; say whether there was one."""
        if at >= self.tick_at:
            tick(self.recurring, at)
            self.tick_at = at + TICK
        if at >= self.reap_at:
            queue.reap(self.worker, at)
            self.reap_at = at + REAP_EVERY
        row = queue.claim(self.worker, at)
        if row is not None:
            queue.perform(row)
        return row is not None
