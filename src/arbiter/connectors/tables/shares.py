"""Reads probabilities written as `85%`, `0.85` or `85`: one column, one scale."""

from dataclasses import dataclass
from decimal import Decimal

from arbiter.connectors.tables.amounts import read_number
from arbiter.connectors.tables.dates import Unreadable

FRACTION = "fraction"
PERCENT = "percent"
REMEDY = "Write a chance between 0 % and 100 %, such as 85%."


@dataclass(slots=True)
class ShareEvidence:
    """What a column has shown so far about its scale."""

    between: bool = False
    above_one: bool = False
    ambiguous: str = ""

    def see(self, cell: str) -> None:
        text = cell.strip()
        if text.endswith("%"):
            return
        try:
            value = read_number(text)
        except Unreadable:
            return
        self.between = self.between or 0 < value < 1
        self.above_one = self.above_one or value > 1
        if value == 1 or 0 < value < 1:
            self.ambiguous = self.ambiguous or text

    @property
    def scale(self) -> str | None:
        """The scale, or None when it must be asked: only 0 and 1, or both kinds in one column."""
        if self.between != self.above_one:
            return FRACTION if self.between else PERCENT
        return None if self.ambiguous else PERCENT


def read_share(cell: str, scale: str, decimal: str = "point") -> Decimal:
    """A chance in [0, 1].

    Raises:
        Unreadable: no number, or outside 0 % to 100 %.
    """
    text = cell.strip()
    percent = text.endswith("%") or scale == PERCENT
    value = read_number(text.rstrip("% \u00a0\u202f"), decimal)
    share = value / 100 if percent else value
    if not 0 <= share <= 1:
        raise Unreadable(f"“{text}” is not a chance between 0 % and 100 %", REMEDY)
    return share
