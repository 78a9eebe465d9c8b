"""The past of usage is told as signals: for the end of each month, as it was known then.

The nightly counting begins on the day it first runs. Events from before it, which a file brings, would be worth
nothing to whoever asks what past renewals went with. So whenever a file brought events or one was taken back, the
last three years are looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from arbiter.accounts.actions import signals as numbers
from arbiter.accounts.actions.signals import Number
from arbiter.accounts.queries import terms
from arbiter.accounts.rules import day
from arbiter.foundation import journal, runs
from arbiter.foundation.models import Person
from arbiter.usage.models import LookBack, Source
from arbiter.usage.queries import looking_back
from arbiter.usage.queries.looking_back import Past, Seen
from arbiter.usage.rules.months import Month
from arbiter.usage.rules.signals import EVENTS, USERS

MONTHS = 36
KEPT_RUNS = 20
WINDOW = timedelta(days=27)


def mark(*, at: datetime) -> None:
    """Note that the past is to be told anew. Silent: it follows from a fact that is in the journal."""
    if runs.waiting(LookBack) is None:
        LookBack.objects.create(wanted_at=at)


def mark_first(*, at: datetime) -> None:
    """Note that the past is to be told where it never was. Silent: nobody wants it, it is due."""
    if not LookBack.objects.exists():
        LookBack.objects.create(wanted_at=at)


def perform(*, at: datetime, clock: Callable[[], datetime]) -> int:
    """Tell the ends of the past months that are over, and return how many numbers are new or other than before.

    Done again with the same log it changes nothing. A number that anybody else told for the same moment, an
    import or the nightly counting, is left alone; one that an earlier look back told follows the log, so that
    a file that was taken back leaves none behind. Where events may have expired nothing is taken back.

    Args:
        at: when it begins. What was recorded later does not count.
        clock: tells the time as it goes on.
    """
    taken = runs.unfinished(LookBack)
    taken.update(started_at=at)
    mine = LookBack.objects.filter(pk__in=list(taken.values_list("pk", flat=True)))
    with runs.finishing(mine, clock):
        told = _tell(at)
    runs.forget(LookBack, but=KEPT_RUNS)
    return told


def _tell(at: datetime) -> int:
    last = Month.of(day(at)).before
    months = last.back_to(date.min, most=MONTHS)
    past = looking_back.past(ends=[month.last_day for month in months], as_of=at)
    who, kept_from = _Who.read(), _kept_from(at)
    told = 0
    for month in months:
        is_whole = month.last_day - WINDOW >= kept_from
        told += numbers.tell_of(
            month.end, who.numbers(past, month), names=(USERS, EVENTS), takes_back=is_whole
        )
    if told:
        _say(told, at)
    return told


@transaction.atomic
def _say(told: int, at: datetime) -> None:
    system = Person.objects.system()
    journal.record("usage.looked_back", subject=system, by=system, at=at, numbers=told)


def _kept_from(at: datetime) -> date:
    """The first day of which no source has let events go; the first of all days where they are kept for ever."""
    limits = Source.objects.filter(keep_days__gt=0).values_list("keep_days", flat=True)
    shortest = min((days for days in limits if days), default=None)
    return date.min if shortest is None else day(at) - timedelta(days=shortest)


@dataclass(frozen=True)
class _Who:
    """The customers by their keys, and when their contracts ran."""

    ids: Mapping[str, int]
    terms: Sequence[tuple[int, date, date]]

    @classmethod
    def read(cls) -> _Who:
        """Read everybody: two queries."""
        ids = {key: pk for pk, key in terms.customer_keys().items()}
        ran = [(each.customer_id, each.starts_on, each.ends_on) for each in terms.everything()]
        return cls(ids, ran)

    def numbers(self, past: Past, month: Month) -> Iterator[Number]:
        """The numbers of a month. A 0 is told of those whose contract ran: of the others nobody asks it."""
        end = month.last_day
        ran = {pk for pk, starts_on, ends_on in self.terms if starts_on <= end <= ends_on}
        for key, seen in past.seen(end).items():
            pk = self.ids.get(key)
            if pk is not None and (seen.events or pk in ran):
                yield from _each(pk, month.end, seen)


def _each(pk: int, end: datetime, seen: Seen) -> Iterator[Number]:
    yield Number(pk, USERS, end, float(seen.users))
    yield Number(pk, EVENTS, end, float(seen.events))
