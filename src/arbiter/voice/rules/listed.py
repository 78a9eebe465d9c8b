"""A line of a list of addresses that are not to be written to, as it stands in a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

SCOPES = ("surveys", "education", "all")
CAUSES = ("unsubscribed", "bounced", "complained", "imported", "by_us")
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
HASH = re.compile(r"[0-9a-f]{64}")


class Unreadable(ValueError):
    """The line cannot be read; the text says why."""


@dataclass(frozen=True)
class Listed:
    """An address, or what is kept of one that was erased, and since when, why and of what it is spared."""

    address: str
    address_hash: str
    scope: str
    cause: str
    at: datetime
    detail: str = ""
    lifted_at: datetime | None = None


def read(cells: dict[str, str], *, at: datetime) -> Listed:
    """Read a line, by the names of its columns. What a list from elsewhere leaves open: everything, imported, now.

    Raises:
        Unreadable: there is no address, or a cell says something nobody knows.
    """
    address, kept = cells.get("address", "").strip(), cells.get("address_hash", "").strip().lower()
    if address and not ADDRESS.fullmatch(address):
        raise Unreadable(f"{address} is no mail address.")
    if not address and not HASH.fullmatch(kept):
        raise Unreadable("There is neither an address nor the hash of one.")
    since = _moment(cells.get("at", "")) or at
    return Listed(
        address=address,
        address_hash="" if address else kept,
        scope=_one_of(SCOPES, cells.get("scope", ""), "all"),
        cause=_one_of(CAUSES, cells.get("cause", ""), "imported"),
        at=min(since, at),
        detail=cells.get("detail", "").strip()[:300],
        lifted_at=_moment(cells.get("lifted_at", "")),
    )


def _one_of(known: tuple[str, ...], said: str, usual: str) -> str:
    word = said.strip().lower().replace(" ", "_")
    if word and word not in known:
        raise Unreadable(f"{said.strip()} is none of {', '.join(known)}.")
    return word or usual


def _moment(said: str) -> datetime | None:
    if not said.strip():
        return None
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError as wrong:
        raise Unreadable(f"{said.strip()} is no moment such as 2026-06-01T09:00:00Z.") from wrong
    return found if found.tzinfo else found.replace(tzinfo=UTC)
