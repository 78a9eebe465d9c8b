"""What a survey may ask, what its words must say, and which open question follows an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PART_ID = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
SCALE = re.compile(r"^(\d{1,3})-(\d{1,3})$")
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
# Hebrew, Arabic and their neighbours.
FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff]")
MOST_PARTS, MOST_CHOICES, MOST_STEPS = 12, 20, 11


class PartType(StrEnum):
    """What is asked for."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CONSENT = "consent"


class Direction(StrEnum):
    """Which end of a scale is the good one."""

    UP = "up"
    DOWN = "down"


# Kinds that only the letter asks, and kinds that are a number on a scale.
BY_LETTER = frozenset({"intent", "verdict"})
RATED = frozenset({"csat", "ces"})
# Choices of the library that say how it went; any other choice says neither.
CHOICE_BANDS = {
    **dict.fromkeys(("yes", "achieved", "well"), "high"),
    **dict.fromkeys(("no", "not", "badly"), "low"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for, without its words."""

    id: str
    type: PartType
    choices: tuple[str, ...] = ()


def parts_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Read the parts of a version as they are stored."""
    return tuple(
        Part(each["id"], PartType(each["type"]), tuple(each.get("choices", ()))) for each in stored
    )


def fault_of_scale(scale: str) -> str:
    """Return in a sentence why this is no scale; empty when it is one."""
    found = SCALE.match(scale)
    if found is None or not 2 <= int(found[2]) - int(found[1]) < MOST_STEPS:
        return f"A scale runs over whole numbers, three to {MOST_STEPS} of them, such as 0-10."
    return ""


def fault_of_parts(stored: Any, scale: str) -> str:
    """Return in a sentence why these cannot be the parts of a survey; empty when they can."""
    if not isinstance(stored, list) or not 1 <= len(stored) <= MOST_PARTS:
        return f"A survey asks from one to {MOST_PARTS} things."
    for each in stored:
        if fault := _fault_of_part(each):
            return fault
    found = parts_of(stored)
    if len({part.id for part in found}) < len(found):
        return "Two parts have the same name."
    if found[0].type == PartType.CONSENT:
        return "Something is asked before the consent to quote it."
    scales = [part for part in found if part.type == PartType.SCALE]
    if len(scales) > 1 or (scales and found[0] != scales[0]):
        return "A scale comes first, and there is one at most."
    if scales:
        return fault_of_scale(scale)
    return "Only a survey with a scale has one." if scale else ""


def fault_of_kind(kind: str, scale: str, direction: str) -> str:
    """Return in a sentence why a question of a kind cannot be asked on a scale; empty when it can."""
    if kind in BY_LETTER:
        return "Whether they continue and whether they got it is asked by the letter alone."
    if kind == "nps" and (scale, direction) != ("0-10", Direction.UP):
        return (
            "NPS is asked on a scale from 0 to 10 with 10 as the best, else it is another measure."
        )
    if kind in RATED and not scale:
        return "Satisfaction and effort are asked on a scale."
    return ""


def missing_words(parts: Sequence[Part], words: Mapping[str, Any]) -> list[str]:
    """Return what a wording leaves unsaid, each in a few words."""
    missing = [f"the {name}" for name in ("subject", "question") if not _said(words, name)]
    if parts[0].type == PartType.SCALE:
        missing += [f"the {end} end" for end in ("low", "high") if not _said(words, end)]
    for number, part in enumerate(parts):
        if part.type == PartType.CONSENT:
            missing += [] if _said(words, "consent") else ["the consent"]
        elif number and not _said(words.get("parts"), part.id):
            missing.append(f"the question “{part.id}”")
        missing += [
            f"the choice “{choice}”"
            for choice in part.choices
            if not label_of(words, part.id, choice)
        ]
    return missing


def label_of(words: Mapping[str, Any], part_id: str, choice: str) -> str:
    """Return what a choice is called, of this part where it has a name of its own there."""
    labels = words.get("choices") or {}
    return str(labels.get(f"{part_id}.{choice}") or labels.get(choice) or "").strip()


def follow_up_of(parts: Sequence[Part]) -> str:
    """Return the id of the open question that an answer is followed by; empty when there is none."""
    later = (part.id for part in parts[1:] if part.type == PartType.TEXT)
    return next(later, "") if parts[0].type in {PartType.SCALE, PartType.CHOICE} else ""


def fill(words: Any, **names: str) -> Any:
    """Return words with `{vendor}`, `{name}` and the like filled in, however deep they stand."""
    if isinstance(words, Mapping):
        return {key: fill(each, **names) for key, each in words.items()}
    if not isinstance(words, str):
        return words

    def put(found: re.Match[str]) -> str:
        name = names.get(found[1])
        return found[0] if name is None else _isolated(name, words)

    return re.sub(r"\{(\w+)\}", put, words)


def _isolated(name: str, words: str) -> str:
    """Keep a name that is read from the left together within words that are read from the right, and their marks outside."""
    runs_against = FROM_THE_RIGHT.search(words) and not FROM_THE_RIGHT.search(name)
    return f"\u2068{name}\u2069" if name and runs_against else name


def _fault_of_part(each: Any) -> str:
    if not isinstance(each, dict) or not PART_ID.match(str(each.get("id", ""))):
        return "A part is named in small letters without spaces, such as what_for."
    if each.get("type") not in set(PartType):
        return f"“{each.get('type')}” is nothing that can be asked for."
    choices = each.get("choices", [])
    if each["type"] != PartType.CHOICE:
        return "Only a choice has choices." if choices else ""
    if not isinstance(choices, list) or not 2 <= len(choices) <= MOST_CHOICES:
        return f"A choice is one of two to {MOST_CHOICES}."
    if len({str(one) for one in choices}) < len(choices) or not all(
        PART_ID.match(str(one)) for one in choices
    ):
        return "Each choice has a name of its own, in small letters without spaces."
    return ""


def _said(words: Any, name: str) -> bool:
    return bool(str(words.get(name, "") if isinstance(words, Mapping) else "").strip())
