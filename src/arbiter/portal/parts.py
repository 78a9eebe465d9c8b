"""How the parts of a survey are drawn and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from arbiter.portal import words
from arbiter.portal.reply import written
from arbiter.portal.sittings import Sitting
from arbiter.voice.queries import surveys
from arbiter.voice.queries.surveys import Part, PartType

# Before each part's own name, so that none can be taken for another field of the form.
PREFIX = "part-"
# A number with its scale reads from the left in every language: within a line from the right it is set apart.
LEFT_TO_RIGHT = "\u2066{}\u2069"


def drawn(
    sitting: Sitting,
    parts: Iterable[Part],
    *,
    given: Mapping[str, str],
    value: str = "",
) -> list[dict[str, Any]]:
    """Return each part as a template draws it.

    Args:
        sitting: the survey and its words.
        parts: those that this page asks.
        given: what was chosen or written before, by part.
        value: the answer they follow, which words the open question.
    """
    return [_drawn(sitting, part, given.get(part.id, ""), value) for part in parts]


def read(sitting: Sitting, data: QueryDict, parts: Iterable[Part]) -> dict[str, str]:
    """Return what a form says to these parts; what was left empty is not in it."""
    found = {part.id: written(data, f"{PREFIX}{part.id}") for part in parts}
    return {part_id: said for part_id, said in found.items() if said}


def shown(sitting: Sitting, value: str) -> str:
    """Return the value of an answer as people read it."""
    return label(sitting.version.scale, sitting.parts[0], sitting.words, value)


def label(scale: str, part: Part, wording: Mapping[str, Any], value: str) -> str:
    """Return the value of a part as people read it: a number with its scale, a choice by its name."""
    if part.type == PartType.SCALE:
        shown = f"{value} ({scale.replace('-', '–')})"
        return LEFT_TO_RIGHT.format(shown) if words.direction() == "rtl" else shown
    if part.type == PartType.CHOICE:
        return surveys.label_of(wording, part.id, value) or value
    return "" if part.type == PartType.TEXT else value


def _drawn(sitting: Sitting, part: Part, given: str, value: str) -> dict[str, Any]:
    return {
        "id": part.id,
        "name": f"{PREFIX}{part.id}",
        "type": part.type.value,
        "is_first": part == sitting.parts[0],
        "question": _question(sitting, part, value),
        "options": _options(sitting, part, given),
        "given": given,
    }


def _question(sitting: Sitting, part: Part, value: str) -> str:
    said = sitting.words
    if part == sitting.parts[0]:
        return str(said.get("question", ""))
    if part.type == PartType.CONSENT:
        return str(said.get("consent", ""))
    if value and part.id == surveys.follow_up_of(sitting.parts):
        return surveys.follow_up_words(sitting.version, said, value)
    return str(said.get("parts", {}).get(part.id, ""))


def _options(sitting: Sitting, part: Part, given: str) -> list[dict[str, Any]]:
    if part.type == PartType.SCALE:
        found = [(step, step) for step in surveys.steps_of(sitting.version)]
    elif part.type == PartType.CONSENT:
        found = [(each, words.plain(f"quote_{each}")) for each in ("yes", "no")]
    else:
        found = [(each, label("", part, sitting.words, each)) for each in part.choices]
    return [{"value": each, "label": text, "checked": each == given} for each, text in found]
