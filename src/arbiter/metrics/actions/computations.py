"""The measuring is wanted, and done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from arbiter.accounts.queries import customers
from arbiter.accounts.rules import day
from arbiter.foundation import journal, runs
from arbiter.foundation.models import Person
from arbiter.metrics import catalogue, permissions
from arbiter.metrics.actions import snapshots
from arbiter.metrics.models import Computation, MeasureSnapshot
from arbiter.metrics.queries import gathering, presets
from arbiter.metrics.rules import EVERYBODY, end_of, is_month_end, month_ends

MONTHS = 25
"""Month-ends that are measured: two years of change."""
DAYS_KEPT = 35
"""Every day of the last weeks is kept; of what is older, the month-ends."""
KEPT_COMPUTATIONS = 100


@transaction.atomic
def want(*, by: Person, at: datetime) -> Computation:
    """Have all measures computed anew, soon and in the background; wanted twice it is done once.

    Raises:
        NotAllowed: the person may not change settings.
    """
    permissions.demand_manage(by)
    wanted = runs.waiting(Computation) or Computation.objects.create(wanted_at=at, by=by)
    journal.record("metrics.computation_wanted", subject=wanted, by=by, at=at)
    return wanted


def mark_wanted(*, at: datetime) -> None:
    """Note that stored numbers are old. Silent: it follows from a fact that is in the journal."""
    if runs.waiting(Computation) is None:
        Computation.objects.create(wanted_at=at)


def perform(*, at: datetime, clock: Callable[[], datetime]) -> int:
    """Measure the last month-ends and today, for everybody who has wanted it; return how many rows are new.

    Where nobody has, only the days are measured that were not over the last time, or lack a measure.
    Whatever was begun before and not finished, by a worker that is gone, is done by this too. Each moment
    is stored by itself: a second run goes over them again and finds nothing to change.

    Args:
        at: when it begins; the day that is measured is the one of this moment.
        clock: tells the time as it goes on.
    """
    waiting = list(runs.unfinished(Computation).order_by("wanted_at", "pk"))
    own = waiting[0] if waiting else Computation(wanted_at=at)
    anew = bool(waiting) or _broke_last()
    whens = _anew(moments(day(at))) if anew else _not_over(moments(day(at)))
    own.started_at, own.done, own.problem = at, 0, ""
    own.save()
    taken = Computation.objects.filter(pk__in=[own.pk, *(each.pk for each in waiting[1:])])
    # What is wanted from here on, by a fact this reading may miss, waits for the next time.
    taken.update(started_at=at)
    with runs.finishing(taken, clock):
        stored = _measure(own, whens, at)
    # The days between were measured without what has changed, and are not worth the time.
    _tidy(before=whens[-1] if anew else end_of(day(at) - timedelta(days=DAYS_KEPT)), keep=whens)
    return stored


def moments(today: date) -> list[datetime]:
    """The ends of the last months, of yesterday and of today, in order."""
    days = {*month_ends(today, MONTHS), today - timedelta(days=1), today}
    return [end_of(each) for each in sorted(days)]


def _anew(whens: list[datetime]) -> list[datetime]:
    """All that is measured anew where much has changed: every month-end that is stored, too."""
    return sorted({*whens, *(when for when in _stored() if is_month_end(day(when)))})


def _broke_last() -> bool:
    """Whether the last time ended badly, so that what was wanted then is still to be done."""
    last = Computation.objects.exclude(finished_at=None).order_by("-started_at", "-pk").first()
    return last is not None and last.problem != ""


def _stored(**which: datetime) -> set[datetime]:
    rows = MeasureSnapshot.objects.filter(**which).order_by()
    return set(rows.values_list("as_of", flat=True).distinct())


def _not_over(whens: list[datetime]) -> list[datetime]:
    """The moments that were still to come when all was last measured, and those that lack a measure."""
    ended_well = Computation.objects.filter(problem="").exclude(finished_at=None)
    last = ended_well.aggregate(last=Max("started_at"))["last"]
    stored: dict[datetime, set[tuple[str, str]]] = defaultdict(set)
    rows = MeasureSnapshot.objects.filter(as_of__in=whens, scope=EVERYBODY)
    for as_of, measure, method in rows.values_list("as_of", "measure", "method"):
        stored[as_of].add((measure, method))
    return [
        when for when in whens if last is None or last <= when or not _in_use(when) <= stored[when]
    ]


def _in_use(when: datetime) -> set[tuple[str, str]]:
    model = presets.current(when)
    return {(each.name, each.method) for each in catalogue.everything() if each.fits(model)}


def _measure(own: Computation, whens: list[datetime], at: datetime) -> int:
    total = gathering.steps(customers.everybody().count()) + len(whens)
    Computation.objects.filter(pk=own.pk).update(total=total)

    def tick(step: str) -> None:
        own.done += 1
        Computation.objects.filter(pk=own.pk).update(done=own.done, step=step)

    read = gathering.on_file(whens, tick=tick)
    stored = 0
    for place, when in enumerate(whens):
        stored += snapshots.store(read.picture(place), at=at)
        tick(f"Measured {when:%-d %B %Y}")
    return stored


def _tidy(*, before: datetime, keep: Iterable[datetime]) -> None:
    """Keep what was measured now, the month-ends, the days from a moment on, and the last computations."""
    ends = (when for when in _stored(as_of__lt=before) if is_month_end(day(when)))
    snapshots.prune(keep=[*keep, *ends], before=before)
    runs.forget(Computation, but=KEPT_COMPUTATIONS)
