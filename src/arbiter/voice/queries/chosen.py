"""What was answered by a choice or a number, where there is no scale: how many chose each, and where the middle lies."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, QuerySet

from arbiter.voice.models import Answer, SurveyVersion
from arbiter.voice.queries import in_words, surveys
from arbiter.voice.queries.following import said_later
from arbiter.voice.queries.responses import FEW_ANSWERS, Window
from arbiter.voice.queries.surveys import PartType
from arbiter.voice.rules.surveys import BY_LETTER
from arbiter.voice.rules.values import SAID

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass
class Chosen:
    """What was answered to one survey: one answer a person, the last. `choices` in the order in which they are offered."""

    survey: str
    choices: dict[str, int] = field(default_factory=dict)
    numbers: Counter[Decimal] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        """How many people answered."""
        return sum(self.choices.values()) + self.numbers.total()

    @property
    def middle(self) -> Decimal | None:
        """The number that half of them lie below; None for choices, and where too few have answered."""
        return median(self.numbers.elements()) if self.numbers.total() >= FEW_ANSWERS else None

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """The smallest and the largest number; None where there is no middle."""
        return None if self.middle is None else (min(self.numbers), max(self.numbers))


def read(person: Person, window: Window, *, language: str) -> list[Chosen]:
    """Every survey of the window that is answered by a choice or a number, the one with most answers first.

    Args:
        person: who reads.
        window: which answers.
        language: in which the choices are named.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for version_id, value, count in _rows(person, window):
        counts[version_id][value] += count
    versions = SurveyVersion.objects.filter(pk__in=counts).select_related("survey")
    words = in_words.wordings(list(counts), language=language)
    found: dict[int, Chosen] = {}
    for version in versions.order_by("-number", "pk"):
        _add(found, version, words.get(version.pk, {}), counts[version.pk])
    return sorted((each for each in found.values() if each.n), key=lambda each: -each.n)


def _add(found: dict[int, Chosen], version: SurveyVersion, words: Any, given: Counter[str]) -> None:
    """Add what was given to a version: what a later one calls the same is the same."""
    first = surveys.parts_of(version)[0]
    told = found.setdefault(version.survey_id, Chosen(version.survey.name))
    if first.type == PartType.CHOICE:
        for choice in first.choices:
            label = surveys.label_of(words, first.id, choice) or choice
            told.choices[label] = told.choices.get(label, 0) + given[choice]
    elif first.type == PartType.NUMBER:
        for value, count in given.items():
            if (number := _number(value)) is not None:
                told.numbers[number] += count


def _rows(person: Person, window: Window) -> QuerySet[Any]:
    """Counts of the last answers by version and value."""
    answers = Answer.objects.filter(
        window.known(), window.within(person), flagged=False, version__isnull=False, scale=""
    )
    asked = answers.exclude(value=SAID).exclude(kind__in=BY_LETTER)
    followed = said_later("version__survey").filter(at__lte=window.as_of)
    last = asked.filter(~Exists(followed))
    return last.order_by().values_list("version_id", "value").annotate(Count("pk"))


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
