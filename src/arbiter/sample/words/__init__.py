"""The sample's authored text, kept as TOML beside this file."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return one file of words, `answers` or `goals/time`."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def goals() -> tuple[dict[str, Any], ...]:
    """Return every template of a goal with its category and reasons, in a fixed order."""
    found = []
    for category in ("revenue", "cost", "time", "productivity", "risk", "talent", "roi", "other"):
        drawer = read(f"goals/{category}")
        found += [
            {**goal, "category": category, "because": drawer["because"]} for goal in drawer["goal"]
        ]
    return tuple(found)
