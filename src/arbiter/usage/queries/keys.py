"""Who holds a key, looked up once in a few seconds: every request of a client asks.

What is remembered is forgotten after SECONDS, in every process by itself: a key that was revoked is refused then.
"""

from __future__ import annotations

import threading
import time
from typing import NamedTuple, TypeVar

from arbiter.foundation import sealing
from arbiter.usage.models import Kind, Source
from arbiter.usage.rules import keys

SECONDS = 3.0
_MOST_REMEMBERED = 10_000
_Name = TypeVar("_Name", str, int)


class Holder(NamedTuple):
    """What the door needs to know of a source."""

    source_id: int
    kind: str
    origins: frozenset[str]
    sealed_key: str

    @property
    def is_public(self) -> bool:
        """Whether everyone can read its key."""
        return self.kind == Kind.BROWSER

    def secret(self) -> str:
        """Return the key itself, with which a webhook signs.

        Raises:
            Unopenable: it was sealed with another SECRET_KEY.
        """
        return sealing.unseal(self.sealed_key)


_held: dict[str, tuple[float, Holder]] = {}
_numbered: dict[int, tuple[float, Holder]] = {}
_origins: tuple[float, frozenset[str] | None] | None = None
_changing = threading.Lock()
_COLUMNS = ("pk", "kind", "origins", "sealed_key")


def holder(key: str) -> Holder | None:
    """Return who holds a key that is not revoked."""
    hashed = keys.hash_of(key)
    remembered = _held.get(hashed)
    if remembered and remembered[0] > time.monotonic():
        return remembered[1]
    found = _one(key_hash=hashed)
    _remember(_held, hashed, found)
    return found


def numbered(source_id: int) -> Holder | None:
    """Return a source by its number, which is no secret: whoever names it must show that they have the key."""
    remembered = _numbered.get(source_id)
    if remembered and remembered[0] > time.monotonic():
        return remembered[1]
    found = _one(pk=source_id)
    _remember(_numbered, source_id, found)
    return found


def may_come_from(origin: str) -> bool:
    """Say whether some browser source takes events from an origin: a preflight comes before its key is known."""
    global _origins
    if _origins is None or _origins[0] <= time.monotonic():
        _origins = (time.monotonic() + SECONDS, _all_origins())
    return _origins[1] is None or origin in _origins[1]


def forget() -> None:
    """Forget what this process remembers."""
    global _origins
    with _changing:
        _held.clear()
        _numbered.clear()
        _origins = None


def _one(**which: str | int) -> Holder | None:
    row = Source.objects.filter(revoked_at=None, **which).values_list(*_COLUMNS).first()
    if row is None:
        return None
    pk, kind, origins, sealed = row
    return Holder(pk, kind, frozenset(origins), sealed)


def _remember(memory: dict[_Name, tuple[float, Holder]], name: _Name, found: Holder | None) -> None:
    with _changing:
        if found is None:
            memory.pop(name, None)
            return
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        memory[name] = (time.monotonic() + SECONDS, found)


def _all_origins() -> frozenset[str] | None:
    """Every origin that browser sources list; None where one lists none and so takes all."""
    lists = list(
        Source.objects.filter(kind=Kind.BROWSER, revoked_at=None).values_list("origins", flat=True)
    )
    return None if [] in lists else frozenset(origin for each in lists for origin in each)
