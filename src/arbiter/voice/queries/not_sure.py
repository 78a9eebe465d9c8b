"""Who is not sure, who works on it, and what became of those who were not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from arbiter.accounts import permissions
from arbiter.accounts.queries import contracts
from arbiter.accounts.rules import day, is_decided
from arbiter.science.estimate import Estimate, proportion
from arbiter.voice import rules
from arbiter.voice.models import Answer, AskKind, FollowUp, Intent

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person

SIZE = 50
FAR = date(9999, 12, 31)
"""Stands where no date is known, so that one order holds for all."""
# What became of a term in which somebody was not sure.
FATES = ("stayed", "left", "still_open")


def waiting(person: Person, *, as_of: datetime) -> QuerySet[Any]:
    """The newest answer of everybody there who is not sure about the term that runs, with the nearest end of a term.

    `follow_up_id` and `due_on` are of the work on it; `due_on` is `FAR` while nobody works on it.
    """
    open_ = _open_follow_ups(as_of)
    running = contracts.open_at(as_of).filter(customer=OuterRef("contact__customer"))
    ends = running.order_by("ends_on", "pk")
    found = _not_sure(as_of).filter(
        permissions.within_reach(person, via="contact__customer__"),
        Q(contact__left_on=None) | Q(contact__left_on__gt=day(as_of)),
        ~Exists(_later(as_of)),
        at__gte=rules.counts_from(as_of, None),
        contact__customer__archived_at=None,
    )
    return found.annotate(
        term_began=Subquery(_first_day(running)),
        ends_on=Coalesce(Subquery(ends.values("ends_on")[:1]), FAR),
        arr=Subquery(ends.values("arr")[:1]),
        currency=Subquery(ends.values("currency")[:1]),
        follow_up_id=Subquery(open_.values("pk")[:1]),
        due_on=Coalesce(Subquery(open_.values("due_on")[:1]), FAR),
    ).filter(Q(term_began=None) | Q(at__date__gte=F("term_began")))


@dataclass(frozen=True)
class Waiting:
    """One who is not sure, and who works on it."""

    answer: Answer
    ends_on: date | None
    arr: Decimal | None
    currency: str
    follow_up: FollowUp | None

    def is_overdue(self, today: date) -> bool:
        """Whether the day by which somebody wanted to know more is past."""
        return self.follow_up is not None and self.follow_up.due_on < today


@dataclass(frozen=True)
class Place:
    """Where a page of the queue ended, as text an address's parameter."""

    first: date
    second: date
    number: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from its text; None when it is none."""
        parts = text.split("_")
        if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 18:
            return None
        try:
            return cls(date.fromisoformat(parts[0]), date.fromisoformat(parts[1]), int(parts[2]))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.first.isoformat()}_{self.second.isoformat()}_{self.number}"


@dataclass(frozen=True)
class Page:
    """Some of those who are not sure, and where the queue goes on."""

    rows: list[Waiting]
    after: Place | None


def unowned(found: QuerySet[Any]) -> QuerySet[Any]:
    """Those on whom nobody works yet."""
    return found.filter(follow_up_id=None)


def owned_by(found: QuerySet[Any], owner: int) -> QuerySet[Any]:
    """Those on whom one colleague works."""
    return found.filter(follow_up_id__in=FollowUp.objects.filter(owner=owner).values("pk"))


def counts(found: QuerySet[Any], person_id: int) -> dict[str, int]:
    """How many are in the queue, on how many nobody works, and on how many one person: two queries."""
    work = list(found.order_by().values_list("follow_up_id", flat=True))
    theirs = set(
        FollowUp.objects.filter(owner=person_id, closed_at=None).values_list("pk", flat=True)
    )
    return {
        "": len(work),
        "nobody": work.count(None),
        "mine": sum(number in theirs for number in work),
    }


def page(
    found: QuerySet[Any],
    *,
    after: Place | None = None,
    size: int = SIZE,
    by_end: bool = True,
) -> Page:
    """Return a page of the queue: two queries.

    Args:
        found: from `waiting`, narrowed.
        after: where the page before ended.
        size: how many rows.
        by_end: the nearest end of a term first; the work that is due first unless set.
    """
    first, second = ("ends_on", "due_on") if by_end else ("due_on", "ends_on")
    if after is not None:
        beyond = (
            Q(**{f"{first}__gt": after.first})
            | Q(**{first: after.first, f"{second}__gt": after.second})
            | Q(**{first: after.first, second: after.second, "pk__gt": after.number})
        )
        found = found.filter(beyond, **{f"{first}__gte": after.first})
    rows = list(
        found.select_related("contact__customer__owner").order_by(first, second, "pk")[: size + 1]
    )
    shown = rows[:size]
    owners = FollowUp.objects.select_related("owner").in_bulk(
        [row.follow_up_id for row in shown if row.follow_up_id]
    )
    told = [_waiting(row, owners) for row in shown]
    if len(rows) <= size:
        return Page(told, None)
    last = shown[-1]
    return Page(told, Place(getattr(last, first), getattr(last, second), last.pk))


@dataclass(frozen=True)
class Episode:
    """A term in which somebody was not sure: the first who said so, and what became of it."""

    customer_id: int
    customer: str
    contact: str
    said_at: datetime
    ends_on: date
    arr: Decimal | None
    currency: str
    fate: str
    worked_on: bool
    next_answer: str


@dataclass(frozen=True)
class Became:
    """What became of the terms in which somebody was not sure."""

    episodes: list[Episode]

    def count(self, fate: str) -> int:
        """How many had a fate."""
        return sum(each.fate == fate for each in self.episodes)

    @property
    def decided(self) -> list[Episode]:
        """Those whose term was decided."""
        return [each for each in self.episodes if each.fate != "still_open"]

    @property
    def stayed(self) -> Estimate:
        """The share of the decided that stayed, with its Wilson interval."""
        return share_that_stayed(self.decided)


def share_that_stayed(decided: Iterable[Episode]) -> Estimate:
    """The share of some decided terms that stayed."""
    told = list(decided)
    return proportion(sum(each.fate == "stayed" for each in told), len(told))


def became(
    person: Person,
    *,
    since: datetime,
    as_of: datetime,
    readable: Callable[[QuerySet[Answer]], QuerySet[Answer]],
) -> Became:
    """What became of each term in which somebody was not sure, the latest said first: three queries.

    A term counts once, however many of its people were not sure and however often: with the first who said so.

    Args:
        person: who looks.
        since: from when on somebody was not sure.
        as_of: what was true and known by then.
        readable: leaves out the answers that may not be read yet.
    """
    worked = FollowUp.objects.filter(answer=OuterRef("pk"), set_at__lte=as_of)
    said = readable(_not_sure(as_of)).filter(
        permissions.within_reach(person, via="contact__customer__"), at__gte=since
    )
    columns = ("contact", "contact__name", "contact__customer", "contact__customer__name", "at")
    rows = list(said.order_by("at", "pk").values_list(*columns, Exists(worked)))
    terms = _terms(said)
    later = _given(said, as_of, readable)
    seen: dict[int, Episode] = {}
    for contact, name, customer, customer_name, at, was_worked in rows:
        term = _term_at(terms.get(customer, ()), day(at))
        if term is None or term.pk in seen:
            continue
        answers = (value for when, value in later.get(contact, ()) if when > at)
        seen[term.pk] = Episode(
            customer, customer_name, name, at, term.ends_on, term.arr, term.currency,
            fate=_fate(term, as_of), worked_on=was_worked, next_answer=next(answers, ""),
        )  # fmt: skip
    return Became(list(seen.values())[::-1])


class _Term(NamedTuple):
    customer: int
    pk: int
    starts_on: date
    ends_on: date
    arr: Decimal | None
    currency: str
    decision: str | None
    decided_on: date | None
    recorded_at: datetime | None


def _terms(said: QuerySet[Answer]) -> dict[int, list[_Term]]:
    """The terms of the customers of some answers, the last to begin first."""
    whose = said.order_by().values("contact__customer")
    columns = ("customer", "pk", "starts_on", "ends_on", "arr", "currency")
    decided = ("renewal__decision", "renewal__decided_on", "renewal__recorded_at")
    rows = contracts.of_customers(whose).order_by("-starts_on", "-pk")
    found: dict[int, list[_Term]] = defaultdict(list)
    for row in rows.values_list(*columns, *decided):
        found[row[0]].append(_Term(*row))
    return found


def _term_at(terms: Sequence[_Term], on: date) -> _Term | None:
    return next((term for term in terms if term.starts_on <= on <= term.ends_on), None)


def _fate(term: _Term, as_of: datetime) -> str:
    if not is_decided(decided_on=term.decided_on, recorded_at=term.recorded_at, as_of=as_of):
        return "still_open"
    return "left" if term.decision == "churned" else "stayed"


def _given(
    said: QuerySet[Answer],
    as_of: datetime,
    readable: Callable[[QuerySet[Answer]], QuerySet[Answer]],
) -> dict[int, list[tuple[datetime, str]]]:
    """What those people answered about continuing, the oldest first."""
    whose = said.order_by().values("contact")
    rows = readable(_intents(as_of)).filter(contact__in=whose).order_by("at", "pk")
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for contact, at, value in rows.values_list("contact", "at", "value"):
        found[contact].append((at, value))
    return found


def _intents(as_of: datetime) -> QuerySet[Answer]:
    return Answer.objects.filter(
        kind=AskKind.INTENT, flagged=False, at__lte=as_of, recorded_at__lte=as_of
    )


def _not_sure(as_of: datetime) -> QuerySet[Answer]:
    return _intents(as_of).filter(value=Intent.NOT_SURE)


def _later(as_of: datetime) -> QuerySet[Answer]:
    """What the same person said about continuing after an answer."""
    after = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    return _intents(as_of).filter(after, contact=OuterRef("contact"), at__gte=OuterRef("at"))


def _open_follow_ups(as_of: datetime) -> QuerySet[FollowUp]:
    still = Q(closed_at=None) | Q(closed_at__gt=as_of)
    return FollowUp.objects.filter(still, answer=OuterRef("pk"), set_at__lte=as_of).order_by(
        "-set_at", "-pk"
    )


def _first_day(running: QuerySet[Contract]) -> QuerySet[Any]:
    return running.order_by("starts_on").values("starts_on")[:1]


def _waiting(row: Any, follow_ups: Mapping[int, FollowUp]) -> Waiting:
    ends_on = None if row.ends_on == FAR else row.ends_on
    return Waiting(row, ends_on, row.arr, row.currency or "", follow_ups.get(row.follow_up_id))
