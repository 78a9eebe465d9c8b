"""What was answered on scales, month by month: NPS, CSAT, CES and every other question with a scale."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from arbiter.science.estimate import Estimate
from arbiter.science.survey import CES, CSAT, Nps, Ratings, Scale, nps_of_counts, top_box
from arbiter.voice.models import Answer, AskKind
from arbiter.voice.queries.following import said_later
from arbiter.voice.queries.responses import Window

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

KINDS = (AskKind.NPS, AskKind.CSAT, AskKind.CES, AskKind.CUSTOM)
RECOMMEND = Scale(0, 10)
EFFORT = Scale(1, 5, high_is_good=False)
"""Effort on the older scale, where 5 is much of it: what a file without direction means by 1-5."""
DEFAULTS = {AskKind.NPS: RECOMMEND, AskKind.CSAT: CSAT, AskKind.CES: CES}


@dataclass(frozen=True)
class Series:
    """One question on one scale in one direction: they are never mixed. `name` is that of a survey of our own.

    `months` holds the answers of each month, one per person, and `whole` those of the window: the last of each person.
    """

    kind: str
    name: str
    scale: Scale
    whole: Counter[int]
    months: dict[int, Counter[int]]

    @property
    def n(self) -> int:
        """How many people answered."""
        return self.whole.total()

    def score(self, month: int | None = None) -> Nps | Ratings:
        """The score of the window, or of one month."""
        given = self.whole if month is None else self.months.get(month, Counter())
        if self.kind == AskKind.NPS:
            return nps_of_counts(*_bands(given))
        values = np.repeat(np.array(list(given), dtype=float), list(given.values()))
        return top_box(values, scale=self.scale)

    def estimate(self, month: int | None = None) -> Estimate:
        """The score in points, or the share of the best two, with its interval."""
        told = self.score(month)
        return told.estimate if isinstance(told, Nps) else told.top_two

    def best(self, month: int | None = None) -> int:
        """How many gave one of the best two answers: promoters, or the satisfied."""
        given = self.whole if month is None else self.months.get(month, Counter())
        return sum(given[value] for value in self.scale.best_two)


def read(person: Person, window: Window, *, role: str = "") -> list[Series]:
    """Every series of the window, by question, the one with most answers first: one query.

    A person counts once a month, with the last of what they said in it, and once in the window.
    """
    found: dict[tuple[str, str, Scale], tuple[Counter[int], dict[int, Counter[int]]]] = {}
    for kind, name, text, direction, month, value, last, count in _rows(person, window, role):
        scale = scale_of(kind, text, direction)
        given = _whole_number(value, scale)
        if scale is None or given is None:
            continue
        own = (name or "") if kind == AskKind.CUSTOM else ""
        whole, months = found.setdefault((kind, own, scale), (Counter(), defaultdict(Counter)))
        months[month][given] += count
        if last:
            whole[given] += count
    told = [Series(*key, *counts) for key, counts in found.items()]
    order = list(KINDS)
    return sorted(
        told, key=lambda each: (order.index(AskKind(each.kind)), -each.n, str(each.scale))
    )


def scale_of(kind: str, text: str, direction: str | None) -> Scale | None:
    """The scale an answer was given on; None where nothing says so."""
    if not text:
        return DEFAULTS.get(AskKind(kind))
    try:
        read_ = Scale.parse(text, high_is_good=direction != "down")
    except ValueError:
        return None
    if kind == AskKind.NPS:
        return RECOMMEND
    older = kind == AskKind.CES and direction is None and (read_.lowest, read_.highest) == (1, 5)
    return EFFORT if older else read_


def _rows(person: Person, window: Window, role: str) -> QuerySet[Any]:
    """Counts by question, scale, month and value; `last` is whether nothing followed in the window."""
    answers = Answer.objects.filter(
        window.known(), window.within(person), kind__in=KINDS, flagged=False
    )
    if role:
        answers = answers.filter(contact__role=role)
    end = window.as_of + timedelta(microseconds=1)
    ends = [When(at__lt=start, then=Value(start)) for start in window.starts[1:]]
    until = Case(*ends, default=Value(end), output_field=DateTimeField())
    marked = answers.annotate(
        month=window.month(),
        until=until,
        last=Case(
            When(Exists(_followed(end)), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
    ).filter(Q(last=1) | ~Exists(_followed(OuterRef("until"))))
    own = ("kind", "version__survey__name", "scale", "version__direction")
    sides = (*own, "month", "value", "last")
    return marked.order_by().values_list(*sides).annotate(Count("pk"))


def _followed(until: Any) -> QuerySet[Answer]:
    """What the same person said later to the same question, before a moment."""
    later = said_later("scale").filter(at__lt=until)
    return later.filter(~Q(kind=AskKind.CUSTOM) | Q(version=OuterRef("version")))


def _whole_number(value: str, scale: Scale | None) -> int | None:
    """An answer as a whole number of its scale; None where it is none."""
    text = value.strip()
    if scale is None or not text.isdecimal() or len(text) > 3:
        return None
    return int(text) if scale.lowest <= int(text) <= scale.highest else None


def _bands(given: Counter[int]) -> tuple[int, int, int]:
    """Promoters, passives and detractors."""
    high = sum(count for value, count in given.items() if value >= 9)
    low = sum(count for value, count in given.items() if value <= 6)
    return high, given.total() - high - low, low
