"""Behaviour sets in words a file can hold: which events, how often, how many of them, in how many periods running."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")


class Behaviour(Struct, frozen=True, forbid_unknown_fields=True):
    """An event that has to be seen so many times, in each period where the rule names one."""

    event: str
    times: int = 1

    def __post_init__(self) -> None:
        if not self.event:
            raise ValueError("A behaviour names its event.")
        if self.times < 1:
            raise ValueError("A behaviour is seen at least once.")


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """All of some behaviours, or `need` of them, ever or in each of `consecutive` periods running.

    Five invoices in three consecutive months: `{"of": [{"event": "Invoice Sent", "times": 5}], "per": "month",
    "consecutive": 3}`. Without `need` all are needed; without `per` they may lie anywhere in time.
    """

    of: list[Behaviour] = field(default_factory=list)
    need: int | None = None
    per: Period | None = None
    consecutive: int = 1

    def __post_init__(self) -> None:
        if not self.of:
            raise ValueError("A behaviour set has at least one event.")
        if len({one.event for one in self.of}) < len(self.of):
            raise ValueError("A behaviour set names each event once.")
        if not 1 <= self.needed <= len(self.of):
            raise ValueError(f"Of {len(self.of)} behaviours, 1 to {len(self.of)} can be needed.")
        if self.consecutive < 1:
            raise ValueError("A behaviour set is done in at least one period.")
        if self.per is None and self.consecutive > 1:
            raise ValueError("Consecutive periods need to be days, weeks or months.")

    @property
    def needed(self) -> int:
        """How many of the behaviours complete the set."""
        return len(self.of) if self.need is None else self.need

    @property
    def events(self) -> list[str]:
        """The names of the events, sorted."""
        return sorted(one.event for one in self.of)
