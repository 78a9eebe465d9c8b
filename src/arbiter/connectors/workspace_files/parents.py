"""Customers that name a parent of the same file: who cannot be taken, before any row is written."""

from __future__ import annotations

from arbiter.connectors.workspace_files.registry import Registry
from arbiter.connectors.workspace_files.staging import Staged

GONE = "there is no customer with this key, neither in the files nor stored, or its row was rejected. Add it, or correct the key."
ROUND = "the parents go round in a circle. Leave one of them empty."


def orphans(staged: Staged, registry: Registry) -> dict[str, str]:
    """Return, by key, why a row's parent cannot be: it is nowhere, is itself refused, or is its own offspring."""
    if not staged.parents:
        return {}
    parents = dict(staged.parents)
    outside = {parent for parent in parents.values() if parent not in staged.keys}
    stored = registry.find(staged.file.name, outside)
    refused = {key: GONE for key, parent in parents.items() if parent in outside and parent not in stored}  # fmt: skip
    refused.update(dict.fromkeys(_in_circles(parents), ROUND))
    while True:
        more = {key: GONE for key, parent in parents.items() if parent in refused and key not in refused}  # fmt: skip
        if not more:
            return refused
        refused.update(more)


def _in_circles(parents: dict[str, str]) -> set[str]:
    """Return the keys whose line of parents comes back to them."""
    found: set[str] = set()
    settled: set[str] = set()
    for key in parents:
        path: list[str] = []
        while key in parents and key not in settled and key not in path:
            path.append(key)
            key = parents[key]
        if key in path:
            found.update(path[path.index(key) :])
        settled.update(path)
    return found
