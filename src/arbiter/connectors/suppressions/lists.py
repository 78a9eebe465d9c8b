"""Lists of addresses as CSV: read from any tool that has one, written so that they can be read again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from arbiter.accounts.queries import contacts
from arbiter.connectors.tables.writing import harmless
from arbiter.voice.queries import suppressions
from arbiter.voice.rules import listed
from arbiter.voice.rules.listed import Listed

COLUMNS = ("address", "address_hash", "scope", "cause", "at", "detail", "lifted_at")
# What other tools call an address.
NAMES = {"email": "address", "e-mail": "address", "email address": "address", "mail": "address"}
ALL, UNSUBSCRIBED = "all", "unsubscribed"
AT_ONCE = 1_000


@dataclass
class Read:
    """What a list says, and the lines that say nothing that can be read: their numbers and why."""

    lines: list[Listed] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def read(data: bytes, *, at: datetime) -> Read:
    """Read every line of a list."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    header = [NAMES.get(name, name) for name in (cell.strip().lower() for cell in next(rows, []))]
    if not {"address", "address_hash"} & set(header):
        return Read(wrong=[(1, "There is no column address.")])
    found = Read()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(header, (_plain(cell) for cell in row), strict=False))
        try:
            found.lines.append(listed.read(cells, at=at))
        except listed.Unreadable as problem:
            found.wrong.append((rows.line_num, str(problem)))
    return found


def write(to: TextIO) -> int:
    """Write whatever holds and whatever was lifted, and who wants no mail at all. Returns how many lines."""
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for cells in (*_kept(), *_unsubscribed()):
        writer.writerow([harmless(cell) for cell in cells])
        count += 1
    return count


def _kept() -> Iterator[list[str]]:
    for kept in suppressions.all_of_them().order_by("pk").iterator(chunk_size=AT_ONCE):
        moments = {"at": kept.at.isoformat()}
        moments["lifted_at"] = kept.lifted_at.isoformat() if kept.lifted_at else ""
        yield [moments.get(name) or str(getattr(kept, name) or "") for name in COLUMNS]


def _unsubscribed() -> Iterator[list[str]]:
    """Contacts who said it to us themselves stand with the contact, not in the list: elsewhere they belong to it."""
    found = contacts.unsubscribed().order_by("pk").values_list("email", "unsubscribed_at")
    for address, since in found.iterator(chunk_size=AT_ONCE):
        kept = suppressions.hash_of(address)
        at = since.isoformat() if since else ""
        yield [address, kept, ALL, UNSUBSCRIBED, at, "", ""]


def _plain(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
