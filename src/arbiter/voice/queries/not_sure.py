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
    from arbiter.foundation.models import Person

SIZE = 50
FAR = date(9999, 12, 31)
"""Stands where no date is known, so that one order holds for all."""
# What became of a term in which somebody was not sure.
FATES = ("stayed", "left", "still_open")


def waiting(person: Person, *, as_of: datetime) -> QuerySet[Any]:
    """The newest answer of everybody there who is not sure about the term that runs, within a person's reach."""
    running = contracts.open_at(as_of).filter(customer=OuterRef("contact__customer"))
    found = _not_sure(as_of).filter(
        permissions.within_reach(person, via="contact__customer__"),
        Q(contact__left_on=None) | Q(contact__left_on__gt=day(as_of)),
        ~Exists(_later(as_of)),
        at__gte=rules.counts_from(as_of, None),
        contact__customer__archived_at=None,
    )
    began = running.order_by("starts_on").values("starts_on")[:1]
    in_term = found.annotate(term_began=Subquery(began))
    return in_term.filter(Q(term_began=None) | Q(at__date__gte=F("term_began")))


class Spot(NamedTuple):
    """One place in the queue: whose answer, when the nearest term ends and its value, and who works on it until when."""

    answer: int
    ends_on: date
    follow_up: int | None
    owner: int | None
    due_on: date
    arr: Decimal | None = None
    currency: str | None = ""


def queue(found: QuerySet[Any], *, as_of: datetime) -> list[Spot]:
    """Put those who wait in order, the nearest end of a term first: one query.

    Args:
        found: from `waiting`, less what may not be read yet.
        as_of: the moment of it.
    """
    running = contracts.open_at(as_of).filter(customer=OuterRef("contact__customer"))
    still = Q(closed_at=None) | Q(closed_at__gt=as_of)
    work = FollowUp.objects.filter(still, answer=OuterRef("pk"), set_at__lte=as_of)
    newest = work.order_by("-set_at", "-pk")
    nearest = running.order_by("ends_on", "pk")
    rows = found.annotate(
        ends_on=Coalesce(Subquery(nearest.values("ends_on")[:1]), FAR),
        arr=Subquery(nearest.values("arr")[:1]),
        currency=Subquery(nearest.values("currency")[:1]),
        follow_up=Subquery(newest.values("pk")[:1]),
        owner=Subquery(newest.values("owner")[:1]),
        due_on=Coalesce(Subquery(newest.values("due_on")[:1]), FAR),
    ).values_list("pk", *Spot._fields[1:])
    return sorted(map(Spot._make, rows), key=lambda each: (each.ends_on, each.due_on, each.answer))


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
class Page:
    """Some of those who are not sure, and the answer after which the queue goes on; None at its end."""

    rows: list[Waiting]
    after: int | None


def page(spots: Sequence[Spot], *, after: int | None = None, size: int = SIZE) -> Page:
    """Return a page of the queue: two queries.

    Args:
        spots: the queue, or a part of it in its order.
        after: the answer after which to go on; from the first where it is not in the queue any more.
        size: how many rows.
    """
    places = {spot.answer: place for place, spot in enumerate(spots)}
    start = places[after] + 1 if after in places else 0
    shown = spots[start : start + size]
    told = Answer.objects.select_related("contact__customer").only(
        *("at", "comment", "would_make_it_yes", "contact__name", "contact__role"),
        "contact__customer__name",
    )
    answers = told.in_bulk([spot.answer for spot in shown])
    work = FollowUp.objects.select_related("owner").in_bulk(
        [spot.follow_up for spot in shown if spot.follow_up]
    )
    rows = [_waiting(answers[spot.answer], spot, work) for spot in shown if spot.answer in answers]
    return Page(rows, shown[-1].answer if len(spots) > start + size else None)


def _waiting(answer: Answer, spot: Spot, work: Mapping[int, FollowUp]) -> Waiting:
    return Waiting(
        answer,
        ends_on=None if spot.ends_on == FAR else spot.ends_on,
        arr=spot.arr,
        currency=spot.currency or "",
        follow_up=work.get(spot.follow_up or 0),
    )


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
