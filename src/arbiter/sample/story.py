"""All that the other parts need to know of one customer while they write about it."""

from dataclasses import dataclass

from arbiter.sample.days import YESTERDAY
from arbiter.sample.lives import Term
from arbiter.sample.physics import Truth
from arbiter.sample.scribe import Person, Scribe

DECIDERS = ("decision_maker", "sponsor", "champion")
STAGES = {90: "onboarding", 270: "adoption", 540: "value"}


@dataclass(frozen=True)
class Story:
    """One customer: its truth, its terms, its people, and who writes it all down."""

    scribe: Scribe
    segment: str
    truth: Truth
    terms: list[Term]
    people: list[Person]

    @property
    def since(self) -> int:
        """Return the day it became a customer."""
        return self.terms[0].starts

    @property
    def last(self) -> Term:
        """Return its present term, or the one at whose end it left."""
        return self.terms[-1]

    @property
    def turned_away(self) -> int:
        """Return the last day on which it worked toward its goals: the notice, or the present."""
        if self.last.is_lost and self.last.decided is not None:
            return min(self.last.decided, YESTERDAY - 2)
        return YESTERDAY - 2

    @property
    def over(self) -> int:
        """Return the last day on which anything is known of it."""
        return min(self.last.ends, YESTERDAY - 2) if self.last.is_lost else YESTERDAY - 2

    @property
    def champion(self) -> str:
        """Return what the team calls the person it talks to most."""
        return next(
            (one.first_name for one in self.people if one.role == "champion"), "Our contact"
        )

    def there(self, day: int) -> list[Person]:
        """Return the people who worked there on that day."""
        return [person for person in self.people if person.is_there(day)]

    def deciders(self, day: int) -> list[Person]:
        """Return those there whose goal it may be."""
        return [person for person in self.there(day) if person.role in DECIDERS]

    def stage(self, day: int) -> str:
        """Return where it was in its life."""
        return stage(self.since, day)


def stage(since: int, day: int) -> str:
    """Return where a customer that came on one day is in its life on another."""
    return next((name for days, name in STAGES.items() if day - since < days), "growth")
