"""An answer as a row says it: in words, whatever kind of question it was, with the parts that are not words of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from arbiter.foundation.queries import company
from arbiter.ui import wording
from arbiter.voice.queries import in_words, surveys
from arbiter.voice.queries.in_words import Said, Spoken
from arbiter.voice.queries.surveys import PartType
from arbiter.workspace.responses import figures

if TYPE_CHECKING:
    from arbiter.voice.models import Answer

INTENTS = ("yes", "not_sure", "no")
# Stands for an answer that is words and no value.
SAID = "said"


@dataclass(frozen=True)
class InWords:
    """`badge` is the key of an intent, `value` any other answer, `others` what was said to later parts, with their questions."""

    question: str
    badge: str
    value: str
    others: Sequence[tuple[str, str]] = ()


READ: dict[PartType, Callable[[str], str]] = {
    PartType.NUMBER: lambda text: wording.number(Decimal(text)),
    PartType.DATE: lambda text: wording.day(date.fromisoformat(text)),
}


def of(answers: Sequence[Answer]) -> dict[int, InWords]:
    """Say some answers, by their number: two queries at most for what surveys call what was chosen."""
    ours = company.current() if any(_needs_words(each) for each in answers) else None
    language = ours.language if ours else "en"
    names = {"vendor": ours.name, "currency": ours.currency} if ours else {}
    spoken = in_words.of(answers, language=language)
    return {each.pk: _said(each, spoken.get(each.pk), language, names) for each in answers}


def _needs_words(answer: Answer) -> bool:
    return answer.version is not None or answer.kind == "check_in"


def _said(
    answer: Answer, spoken: Spoken | None, language: str, names: Mapping[str, str]
) -> InWords:
    kind = figures.QUESTIONS.get(answer.kind, answer.kind)
    if answer.kind == "intent" and answer.value in INTENTS:
        return InWords(kind, answer.value, "")
    if spoken is None:
        value = in_words.plain(answer.kind, answer.value, language=language)
        return InWords(kind, "", _on_scale(answer) or ("" if value == SAID else value))
    others = [
        (str(surveys.filled_with({"": each.question}, **names)[""]), _value(each))
        for each in spoken.others
    ]
    return InWords(spoken.survey, "", _on_scale(answer) or _value(spoken.value), others)


def _on_scale(answer: Answer) -> str:
    """A step of a scale, with how many there are."""
    best = answer.scale.partition("-")[2]
    return f"{answer.value} of {best}" if best and answer.value.isdecimal() else ""


def _value(said: Said) -> str:
    """Say a value: words stand in the comment, numbers and days as on every page."""
    if said.type == PartType.TEXT:
        return ""
    reads = READ.get(said.type)
    try:
        return reads(said.value) if reads else said.value
    except (InvalidOperation, ValueError):
        return said.value  # a file may bring anything
