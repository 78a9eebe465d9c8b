"""One reader for each mapped column: from a cell to a value, by what the whole file has settled."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.tables.amounts import COMMA, POINT, Amount, read_amount, read_number
from arbiter.connectors.tables.blanks import is_nothing
from arbiter.connectors.tables.choices import colour_points, read_boolean, role_of
from arbiter.connectors.tables.currencies import currency_in_header, currency_of
from arbiter.connectors.tables.dates import DAY_FIRST, Unreadable, read_date, read_instant
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.keys import domain_of
from arbiter.connectors.tables.questions import Answers
from arbiter.connectors.tables.ratings import read_rating
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.records import Value
from arbiter.connectors.tables.shares import PERCENT, read_share
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind

Read = Callable[[str], Value | None]
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"“”]+@[^\s<>()\[\],;:\"“”]+\.[^\s<>()\[\],;:\"“”]+")
_COUNT = re.compile(r"(?P<count>\d+)(?:[.,]0+)?\s*(?P<unit>[^\W\d_]*)\.?")
_TEXTUAL = (Kind.TEXT, Kind.WORD)
_IN_MONTHS = {
    "month": 1,
    "monat": 1,
    "mois": 1,
    "mes": 1,
    "year": 12,
    "jahr": 12,
    "an": 12,
    "año": 12,
}
_IN_DAYS = {
    "day": 1,
    "tag": 1,
    "jour": 1,
    "día": 1,
    "week": 7,
    "woche": 7,
    "month": 30,
    "monat": 30,
    "mois": 30,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a cell stands, what it means, and how it is read."""

    column: Column
    target: str
    read: Read
    keeps_words: bool


def readers_of(
    table: Table, mapping: Mapping, findings: Findings, answers: Answers
) -> list[Reader]:
    """Readers of the columns that are taken, custom fields included."""
    readers = []
    for column, name in zip(table.columns, mapping.targets, strict=True):
        if name == SKIP:
            continue
        kind = Kind.TEXT if name == CUSTOM else mapping.target(column.position).kind
        read = _reader(kind, name, column, table, findings, answers)
        readers.append(Reader(column, name, read, kind in _TEXTUAL))
    return readers


def read_cell(reader: Reader, cell: str) -> Value | None:
    """The value of a cell, or None when it is empty.

    Raises:
        Unreadable: it is not clearly one value of its kind.
    """
    text = cell.strip()
    if not text or (not reader.keeps_words and is_nothing(text)):
        return None
    return reader.read(text)


def _reader(
    kind: Kind, name: str, column: Column, table: Table, findings: Findings, answers: Answers
) -> Read:
    at = column.position
    if kind in (Kind.DATE, Kind.INSTANT):
        evidence = findings.dates.get(at)
        order = answers.get(f"date_order:{at}") or (evidence and evidence.order) or DAY_FIRST
        reads = read_date if kind == Kind.DATE else read_instant
        return lambda cell: reads(cell, order)
    if kind in (Kind.MONEY, Kind.NUMBER, Kind.SCORE):
        seen = findings.numbers.get(at)
        decimal = answers.get(f"decimal:{at}") or (seen and seen.decimal(table.delimiter)) or POINT
        return _number_reader(kind, column, decimal)
    if kind == Kind.SHARE:
        share = findings.shares.get(at)
        scale = answers.get(f"share:{at}") or (share and share.scale) or PERCENT
        decimal = COMMA if table.delimiter == ";" else POINT
        return lambda cell: read_share(cell, scale, decimal)
    if kind == Kind.RATING:
        return lambda cell: read_rating(cell, name)
    if kind == Kind.WHOLE:
        return lambda cell: _read_whole(cell, name)
    return _PLAIN.get(kind, _text)


def _number_reader(kind: Kind, column: Column, decimal: str) -> Read:
    if kind == Kind.NUMBER:
        return lambda cell: read_number(cell, decimal)
    if kind == Kind.SCORE:
        return lambda cell: _read_score(cell, decimal)
    named = currency_in_header(column.name) or ""

    def read(cell: str) -> Value:
        amount = read_amount(cell, decimal)
        return amount if amount.currency or not named else Amount(amount.value, named)

    return read


def _read_score(cell: str, decimal: str) -> Value:
    points = colour_points(cell)
    if points is not None:
        return Decimal(points)
    text = cell.rstrip("% \u00a0")
    return read_number(
        text.split("/")[0] if re.fullmatch(r"[\d.,]+ ?/ ?\d+", text) else text, decimal
    )


def _read_whole(cell: str, name: str) -> Value:
    match = _COUNT.fullmatch(cell)
    units = {"contracts.term_months": _IN_MONTHS, "contracts.notice_days": _IN_DAYS}.get(name, {})
    if match and not match["unit"]:
        return Decimal(match["count"])
    word = match["unit"].casefold() if match else ""
    for unit in (
        word,
        word.removesuffix("s"),
        word.removesuffix("e"),
        word.removesuffix("en"),
        word.removesuffix("n"),
    ):
        if match and unit in units:
            return Decimal(match["count"]) * units[unit]
    if not units:
        return _whole(cell)
    raise Unreadable(f"“{cell}” is not a whole number", "Write a whole number.")


def _whole(cell: str) -> Value:
    value = read_number(cell)
    if value != value.to_integral_value() or value < 0:
        raise Unreadable(f"“{cell}” is not a whole number", "Write a whole number, such as 25.")
    return value


def _text(cell: str) -> Value:
    return cell


def _address(cell: str) -> Value:
    found = list(dict.fromkeys(address.casefold().strip(".") for address in _ADDRESS.findall(cell)))
    if not found:
        raise Unreadable(
            f"“{cell}” is not an e-mail address", "Write name@example.com, or leave it empty."
        )
    return ";".join(found)


def _domain(cell: str) -> Value:
    domain = domain_of(cell)
    if not domain:
        raise Unreadable(f"“{cell}” is not a domain", "Write it as example.com, or leave it empty.")
    return domain


def _currency(cell: str) -> Value:
    code = currency_of(cell)
    if code is None:
        raise Unreadable(
            f"“{cell}” is not clearly one currency", "Write its code of three letters, such as EUR."
        )
    return code


def _role(cell: str) -> Value | None:
    return role_of(cell.split(";")[0]) or "other"


_PLAIN: dict[Kind, Read] = {
    Kind.BOOLEAN: read_boolean,
    Kind.EMAIL: _address,
    Kind.DOMAIN: _domain,
    Kind.CURRENCY: _currency,
    Kind.ROLE: _role,
}
