"""One row of a foreign file, read: what it says by target, before it becomes workspace rows."""

from datetime import date, datetime
from decimal import Decimal

from arbiter.connectors.tables.amounts import Amount

Value = str | date | datetime | Decimal | bool | Amount


class LeftOut(Exception):
    """A row that is left out on purpose. Its text is the reason, counted in the report."""


class RowRefused(Exception):
    """A row that cannot be taken: reason and remedy, and the target it is about."""

    def __init__(self, reason: str, remedy: str, *, target: str = "") -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.target = target


class Record(dict[str, Value]):
    """Target name → value. Empty cells are absent."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line

    def text(self, target: str) -> str:
        value = self.get(target, "")
        return value if isinstance(value, str) else str(value)

    def day(self, target: str) -> date | None:
        value = self.get(target)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def number(self, target: str) -> Decimal | None:
        value = self.get(target)
        if isinstance(value, Amount):
            return value.value
        return value if isinstance(value, Decimal) else None

    def take(self, target: str) -> str:
        """The text of a target, which is then gone from the record."""
        text = self.text(target)
        self.pop(target, None)
        return text

    def forget(self, group: str) -> None:
        """Drop all that was said of a group, such as the contract."""
        for target in [target for target in self if target.startswith(f"{group}.")]:
            del self[target]
