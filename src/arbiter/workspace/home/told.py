"""The headline in words: money, belief and the customers' yes, and what to say where one of them is missing."""

from __future__ import annotations

from dataclasses import dataclass

from arbiter.forecast.queries.headline import Headline
from arbiter.ui import wording


@dataclass(frozen=True)
class Told:
    """What the headline says. A share of fewer than twenty customers is told as money and counts."""

    seen: Headline

    @property
    def of_few(self) -> bool:
        """Whether so few customers are due that a percentage would say too much."""
        return self.seen.customers < wording.FEW

    @property
    def has_money(self) -> bool:
        """Whether any amount is known."""
        return bool(self.seen.due_arr)

    @property
    def due(self) -> str:
        """The money that is due, in short."""
        return self._money(self.seen.due_arr)

    @property
    def believed(self) -> str:
        """What we believe stays; empty where nobody said so."""
        if self.seen.believed_share is None:
            return ""
        if self.of_few:
            return self._money(self.seen.believed_arr)
        return wording.percent(self.seen.believed_share)

    @property
    def yes(self) -> str:
        """For how much customers have told us yes."""
        if self.of_few or not self.seen.yes_arr:
            return self._money(self.seen.yes_arr)
        return wording.percent(self.seen.yes_share)

    @property
    def points(self) -> int | None:
        """The gap in whole points, as the two shares are shown."""
        if self.of_few or self.seen.believed_share is None or self.seen.yes_share is None:
            return None
        return round(self.seen.believed_share * 100) - round(self.seen.yes_share * 100)

    @property
    def unbelieved(self) -> int:
        """Of how many contracts with a value nobody said what we believe."""
        return self.seen.valued_contracts - self.seen.believed_contracts

    @property
    def said_yes(self) -> int:
        """How many customers said yes."""
        return self.seen.states["yes"].customers

    def _money(self, amount: object) -> str:
        return wording.money(str(amount), self.seen.currency)
