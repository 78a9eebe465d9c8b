"""How well a file's headers fit each shape."""

from dataclasses import dataclass

from arbiter.connectors.recognition.registry import SHAPES
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.shapes import Shape
from arbiter.connectors.tables.vocabulary import bare

RECOGNISED = 0.6
_ENOUGH_HINTS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A shape and how well it fits, from 0 to 1."""

    shape: Shape
    score: float


def matches(table: Table) -> list[Match]:
    """Every shape with some likeness, best first; of equals, the one that asks for more headers."""
    headers = table.headers | {bare(header) for header in table.headers}
    found = [Match(shape, _score(shape, headers)) for shape in SHAPES]
    found.sort(key=lambda match: (-match.score, -len(match.shape.required)))
    return [match for match in found if match.score > 0]


def _score(shape: Shape, headers: frozenset[str]) -> float:
    """All required headers give four fifths, hints the rest; without all, at most a half."""
    met = sum(1 for group in shape.required if group & headers)
    if met < len(shape.required):
        return round(0.5 * met / len(shape.required) * shape.certainty, 2)
    wanted = min(_ENOUGH_HINTS, len(shape.hints)) or 1
    hints = min(1.0, len(shape.hints & headers) / wanted)
    return round(shape.certainty * (0.8 + 0.2 * hints), 2)
