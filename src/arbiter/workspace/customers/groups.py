"""The lines of a page in groups by what customers said, each with how many there are and their money."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from arbiter.forecast.queries.facets import Facets
from arbiter.forecast.queries.standings import SEALED
from arbiter.ui import wording
from arbiter.workspace.lists.lines import Line
from arbiter.workspace.lists.words import ANSWERS
from arbiter.workspace.lists.words import SEALED as SEALED_WORDS


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; without one when the order is not by answer."""

    answer: str
    words: str
    about: str
    lines: list[Line]


def of(lines: list[Line], counted: Facets, *, sort: str, begun: bool) -> list[Group]:
    """Return the groups of a page. A page that is not the first begins inside a group, and says so."""
    if sort != "answer":
        return [Group("", "", "", lines)] if lines else []
    found = [(answer, list(each)) for answer, each in groupby(lines, key=lambda line: line.answer)]
    return [
        _group(answer, each, counted, continued=begun and place == 0)
        for place, (answer, each) in enumerate(found)
    ]


def _group(answer: str, lines: list[Line], counted: Facets, *, continued: bool) -> Group:
    facet = counted.intents[answer]
    about = f"{facet.customers:,} customer{'' if facet.customers == 1 else 's'}"
    if facet.arr:
        about += f" · {wording.money(str(facet.arr), counted.currency)}"
    if continued:
        about += ", continued"
    words = SEALED_WORDS if answer == SEALED else ANSWERS[answer]
    return Group(answer, words, about, lines)
