"""Moving what was acknowledged into the log, each event once, whatever is killed in between.

A flush claims parcels under a number, appends their events with that number noted in the same commit of the log, and
then, in one transaction, writes what else they say and removes them. Killed before the append, it is done again under
the same number; killed after it, only the second half is left. The second half may be done twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Length

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.usage.actions import erasing, identities, traits, wanted
from arbiter.usage.actions.gathering import Gathered, Reason, gather
from arbiter.usage.log import lock, repeats
from arbiter.usage.log.rows import Rows
from arbiter.usage.log.table import Log, open_log
from arbiter.usage.models import Flush, Parcel, Rejection, Source

MOST_EVENTS = 50_000
MOST_BYTES = 24 * 1024 * 1024
LOOK_AT_ONCE = 500


@dataclass(frozen=True)
class Flushed:
    """What a flush moved: parcels, the events in them, and how many of those the log did not hold yet."""

    parcels: int
    events: int
    new: int


def flush(*, at: datetime, most_events: int = MOST_EVENTS) -> Flushed | None:
    """Move what waits into the log; None when nothing waits, or when another writer is at it.

    Args:
        at: now.
        most_events: about so many events at once; the rest waits for the next flush.
    """
    try:
        with lock.writing():
            return flush_locked(at=at, most_events=most_events)
    except lock.Busy:
        return None


def flush_locked(*, at: datetime, most_events: int = MOST_EVENTS) -> Flushed | None:
    """Do the same for one who holds the lock already."""
    begun = list(Flush.objects.order_by("pk"))
    if not begun:
        claimed = _claim(at, most_events)
        begun = [claimed] if claimed else []
    done = [_carry_out(each) for each in begun]
    if not done:
        return None
    return Flushed(*(sum(counts) for counts in zip(*done, strict=True)))


def drain_locked(*, at: datetime) -> None:
    """Move all that waits, for one who holds the lock."""
    while flush_locked(at=at) is not None:
        pass


@transaction.atomic
def _claim(at: datetime, most_events: int) -> Flush | None:
    """Claim the parcels that came first, under a number that the log has not seen.

    The number follows from the log, not from the database: one that was restored from a backup counts on from there.
    """
    last = _last_to_claim(most_events)
    if last is None:
        return None
    newest = Flush.objects.aggregate(newest=Max("pk"))["newest"] or 0
    flush = Flush.objects.create(pk=max(open_log().written(), newest) + 1, claimed_at=at)
    Parcel.objects.filter(flush=None, pk__lte=last).update(flush=flush)
    return flush


def _last_to_claim(most_events: int) -> int | None:
    events = size = 0
    last = None
    waiting = Parcel.objects.filter(flush=None).order_by("pk")
    sizes = waiting.values_list("pk", "events", Length("body")).iterator(chunk_size=LOOK_AT_ONCE)
    for pk, count, length in sizes:
        events, size = events + count, size + length
        if last is not None and (events > most_events or size > MOST_BYTES):
            break
        last = pk
    return last


def _carry_out(flush: Flush) -> tuple[int, int, int]:
    log = open_log()
    gathered = gather(flush)
    new = _append(log, gathered.rows, number=flush.pk) if log.written() < flush.pk else 0
    names, counts = _erase(log, gathered)
    _settle(flush, gathered, names, counts)
    return gathered.parcels, gathered.events, new


def _append(log: Log, rows: Rows, *, number: int) -> int:
    """Append what the log does not hold, and return how many; nothing of it stays in memory for what comes after."""
    events = repeats.without(log, rows.table())
    if events.num_rows:
        log.append(events, number=number)
    return int(events.num_rows)


@transaction.atomic
def _settle(flush: Flush, gathered: Gathered, names: Sequence[str], counts: Sequence[int]) -> None:
    """Write what the parcels say beside their events, and let them go."""
    if not Flush.objects.select_for_update().filter(pk=flush.pk).exists():
        return
    identities.learn_memberships(gathered.belongs)
    identities.learn_aliases(gathered.same)
    _apply_traits(gathered, at=flush.claimed_at)
    identities.forget(names)
    by = Person.objects.system()
    for count in counts:
        journal.record("usage.user_erased", subject=by, by=by, at=flush.claimed_at, events=count)
    if counts:
        wanted.mark(at=flush.claimed_at)
    _note_reasons(gathered.reasons)
    for source, heard_at in gathered.heard.items():
        _note_heard(source, heard_at)
    Parcel.objects.filter(flush=flush).delete()
    flush.delete()


def _erase(log: Log, gathered: Gathered) -> tuple[list[str], list[int]]:
    """Erase whom the parcels ask to forget; return every name they had, and of each how many events."""
    if not gathered.erasures:
        return [], []
    # A body may link two names and ask to forget both.
    identities.learn_aliases(gathered.same)
    names, counts = [], []
    for erasure in gathered.erasures:
        own = erasing.names_of(erasure.user_id)
        counts.append(erasing.erase_user(log, own, until=erasure.at))
        names += own
    log.vacuum(hours=0)
    return names, counts


def _apply_traits(gathered: Gathered, *, at: datetime) -> None:
    by = Person.objects.system()
    for source, said in gathered.traits:
        for rejected in traits.apply(source=source, traits=said, by=by, at=at).rejected:
            gathered.reject(source.pk, at, rejected)


def _note_reasons(reasons: Mapping[tuple[int, str, str], Reason]) -> None:
    for (source, code, message), reason in reasons.items():
        known, is_new = Rejection.objects.get_or_create(
            source_id=source,
            code=code,
            message=message,
            defaults={
                "sample": reason.sample,
                "times": reason.times,
                "first_at": reason.first_at,
                "last_at": reason.last_at,
            },
        )
        if not is_new:
            Rejection.objects.filter(pk=known.pk).update(
                times=F("times") + reason.times,
                sample=reason.sample,
                last_at=max(known.last_at, reason.last_at),
            )


def _note_heard(source: int, at: datetime) -> None:
    earlier = Q(heard_at=None) | Q(heard_at__lt=at)
    Source.objects.filter(earlier, pk=source).update(heard_at=at)
