"""What runs by itself: events on their way into the log, and the counting of usage from it."""

from datetime import timedelta
from time import monotonic

from django.utils import timezone

from arbiter.foundation import sealing
from arbiter.foundation.jobs import job
from arbiter.foundation.models import Person
from arbiter.usage.queries import health, runs

# One worker does every job in turn: after so long the next is let in.
SECONDS_AT_A_STRETCH = 20.0
# Each flush looks for repeats in the whole log: a large one rests after it, for a fifth of a second per million events
# held, unless so many wait that they are worth the look.
EVENTS_FOR_A_SECOND = 5_000_000
MOST_AT_REST = 50_000

_rests_until = 0.0


def is_waiting() -> bool:
    """Say whether anything waits to be moved to the log, and the log is not at rest."""
    if not health.is_waiting():
        return False
    return monotonic() >= _rests_until or health.inbox(timezone.now()).events > MOST_AT_REST


def rest(rows: int) -> None:
    """Let the log rest after a flush that found it at so many events; a small one needs none."""
    global _rests_until
    seconds = rows / EVENTS_FOR_A_SECOND
    _rests_until = monotonic() + seconds if seconds >= 1 else 0.0


@job(limit=timedelta(minutes=30))
def flush() -> None:
    """Move what waits into the log, for as long as others can wait."""
    # The libraries of the log take longer to load than all the rest: only who moves events needs them.
    from arbiter.usage.actions import compactions, flushes
    from arbiter.usage.log.table import open_log

    end = monotonic() + SECONDS_AT_A_STRETCH
    while flushes.flush(at=timezone.now()) is not None and monotonic() < end:
        pass
    compactions.gather_small()
    rest(open_log().rows)


@job(limit=timedelta(hours=4))
def compact() -> None:
    """Put the log in order: sorted, settled, and without what is over its time."""
    from arbiter.usage.actions import compactions

    compactions.compact(clock=timezone.now)


def is_snapshot_wanted() -> bool:
    """Say whether usage is to be counted: somebody wants it, or what is counted has changed."""
    return runs.is_wanted()


@job(limit=timedelta(hours=4))
def snapshot() -> None:
    """Count usage into the read model and signals."""
    from arbiter.usage.actions import look_back, snapshots

    snapshots.perform(at=timezone.now(), clock=timezone.now)
    look_back.mark_first(at=timezone.now())


def is_look_back_wanted() -> bool:
    """Say whether the past is to be told: events came with a file, or it never was."""
    return runs.is_look_back_wanted()


@job(limit=timedelta(hours=4))
def look_back() -> None:
    """Tell the past month-ends as signals."""
    from arbiter.usage.actions import look_back as telling

    telling.perform(at=timezone.now(), clock=timezone.now)


@job(limit=timedelta(hours=1))
def erase_user(sealed: str) -> None:
    """Erase what a contact who was erased did in the product."""
    from arbiter.usage.actions import erasures

    user = sealing.unseal(sealed)
    erasures.erase_user(user=user, by=Person.objects.system(), at=timezone.now())
