"""What was read in a way worth telling: one sentence each, with how many rows and which."""

from collections.abc import Iterator
from dataclasses import dataclass, field

_SHOWN = 5


@dataclass(slots=True)
class Notes:
    """Sentences by the rows they hold for."""

    _lines: dict[str, list[int]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, sentence: str, line: int) -> None:
        self._counts[sentence] = self._counts.get(sentence, 0) + 1
        lines = self._lines.setdefault(sentence, [])
        if len(lines) < _SHOWN:
            lines.append(line)

    def __iter__(self) -> Iterator[str]:
        for sentence, count in self._counts.items():
            lines = self._lines[sentence]
            shown = ", ".join(map(str, lines)) + (" …" if count > len(lines) else "")
            rows = "1 row" if count == 1 else f"{count} rows"
            yield f"{rows}: {sentence} ({'line' if len(lines) == 1 and count == 1 else 'lines'} {shown})."
