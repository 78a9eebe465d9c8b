"""Reads a cell into its one canonical text, or says why it cannot be read and what to write instead.

Canonical means: the text an export would write for the same value. So two files that say the same thing in
different spellings (`1200`, `1200.00`) are the same, and importing twice changes nothing.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from arbiter.connectors.workspace_files.currencies import ISO_4217
from arbiter.foundation.outlet import decimal_text, float_text, instant_text, json_text, listed

# SQLite keeps a decimal as a double: what has more digits would come back as another number.
MOST_DIGITS = 15
MOST_MONEY = 10**14
MOST_REMEMBERED = 200_000

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")
_NO_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_SCALE = re.compile(r"(\d{1,3})-(\d{1,3})", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")

ReadOne = Callable[[str], str]
Bad = list[tuple[int, str]]


class Unreadable(ValueError):
    """A cell that cannot be read. Its text gives the reason and the remedy."""


@dataclass(frozen=True)
class Kind:
    """What a column holds: how one cell is read; without that it is text of at most `longest` characters,
    which `strips` leaves without outer spaces.

    `parquet` is what a Parquet file keeps it as; text unless it says otherwise.
    """

    one: ReadOne | None = None
    longest: int = 0
    strips: bool = False
    parquet: str = ""


KEY = Kind(longest=200, strips=True)


class Reader:
    """Reads the cells of one column, each distinct spelling once."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._seen: dict[str, str] = {}

    def read(self, cells: Sequence[str]) -> tuple[Sequence[str], Bad]:
        """Return the canonical texts, and place and reason of the cells that cannot be read."""
        if self._kind.one is None:
            return self._texts(cells)
        seen = self._seen
        try:
            return [seen[cell] for cell in cells], []
        except KeyError:
            return self._read_new(cells)

    def _read_new(self, cells: Sequence[str]) -> tuple[Sequence[str], Bad]:
        seen, one = self._seen, self._kind.one
        assert one is not None
        if len(seen) > MOST_REMEMBERED:
            seen.clear()
        texts, bad = [], []
        for place, cell in enumerate(cells):
            text = seen.get(cell)
            if text is None:
                try:
                    text = seen[cell] = one(cell.strip()) if cell.strip() else ""
                except Unreadable as problem:
                    bad.append((place, str(problem)))
                    text = ""
            texts.append(text)
        return texts, bad

    def _texts(self, cells: Sequence[str]) -> tuple[Sequence[str], Bad]:
        longest = self._kind.longest
        if self._kind.strips:
            cells = [cell.strip() for cell in cells]
        whole = "".join(cells)
        blank = any(map(str.isspace, cells))
        if "\0" not in whole and not blank and (not longest or max(map(len, cells)) <= longest):
            return cells, []
        return self._each_text(cells, longest)

    @staticmethod
    def _each_text(cells: Sequence[str], longest: int) -> tuple[Sequence[str], Bad]:
        bad = []
        for place, cell in enumerate(cells):
            if "\0" in cell:
                bad.append((place, "there is a NUL character in it. Remove it."))
            elif longest and len(cell) > longest:
                bad.append((place, f"it is {len(cell)} characters long. Keep it to {longest}."))
        return ["" if cell.isspace() else cell for cell in cells], bad


def text(longest: int = 0) -> Kind:
    """Text as it stands; only spaces count as nothing."""
    return Kind(longest=longest)


def key(cell: str) -> str:
    """Return a key without outer spaces."""
    if len(cell) > 200:
        raise Unreadable(f"the key is {len(cell)} characters long. Keep keys to 200.")
    if "\0" in cell:
        raise Unreadable("there is a NUL character in it. Remove it.")
    return cell


def day(cell: str) -> str:
    """Return a date as it is: only `YYYY-MM-DD` is one.

    >>> day("2026-02-28")
    '2026-02-28'
    """
    try:
        if _DATE.fullmatch(cell):
            return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise Unreadable("there is no such day. Correct it.") from None
    raise Unreadable("it is not a date. Write it as YYYY-MM-DD.")


def instant(cell: str) -> str:
    """Return an instant in UTC; a date alone is the start of that day.

    >>> instant("2026-02-28T12:00:00+02:00"), instant("2026-02-28")
    ('2026-02-28T10:00:00Z', '2026-02-28T00:00:00Z')
    """
    if _DATE.fullmatch(cell):
        return f"{day(cell)}T00:00:00Z"
    found = _INSTANT.fullmatch(cell)
    if not found:
        if _NO_ZONE.fullmatch(cell):
            raise Unreadable("it does not say in which time zone. Add Z, or an offset such as +02:00.")  # fmt: skip
        raise Unreadable("it is not an instant. Write it as YYYY-MM-DDTHH:MM:SSZ.")
    on, clock, fraction, zone = found.groups()
    spelled = f"{on}T{clock}{(fraction or '')[:7]}{zone.upper()}"
    try:
        return instant_text(datetime.fromisoformat(spelled).astimezone(UTC))
    except (ValueError, OverflowError):
        raise Unreadable("there is no such instant. Correct it.") from None


def decimal(places: int, *, low: int | None = None) -> Kind:
    """A number; more decimal places than are kept are refused where it is money, rounded elsewhere."""

    def read(cell: str) -> str:
        if plain := _plain(cell, places):
            return plain
        number = _number(cell)
        if low is not None and number < low:
            raise Unreadable(f"it is below {low}. Correct it, or leave it empty if it is unknown.")
        kept = number.quantize(Decimal(1).scaleb(-places))
        if places == 2 and kept != number:
            raise Unreadable("an amount has at most 2 decimal places. Round it.")
        text = decimal_text(kept)
        if len(text.strip("-").replace(".", "").lstrip("0")) > MOST_DIGITS:
            raise Unreadable(f"it has more than {MOST_DIGITS} digits. Round it.")
        if places == 2 and abs(kept) >= MOST_MONEY:
            raise Unreadable("it is more than any amount that is kept. Correct it.")
        return text

    return Kind(read, parquet="number")


def probability(cell: str) -> str:
    """Return a probability, kept to four places.

    >>> probability("0.850")
    '0.85'
    """
    number = _number(cell)
    if not 0 <= number <= 1:
        raise Unreadable("a probability lies between 0 and 1. Write 0.85 for 85 %.")
    return decimal_text(number.quantize(Decimal("0.0001")))


def measured(cell: str) -> str:
    """Return any finite number."""
    try:
        number = float(cell) if cell.isascii() and "_" not in cell else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unreadable("it is not a number. Write it plainly, with a point: 1200.5.")
    return float_text(number)


def whole(highest: int = 2_147_483_647) -> Kind:
    """A whole number from 0."""

    def read(cell: str) -> str:
        number = _number(cell)
        if number < 0:
            raise Unreadable("it is below 0. Correct it, or leave it empty if it is unknown.")
        if number != int(number) or number > highest:
            raise Unreadable(f"it is not a whole number up to {highest}. Correct it.")
        return str(int(number))

    return Kind(read, parquet="whole")


def boolean(cell: str) -> str:
    """Return `true` or `false`."""
    if cell.lower() in {"true", "false"}:
        return cell.lower()
    raise Unreadable("it is neither true nor false. Write true or false.")


def choice(choices: Iterable[str]) -> Kind:
    """One word of some."""
    known = tuple(choices)

    def read(cell: str) -> str:
        if cell.lower() in known:
            return cell.lower()
        raise Unreadable(f"it is none of the words known here. Use {_either(known)}.")

    return Kind(read)


def currency(cell: str) -> str:
    """Return an ISO 4217 code."""
    if cell.upper() in ISO_4217:
        return cell.upper()
    raise Unreadable("it is not a currency. Use the three letters of ISO 4217, such as EUR.")


def json_value(cell: str) -> Any:
    """Return what a JSON cell says.

    Raises:
        Unreadable: it is no JSON that every database keeps.
    """
    try:
        value = json.loads(cell)
        whole = json_text(value)
        whole.encode()
    except (ValueError, RecursionError):
        raise Unreadable("it is no JSON. Write it as an export does.") from None
    if "\\u0000" in whole:
        raise Unreadable("there is a NUL character in it. Remove it.")
    return value


def json_of(kind: type) -> Kind:
    """A JSON object (`dict`) or array (`list`), its names in order."""
    noun = "object, in { }" if kind is dict else "array, in [ ]"

    def read(cell: str) -> str:
        value = json_value(cell)
        if not isinstance(value, kind):
            raise Unreadable(f"it is no JSON {noun}. Correct it.")
        return json_text(value)

    return Kind(read)


def json_object_as_it_is(cell: str) -> str:
    """Return a JSON object letter by letter as somebody gave it.

    >>> json_object_as_it_is('{"why":  "slow"}')
    '{"why":  "slow"}'
    """
    if not isinstance(json_value(cell), dict):
        raise Unreadable("it is no JSON object, in { }. Correct it.")
    return cell


def scale(cell: str) -> str:
    """Return a scale of whole numbers.

    >>> scale("0-10")
    '0-10'
    """
    found = _SCALE.fullmatch(cell)
    if not found or int(found[1]) >= int(found[2]):
        raise Unreadable("it is no scale. Use 0-10, 1-5, 1-7, 1-10 or another range like them.")
    return f"{int(found[1])}-{int(found[2])}"


def zone(cell: str) -> str:
    """Return a time zone by its name of the IANA."""
    if cell in _zones():
        return cell
    raise Unreadable("it is no time zone. Use a name such as Europe/Berlin.")


def email(cell: str) -> str:
    """Return an address."""
    if len(cell) <= 254 and _EMAIL.fullmatch(cell):
        return cell
    raise Unreadable("it is not a mail address. Correct it, or leave it empty.")


def colleague(cell: str) -> str:
    """Return the address of one of our own people, in lower case: nobody exists twice."""
    return email(cell).lower()


def keys(cell: str) -> str:
    """Return keys parted by `;` in order, each once.

    >>> keys("ben; ana;ben")
    'ana;ben'
    """
    return listed(sorted(set(parted(cell))))


def parted(cell: str) -> list[str]:
    """Return the keys of a cell."""
    if not cell:
        return []
    try:
        found = next(csv.reader([cell], delimiter=";"))
    except csv.Error:
        raise Unreadable("it is not a list of keys. Part them by a semicolon.") from None
    return [key(one.strip()) for one in found if one.strip()]


@cache
def _zones() -> set[str]:
    return available_timezones()


def _plain(cell: str, places: int) -> str:
    """Return a number whose spelling is canonical but for zeros; empty where it takes a closer look."""
    whole, point, fraction = cell.partition(".")
    if not (cell.isascii() and whole.isdigit() and len(whole) <= MOST_DIGITS - places):
        return ""
    if point and not (fraction.isdigit() and len(fraction) <= places):
        return ""
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise Unreadable("it is not a number. Write it plainly, with a point: 1200.5.")
    try:
        number = Decimal(cell)
        number.quantize(Decimal("0.000001"))
    except InvalidOperation:
        raise Unreadable(f"it has more than {MOST_DIGITS} digits. Round it.") from None
    return number


def _either(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + f" or {words[-1]}" if len(words) > 1 else words[0]
