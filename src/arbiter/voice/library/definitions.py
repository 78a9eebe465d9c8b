"""What the surveys of the library ask for, without words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WHY = {"id": "why", "type": "text"}
QUOTE = {"id": "quote", "type": "consent"}
RATING = ({"id": "score", "type": "scale"}, WHY, QUOTE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A survey of the library. `for_goal` surveys can only be asked about a goal; `by_letter` ones go by the letter."""

    key: str
    name: str
    kind: str
    purpose: str
    parts: tuple[dict[str, Any], ...]
    scale: str = ""
    direction: str = "up"
    for_goal: bool = False
    by_letter: bool = False


def _choice(part_id: str, *choices: str) -> dict[str, Any]:
    return {"id": part_id, "type": "choice", "choices": list(choices)}


BUILT_IN = (
    Definition(
        "intent",
        "Will you continue?",
        "intent",
        "outcome",
        (
            _choice("answer", "yes", "not_sure", "no"),
            WHY,
            {"id": "would_make_it_yes", "type": "text"},
        ),
        by_letter=True,
    ),
    Definition(
        "verdict",
        "Did you get it?",
        "verdict",
        "outcome",
        (
            _choice("verdict", "achieved", "partly", "not", "too_early"),
            _choice("helped", "yes", "partly", "no"),
            WHY,
        ),
        for_goal=True,
        by_letter=True,
    ),
    Definition(
        "check_in",
        "Check-in",
        "check_in",
        "outcome",
        (_choice("going", "well", "mixed", "badly"), {"id": "need", "type": "text"}),
    ),
    Definition(
        "discovery",
        "What do you want to reach?",
        "goal",
        "outcome",
        (
            {"id": "result", "type": "text"},
            {"id": "measure", "type": "text"},
            {"id": "by_when", "type": "date"},
            {"id": "if_not", "type": "text"},
        ),
    ),
    Definition(
        "still_right",
        "Is the goal still right?",
        "goal",
        "outcome",
        (_choice("still", "yes", "changed", "no"), {"id": "instead", "type": "text"}),
        for_goal=True,
    ),
    Definition("nps", "NPS", "nps", "relationship", RATING, scale="0-10"),
    Definition("csat", "CSAT, 1 to 5", "csat", "transactional", RATING, scale="1-5"),
    Definition("csat_10", "CSAT, 1 to 10", "csat", "transactional", RATING, scale="1-10"),
    Definition("ces", "CES, how easy it was", "ces", "transactional", RATING, scale="1-7"),
    Definition(
        "ces_inverse",
        "CES, how much effort it took",
        "ces",
        "transactional",
        RATING,
        scale="1-7",
        direction="down",
    ),
    Definition(
        "price_of_value",
        "What is it worth to you a year?",
        "custom",
        "relationship",
        ({"id": "worth", "type": "number"}, {"id": "how", "type": "text"}, QUOTE),
    ),
)
