"""What can be an answer to the parts of a survey, and what an answer's band is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

# Stands for an answer that is words and no value.
SAID = "said"
SCALE, CHOICE, TEXT, NUMBER, DATE, CONSENT = "scale", "choice", "text", "number", "date", "consent"
# A value is kept in so many characters.
LONGEST = 100
NPS_SCALE, NPS_DETRACTOR_TO = "0-10", 6
# 200.000 and 200,000 are two hundred thousand, wherever they are written; 0.125 is an eighth.
GROUPED = re.compile(r"-?(?!0)\d{1,3}([.,]\d{3})+")
AGREED = frozenset({"yes", "true", "on", "1"})


@dataclass(frozen=True)
class Given:
    """An answer to a survey as it is kept: the first part is the value, the words make the comment."""

    value: str
    comment: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    may_quote: bool | None = None


def wrong_with(parts: Sequence[Mapping[str, Any]], scale: str, value: str) -> str:
    """Return why a value is no answer to the first part, as a sentence; empty when it is one."""
    if not parts:
        return ""
    return wrong_with_part(parts[0], scale, value)


def wrong_with_part(part: Mapping[str, Any], scale: str, value: str) -> str:
    """Return why a value is no answer to a part, as a sentence; empty when it is one."""
    kind = part["type"]
    if kind == SCALE and value not in steps(scale):
        return f"Choose a number from {scale.replace('-', ' to ')}."
    if kind == CHOICE and value not in part.get("choices", ()):
        return "Choose one of the answers."
    if kind == NUMBER and _number(value) is None:
        return "Give a number such as 12.5."
    if kind == DATE and not _is_date(value):
        return "Give a date such as 2027-01-31."
    if kind == TEXT and not value.strip():
        return "Nothing was written yet."
    return ""


def options(parts: Sequence[Mapping[str, Any]], scale: str) -> frozenset[str]:
    """Return everything that can be chosen as the value; empty where it is written."""
    if not parts:
        return frozenset()
    if parts[0]["type"] == SCALE:
        return frozenset(steps(scale))
    return frozenset(parts[0].get("choices", ()))


def gather(parts: Sequence[Mapping[str, Any]], given: Mapping[str, str]) -> Given:
    """Return what was given to each part, as it is kept.

    Args:
        parts: of the version, in their order.
        given: what was chosen or written, by the id of its part; what is empty was left out.
    """
    said = {str(part["id"]): given.get(part["id"], "").strip() for part in parts}
    for part in parts:
        if part["type"] == NUMBER and (number := _number(said[part["id"]])) is not None:
            said[part["id"]] = f"{number:f}"
    said = {key: value for key, value in said.items() if value}
    texts = [said[part["id"]] for part in parts if part["type"] == TEXT and part["id"] in said]
    agreed = [said[part["id"]] for part in parts if part["type"] == CONSENT and part["id"] in said]
    first = parts[0]
    written = first["type"] == TEXT
    value = (SAID if texts else "") if written else said.get(first["id"], "")[:LONGEST]
    rest = {
        part["id"]: said[part["id"]]
        for part in (parts if written else parts[1:])
        if part["id"] in said and part["type"] != CONSENT
    }
    return Given(value, "\n\n".join(texts), rest, agreed[0] in AGREED if agreed else None)


def band(scale: str, value: str, direction: str = "up") -> str:
    """Return whether a number on a scale is `low`, `middle` or `high`; empty when it is none of the scale.

    On 0-10 these are the bands of NPS: 0 to 6, 7 and 8, 9 and 10. On any other scale the two best are high (top-two-box),
    what lies below its middle is low. On a scale whose upper end is bad, `high` is its lower end.
    """
    numbers = steps(scale)
    if value not in numbers:
        return ""
    place, last = numbers.index(value), len(numbers) - 1
    if direction == "down":
        place = last - place
    if place >= last - 1:
        return "high"
    lowest = NPS_DETRACTOR_TO + 1 if scale == NPS_SCALE else last / 2
    return "low" if place < lowest else "middle"


def steps(scale: str) -> list[str]:
    """Return the numbers of a scale such as `0-10`, as they are chosen; none for no scale."""
    low, _, high = scale.partition("-")
    if not (low.isdecimal() and high.isdecimal()) or len(low + high) > 6:
        return []
    return [str(step) for step in range(int(low), int(high) + 1)]


def _number(value: str) -> Decimal | None:
    """Read a number as people write it: groups of three belong together, else the last mark is the decimal one."""
    plain = re.sub(r"[\s'’٬]", "", value).replace("٫", ".")
    if GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    elif plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
