"""What one pass over a whole file shows: orders, marks, scales, words, names. Bounded memory."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from arbiter.connectors.tables.amounts import NumberEvidence
from arbiter.connectors.tables.dates import DateEvidence
from arbiter.connectors.tables.shares import ShareEvidence

MOST_WORDS = 200


@dataclass(slots=True)
class Findings:
    """Evidence by column position, and words by target."""

    rows: int = 0
    positions: dict[str, int] = field(default_factory=dict)
    filled: Counter[int] = field(default_factory=Counter)
    dates: dict[int, DateEvidence] = field(default_factory=dict)
    numbers: dict[int, NumberEvidence] = field(default_factory=dict)
    shares: dict[int, ShareEvidence] = field(default_factory=dict)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    domains: dict[str, set[str]] = field(default_factory=dict)
    short_lines: list[int] = field(default_factory=list)
    colours: dict[int, bool] = field(default_factory=dict)

    def count_word(self, target: str, word: str) -> None:
        seen = self.words.setdefault(target, Counter())
        if word in seen or len(seen) < MOST_WORDS:
            seen[word] += 1

    def words_of(self, target: str) -> Iterator[tuple[str, int]]:
        """Words of a target, most frequent first."""
        yield from self.words.get(target, Counter()).most_common()

    def has_two_domains(self, name_key: str) -> bool:
        """Whether two customers share a name, told apart only by their domains."""
        return len(self.domains.get(name_key, ())) > 1
