"""Reads money and plain numbers. Which mark parts the decimals is decided by a whole column.

`1,200` may be twelve hundred or one point two. Cells that can be only one thing settle it for their
column; where none does, the marks must agree with the file's delimiter, or it is asked.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from arbiter.connectors.tables.currencies import currency_of, is_shared
from arbiter.connectors.tables.dates import Unreadable

POINT = "point"
COMMA = "comma"

REMEDY = "Write the plain number, such as 1200.50."
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_SHAPE = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−])?(?P<before>[^\d\s()+\-−.,]{0,4}?)(?P<late>[-−])?"
    r"(?P<number>\d[\d.,]*|[.,]\d+)(?P<after>[^\d()+\-−.,]{0,4})(?P<close>\))?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the currency sign or code that stood beside it, if any."""

    value: Decimal
    mark: str = ""

    @property
    def currency(self) -> str | None:
        return currency_of(self.mark) if self.mark else None


@dataclass(slots=True)
class NumberEvidence:
    """What a column has shown so far about its decimal mark and its currency marks."""

    point: bool = False
    comma: bool = False
    ambiguous: str = ""
    ambiguous_mark: str = ""
    shared_mark: str = ""
    unmarked: bool = False

    def see(self, cell: str) -> None:
        shape = _SHAPE.fullmatch(_SPACES.sub("", cell))
        if not shape:
            return
        self._see_mark(shape["before"] or shape["after"])
        decimal = _decimal_mark(shape["number"])
        self.point = self.point or decimal == POINT
        self.comma = self.comma or decimal == COMMA
        if decimal == "either" and not self.ambiguous:
            self.ambiguous = cell.strip()
            self.ambiguous_mark = "," if "," in shape["number"] else "."

    def _see_mark(self, mark: str) -> None:
        if mark and is_shared(mark):
            self.shared_mark = self.shared_mark or mark
        elif not currency_of(mark):
            self.unmarked = True

    def decimal(self, delimiter: str) -> str | None:
        """The decimal mark, or None when it must be asked."""
        if self.point != self.comma:
            return POINT if self.point else COMMA
        if not self.ambiguous or (self.point and self.comma):
            return POINT
        if delimiter == ";" and self.ambiguous_mark == ".":
            return COMMA
        return POINT if delimiter != ";" and self.ambiguous_mark == "," else None


def read_amount(cell: str, decimal: str = POINT) -> Amount:
    """The amount in a cell: `USD 1,200.00`, `€1.200,50`, `1 200,50`, `(1,200)`.

    Raises:
        Unreadable: anything but one number and at most one currency mark.
    """
    text = _SPACES.sub("", cell)
    shape = _SHAPE.fullmatch(text)
    if not shape or bool(shape["open"]) != bool(shape["close"]):
        raise _unreadable(cell)
    mark = shape["before"] or shape["after"]
    if (shape["before"] and shape["after"]) or (mark and not _is_currency(mark)):
        raise _unreadable(cell)
    value = Decimal(_plain(shape["number"], decimal, cell))
    negative = bool(shape["open"]) or "-" in _signs(shape)
    return Amount(-value if negative else value, mark)


def read_number(cell: str, decimal: str = POINT) -> Decimal:
    """A plain number, no currency.

    Raises:
        Unreadable: anything else.
    """
    amount = read_amount(cell, decimal)
    if amount.mark:
        raise Unreadable(f"“{cell.strip()}” is not a plain number", REMEDY)
    return amount.value


def _signs(shape: re.Match[str]) -> str:
    return ((shape["sign"] or "") + (shape["late"] or "")).replace("−", "-")


def _is_currency(mark: str) -> bool:
    return is_shared(mark) or currency_of(mark) is not None


def _decimal_mark(number: str) -> str:
    """POINT or COMMA when the digits prove it, `either` when they do not, empty for a whole number."""
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return COMMA if number.rfind(",") > number.rfind(".") else POINT
    if not points and not commas:
        return ""
    own, other = (POINT, COMMA) if points else (COMMA, POINT)
    if points + commas > 1:
        return other
    whole, _, fraction = number.replace(",", ".").partition(".")
    thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return "either" if thousands else own


def _plain(number: str, decimal: str, cell: str) -> str:
    proved = _decimal_mark(number)
    mark = decimal if proved in ("", "either") else proved
    point, group = (".", ",") if mark == POINT else (",", ".")
    whole, _, fraction = number.partition(point)
    groups = whole.split(group)
    well_grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(part) == 3 for part in groups[1:])
    )
    if not well_grouped or group in fraction or point in fraction:
        raise _unreadable(cell)
    return f"{''.join(groups) or '0'}.{fraction}".rstrip(".")


def _unreadable(cell: str) -> Unreadable:
    text = cell.strip()
    if re.search(r"\d\s*(k|m|mio|mn|tsd|bn)\b", text, re.IGNORECASE):
        return Unreadable(f"“{text}” is a shortened amount", REMEDY)
    if re.search(r"/|\bper\b|\bp\.?\s?[am]\b", text, re.IGNORECASE):
        return Unreadable(
            f"“{text}” mixes an amount and a period",
            "Write the plain number, and choose in the mapping whether it is yearly or monthly.",
        )
    return Unreadable(f"“{text}” is not an amount", REMEDY)
