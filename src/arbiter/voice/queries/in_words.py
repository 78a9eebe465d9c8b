"""What an answer to a survey says, in words: what was chosen by its label, and every other part beside the comment."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from arbiter.voice import library
from arbiter.voice.models import AskKind, Wording
from arbiter.voice.queries import surveys
from arbiter.voice.queries.surveys import PartType

if TYPE_CHECKING:
    from arbiter.voice.models import Answer, SurveyVersion

# What stands in the comment already, or is told apart.
TOLD_ELSEWHERE = frozenset({PartType.TEXT, PartType.CONSENT})


class Said(NamedTuple):
    """What was answered to one part: the question, what kind of value it is, and the value, a choice by its label."""

    question: str
    type: PartType
    value: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer in words. `survey` is what we call the question, `others` what was said to its later parts."""

    survey: str
    value: Said
    others: tuple[Said, ...] = ()


def of(answers: Iterable[Answer], *, language: str) -> dict[int, Spoken]:
    """Say the answers that were given to a survey of ours, by their number: one query for the words of all of them.

    Args:
        answers: with their versions and the surveys of these at hand.
        language: in which it is read; where there are no words in it, in any.
    """
    ours = [answer for answer in answers if answer.version is not None]
    words = wordings({answer.version_id for answer in ours}, language=language)
    return {
        answer.pk: spoken
        for answer in ours
        if answer.version and (spoken := _spoken(answer, answer.version, words))
    }


def wordings(version_ids: Collection[int | None], *, language: str) -> dict[int, Mapping[str, Any]]:
    """Return the words of some versions in a language, or in any there are: one query."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = Wording.objects.filter(version__in=version_ids).order_by("made_at", "pk")
    for version_id, code, words in rows.values_list("version_id", "language", "words"):
        found[version_id][code] = words
    return {pk: surveys.best_of(there, (language,)) for pk, there in found.items()}


def plain(kind: str, value: str, *, language: str) -> str:
    """Return a choice of the library by its label, where an answer names no survey; the value itself where it is none."""
    if kind != AskKind.CHECK_IN:
        return value
    code = language if language in library.LANGUAGES else surveys.USUAL
    return surveys.label_of(library.words("check_in", code), "going", value) or value


def _spoken(
    answer: Answer, version: SurveyVersion, words: Mapping[int, Mapping[str, Any]]
) -> Spoken | None:
    parts, own = surveys.parts_of(version), words.get(version.pk, {})
    if not parts:
        return None
    given: dict[str, str] = json.loads(answer.details or "{}")
    others = tuple(
        Said(
            str(own.get("parts", {}).get(part.id, "")),
            part.type,
            _label(own, part, given[part.id]),
        )
        for part in parts[1:]
        if part.id in given and part.type not in TOLD_ELSEWHERE
    )
    first = Said(str(own.get("question", "")), parts[0].type, _label(own, parts[0], answer.value))
    return Spoken(version.survey.name, first, others)


def _label(words: Mapping[str, Any], part: surveys.Part, value: str) -> str:
    if part.type != PartType.CHOICE:
        return value
    return surveys.label_of(words, part.id, value) or value
