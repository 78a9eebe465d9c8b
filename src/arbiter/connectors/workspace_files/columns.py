"""What a column is: what it holds, whether every row needs it, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

from arbiter.connectors.workspace_files import cells
from arbiter.connectors.workspace_files.cells import Kind

PEOPLE = "people"


@dataclass(frozen=True)
class Column:
    """A column: what it holds, whether every row must have it, and which file's key it names.

    `agrees` names the column whose row the one referred to must belong to; else it is the row's customer.
    """

    name: str
    kind: Kind
    required: bool = False
    to: str = ""
    many: bool = False
    agrees: str = ""


WORD = cells.text(100)
NAME = cells.text(200)
TEXT = cells.text()
KEY = cells.KEY
DAY = Kind(cells.day, parquet="date")
INSTANT = Kind(cells.instant, parquet="instant")
MONEY = cells.decimal(2)
AMOUNT = cells.decimal(2, low=0)
NUMBER = cells.decimal(6)
RATE = cells.decimal(8)
BOOLEAN = Kind(cells.boolean, parquet="boolean")
CURRENCY = Kind(cells.currency)
COLLEAGUE = Kind(cells.colleague)
SCALE = Kind(cells.scale)
PROBABILITY = Kind(cells.probability, parquet="number")
ASK_KIND = cells.choice(("intent", "nps", "csat", "ces", "goal", "check_in", "verdict", "custom"))


def key(name: str) -> Column:
    """A column that holds the row's own key."""
    return Column(name, KEY, required=True)


def of(name: str, to: str, *, required: bool = True, agrees: str = "") -> Column:
    """A column that names a row of another file."""
    return Column(name, KEY, required=required, to=to, agrees=agrees)


def who(name: str, *, required: bool = False) -> Column:
    """A column that names one of our own people by their address."""
    return Column(name, COLLEAGUE, required=required, to=PEOPLE)


AT = Column("at", INSTANT, required=True)
RECORDED_AT = Column("recorded_at", INSTANT)
MADE_AT = Column("made_at", INSTANT, required=True)
ARCHIVED_AT = Column("archived_at", INSTANT)
LANGUAGE = Column("language", cells.text(20))
