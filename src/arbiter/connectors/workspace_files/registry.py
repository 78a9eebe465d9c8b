"""Who is who during an import: the ids behind keys and addresses, whether stored before or by this import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arbiter.connectors.workspace_files.spec import FILES, PEOPLE
from arbiter.foundation import outlet
from arbiter.foundation.actions import named

MOST_LOOKED_UP = 200_000
Known = tuple[int, int]


class Registry:
    """Finds id and owner of what a cell names.

    The owner is what references must agree on: the customer of a contact, contract, goal or answer, the
    contact of an ask. In a dry run new rows get ids below zero, which no table has.
    """

    def __init__(self, *, writes: bool) -> None:
        self.people: dict[str, Known] = {}
        self.new_people: list[int] = []
        self._writes = writes
        self._own: dict[str, dict[str, Known]] = {}
        self._looked_up: dict[str, dict[str, Known]] = {}
        self._last_unreal = 0

    def remember(self, noun: str, keys: Iterable[str], known: Iterable[Known]) -> None:
        """Keep the rows of this import, for the files that refer to them."""
        self._own.setdefault(noun, {}).update(zip(keys, known, strict=True))

    def forget(self, noun: str) -> None:
        """Let go of rows that nothing refers to any more."""
        self._own.pop(noun, None)
        self._looked_up.pop(noun, None)

    def unreal(self, count: int) -> list[int]:
        """Return ids for rows that are not going to be written."""
        self._last_unreal -= count
        return list(range(self._last_unreal, self._last_unreal + count))

    def find(self, noun: str, keys: Iterable[str]) -> Mapping[str, Known]:
        """Return what is known of some keys; one that is missing names nothing."""
        if noun == PEOPLE:
            return self._find_people(set(keys) - {""})
        own = self._own.get(noun, {})
        cached = self._looked_up.setdefault(noun, {})
        wanted = set(keys)
        wanted.discard("")
        if own and wanted <= own.keys():
            return own
        unknown = [key for key in wanted if key not in own and key not in cached]
        if len(cached) + len(unknown) > MOST_LOOKED_UP:
            cached.clear()
            unknown = [key for key in wanted if key not in own]
        if unknown:
            cached.update(outlet.there(FILES[noun].intake.shape, unknown))
        return {key: own.get(key) or cached[key] for key in wanted if key in own or key in cached}

    def _find_people(self, emails: set[str]) -> Mapping[str, Known]:
        unknown = sorted(emails - self.people.keys())
        if unknown:
            there = named.ids_of(unknown)
            missing = [email for email in unknown if email not in there]
            if missing and self._writes:
                made = named.add(missing)
                self.new_people += made.values()
                there.update(made)
            elif missing:
                there.update(zip(missing, self.unreal(len(missing)), strict=True))
            self.people.update((email, (pk, pk)) for email, pk in there.items())
        return self.people
