"""Who was asked, and who answered: counts of asks by question, role and month, and what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from arbiter.accounts import permissions
from arbiter.accounts.queries import contacts
from arbiter.science.estimate import Estimate, proportion
from arbiter.voice.models import Answer, Ask, AskKind, Channel

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

ANSWER_WITHIN = timedelta(days=14)
"""Whoever was asked later than this may still answer: not counted as silent yet."""
NEWEST = (
    "SELECT (SELECT MAX(id) FROM voice_ask), (SELECT MAX(id) FROM voice_answer), "
    "(SELECT MAX(id) FROM voice_followup)"
)
# What became of an ask, in the order in which it is told.
STATES = ("answered", "no_answer", "waiting", "not_delivered")
FEW_ANSWERS = 10
"""Of fewer no percentage and no score is told."""


@dataclass(frozen=True)
class Window:
    """Which asks and answers are read: so many calendar months up to a moment, of some customers."""

    as_of: datetime
    months: int = 12
    segment: str = ""
    owner: int | None = None
    customer: int | None = None

    @property
    def starts(self) -> list[datetime]:
        """The first moment of each month, the oldest first."""
        first = self.as_of.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        whole = first.year * 12 + first.month - 1
        found = (divmod(whole - back, 12) for back in range(self.months))
        return [first.replace(year=year, month=month + 1) for year, month in found][::-1]

    @property
    def since(self) -> datetime:
        """From when on asks and answers count."""
        return self.starts[0]

    def within(self, person: Person, via: str = "contact__customer__") -> Q:
        """The condition for what a person may see of the customers that are meant."""
        told = {"segment": self.segment, "owner": self.owner, "pk": self.customer}
        meant = {f"{via}{name}": value for name, value in told.items() if value}
        return permissions.within_reach(person, via=via) & Q(**meant)

    def known(self, up_to: datetime | None = None) -> Q:
        """The condition for what was said in these months, up to a moment within them, and known by their end."""
        # One upper bound only: of two SQLite searches its index by the first, however far back the other lies.
        newest = self.as_of if up_to is None else min(up_to, self.as_of)
        return Q(at__gte=self.since, at__lte=newest, recorded_at__lte=self.as_of)

    def month(self) -> Case:
        """The place of the month in which something was said, by comparing: no function is called for each row."""
        later = self.starts[1:]
        whens = (When(at__lt=start, then=Value(place)) for place, start in enumerate(later))
        return Case(*whens, default=Value(len(later)), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some asks.

    `due` are those that were delivered and whose time to answer is up; `due_answered` of them were answered. The response
    rate is of these alone: whoever was asked yesterday is not silent yet.
    """

    asked: int = 0
    delivered: int = 0
    opened: int = 0
    answered: int = 0
    due: int = 0
    due_answered: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def no_answer(self) -> int:
        """Delivered, time enough, and not answered: a state of its own."""
        return self.due - self.due_answered

    @property
    def not_delivered(self) -> int:
        """A mail that never left, or is still on its way."""
        return self.asked - self.delivered

    @property
    def waiting(self) -> int:
        """Delivered lately and not answered yet."""
        return self.delivered - self.answered - self.no_answer

    @property
    def rate(self) -> Estimate:
        """The share of those with time enough who answered, with its Wilson interval."""
        return proportion(self.due_answered, self.due)


@dataclass(frozen=True)
class People:
    """How many people of a role there are, were asked and have answered."""

    role: str
    there: int = 0
    asked: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Read:
    """Everything that was asked in a window, counted along each side."""

    total: Tally
    by_kind: Mapping[str, Tally]
    by_role: Mapping[str, Tally]
    by_month: Mapping[int, Tally] = field(default_factory=dict)


def marks() -> Hashable:
    """What changes with every ask, every answer and every work on one: one look into three indexes.

    Written out, for every page looks at it: composing it anew takes longer than the database's reply.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        newest: Hashable = cursor.fetchone()
    return newest


def minutes(moment: datetime) -> datetime:
    """The ten minutes of a moment: so long may be kept what only time, or a page that was opened, would change."""
    return moment.replace(minute=moment.minute // 10 * 10, second=0, microsecond=0)


def read(person: Person, window: Window, *, kind: str = "") -> Read:
    """Count what was asked and what came of it: one query.

    Args:
        person: who looks; only asks within their reach count.
        window: which months, whose customers.
        kind: one question alone.
    """
    found = _asks(person, window).filter(**({"kind": kind} if kind else {}))
    sides = ("kind", "contact__role", "month")
    facts = ("was_answered", "was_delivered", "was_opened", "time_is_up")
    marked = _marked(found, window).annotate(month=window.month()).order_by()
    rows = marked.values_list(*sides, *facts).annotate(Count("pk"))
    along: tuple[dict[Any, Tally], ...] = tuple(defaultdict(Tally) for _ in sides)
    total = Tally()
    for *keys, answered, delivered, opened, up, count in rows:
        told = _tally(count, answered, delivered, opened, up)
        total += told
        for side, key in zip(along, keys, strict=True):
            side[key] += told
    return Read(total, *(dict(side) for side in along))


def people(person: Person, window: Window) -> list[People]:
    """How many people of each role are there, were asked and have answered: three queries."""
    current = contacts.visible_to(person).filter(
        window.within(person, via="customer__"),
        Q(left_on=None) | Q(left_on__gt=window.as_of.date()),
        customer__archived_at=None,
    )
    there = dict(current.order_by().values_list("role").annotate(Count("pk")))
    asked, answered = (
        _by_role(rows.filter(contact__left_on=None, contact__customer__archived_at=None))
        for rows in (_asks(person, window), _answers(person, window))
    )
    return [People(role, there[role], asked.get(role, 0), answered.get(role, 0)) for role in there]


def behind(
    person: Person,
    window: Window,
    *,
    state: str = "",
    kind: str = "",
    role: str = "",
    up_to: datetime | None = None,
) -> QuerySet[Ask]:
    """The asks behind a count, with the contact and their customer: the names of every figure.

    Args:
        person: who looks.
        window: which months, whose customers.
        state: one of `STATES`, or `opened`; every ask unless given.
        kind: one question alone.
        role: of one role alone.
        up_to: those asked later may be left out.
    """
    narrowed = {"kind": kind, "contact__role": role}
    asked = _asks(person, window, up_to=up_to)
    found = asked.filter(**{name: told for name, told in narrowed.items() if told})
    if state:
        found = found.filter(_became(state, _facts(window)))
    named = ("contact__name", "contact__role", "contact__customer__name")
    return found.select_related("contact__customer").only("at", "kind", "channel", *named)


def _became(state: str, facts: Mapping[str, Q]) -> Q:
    """The condition for a state, in plain conditions: of numbers PostgreSQL would think that hardly a row has them."""
    answered, delivered = facts["was_answered"], facts["was_delivered"]
    # What a row tells by itself stands before what has to be looked up.
    return {
        "answered": answered,
        "opened": facts["was_opened"] | answered,
        "no_answer": facts["time_is_up"] & delivered & ~answered,
        "waiting": ~facts["time_is_up"] & delivered & ~answered,
        "not_delivered": ~delivered & ~answered,
    }[state]


def _asks(person: Person, window: Window, *, up_to: datetime | None = None) -> QuerySet[Ask]:
    """Every ask of the window that voice itself sees answered.

    Verdicts, and goals without a survey, are answered beside the goals: outcomes counts those.
    """
    elsewhere = Q(kind=AskKind.VERDICT) | Q(kind=AskKind.GOAL, version=None)
    return Ask.objects.filter(window.known(up_to), window.within(person)).exclude(elsewhere)


def _answers(person: Person, window: Window) -> QuerySet[Answer]:
    return Answer.objects.filter(window.known(), window.within(person), flagged=False)


def _marked(found: QuerySet[Ask], window: Window) -> QuerySet[Ask]:
    """Asks with what became of each, as numbers that both databases group by; an answer implies the rest."""
    return found.annotate(**{name: _flag(holds) for name, holds in _facts(window).items()})


def _facts(window: Window) -> dict[str, Q]:
    """What can be said of an ask at the end of a window."""
    counted = Answer.objects.filter(
        ask=OuterRef("pk"), flagged=False, recorded_at__lte=window.as_of
    )
    late = window.as_of - ANSWER_WITHIN
    return {
        "was_answered": Q(Exists(counted)),
        # What was imported reached them once, whether or not the file says when.
        "was_delivered": ~Q(channel=Channel.MAIL)
        | Q(delivered_at__isnull=False)
        | Q(import_id__isnull=False),
        "was_opened": Q(opened_at__isnull=False),
        "time_is_up": Q(at__lte=late) | Q(closes_at__lte=window.as_of),
    }


def _flag(holds: Q) -> Case:
    return Case(When(holds, then=Value(1)), default=Value(0), output_field=IntegerField())


def _tally(count: int, answered: int, delivered: int, opened: int, up: int) -> Tally:
    reached, seen = delivered or answered, opened or answered
    due = count * (reached and up)
    return Tally(count, count * reached, count * seen, count * answered, due, due * answered)


def _by_role(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.order_by().values_list("contact__role")
    return dict(counted.annotate(Count("contact", distinct=True)))
