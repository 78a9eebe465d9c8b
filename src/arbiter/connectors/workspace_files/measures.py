"""Results that name the goal's own measure: they are kept without a name, as the goal's own values are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from arbiter.connectors.workspace_files.identity import digest, identities
from arbiter.outcomes.queries import outlet

if TYPE_CHECKING:
    from arbiter.connectors.workspace_files.settling import Work

# When it was agreed, when that became known, and what the measure was called.
Agreed = tuple[str, str, str]
TWICE = "another row says what this goal's own measure was at the same moment. Keep one of the two rows."


class Measures:
    """Knows what the measure of a goal was called when, by this import's revisions and by those stored."""

    def __init__(self) -> None:
        self._agreed: dict[str, list[Agreed]] = {}
        self._seen: set[bytes] = set()

    def settle(self, work: Work) -> list[tuple[int, str]]:
        """Learn names from revisions and take them off results; return the places that now say it twice."""
        if work.file.name == "revisions":
            texts = work.chunk.texts
            rows = zip(texts["goal_id"], texts["at"], texts["recorded_at"], texts["measure"], strict=True)  # fmt: skip
            _learn(self._agreed, ((goal, at, known or at, name) for goal, at, known, name in rows))
        elif work.file.name == "results" and "measure" in work.staged.present:
            return self._apply(work)
        return []

    def _apply(self, work: Work) -> list[tuple[int, str]]:
        texts = work.chunk.texts
        if any(texts["measure"]):
            stored: dict[str, list[Agreed]] = {}
            _learn(stored, outlet.measures(sorted(set(texts["goal_id"]))))
            rows = zip(texts["goal_id"], texts["at"], texts["recorded_at"], texts["measure"], strict=True)  # fmt: skip
            texts["measure"] = [
                "" if named and named == self._current(goal, known or at, stored) else named
                for goal, at, known, named in rows
            ]
        return self._repeated(work)

    def _current(self, goal: str, when: str, stored: dict[str, list[Agreed]]) -> str:
        """Return the measure that stood at a moment; the first one agreed where none did yet."""
        agreed = self._agreed.get(goal, []) + stored.get(goal, [])
        standing = [each for each in agreed if each[0] <= when and each[1] <= when]
        if standing:
            return max(standing)[2]
        return min(agreed)[2] if agreed else ""

    def _repeated(self, work: Work) -> list[tuple[int, str]]:
        found = []
        for place, identity in enumerate(identities(work.file, work.chunk)):
            told = digest(identity)
            if told in self._seen:
                found.append((place, TWICE))
            self._seen.add(told)
        return found


def _learn(agreed: dict[str, list[Agreed]], rows: Iterable[tuple[str, str, str, str]]) -> None:
    for goal, at, known, name in rows:
        if name:
            agreed.setdefault(goal, []).append((at, known, name))
