"""What we know of customers, in words: goals in their words, what they confirmed, who decides."""

from __future__ import annotations

from dataclasses import dataclass

from arbiter.forecast.queries.facets import Known
from arbiter.ui import wording


@dataclass(frozen=True)
class Coverage:
    """Counts and shares as a tile tells them: of fewer than twenty, counts."""

    known: Known
    customers: int

    @property
    def wanted(self) -> str:
        """Of how many customers any goal is written down."""
        return wording.share(self.known.with_goal, self.customers)

    @property
    def of_customers(self) -> str:
        """The base, where a percentage hides it."""
        return f"of {self.customers:,} customers" if self.customers >= wording.FEW else "customers"

    @property
    def words(self) -> str:
        """How many of the goals are put as the customer put them."""
        if not self.known.goals:
            return "No goal is written down yet."
        share = wording.share(self.known.own_words, self.known.goals)
        base = f" of {self.known.goals:,}" if self.known.goals >= wording.FEW else ""
        return f"{share}{base} goals in their own words."

    @property
    def confirmed(self) -> str:
        """How many goals they say they got."""
        return f"{self.known.confirmed:,} of {self.known.goals:,}"

    @property
    def unjudged(self) -> str:
        """How many nobody judged lately."""
        return f"{self.known.unjudged:,} never judged, or too long ago."

    @property
    def heard(self) -> str:
        """At how many customers who decides has answered."""
        return wording.share(self.known.heard, self.customers)

    @property
    def silent(self) -> str:
        """Where nobody who decides has answered, or is known."""
        unknown = self.customers - self.known.heard - self.known.silent
        return f"{self.known.silent:,} silent, {unknown:,} where nobody knows who decides."
