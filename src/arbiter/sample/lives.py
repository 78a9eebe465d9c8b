"""The terms of a customer, one after the other, until it leaves or the present is reached."""

from dataclasses import dataclass, replace
from typing import Any

from arbiter.sample import physics, words
from arbiter.sample.dice import Dice
from arbiter.sample.physics import Truth
from arbiter.sample.scribe import Person

YEARLY = {"SMB": (7_000, 30_000), "Mid-market": (28_000, 85_000), "Enterprise": (95_000, 240_000)}
SEAT_PRICE = {"SMB": 2_100, "Mid-market": 1_500, "Enterprise": 1_600}
PLANS = {"SMB": "Team", "Mid-market": "Business", "Enterprise": "Enterprise"}
PRODUCTS = {
    "Close": 0.35,
    "Invoicing": 0.3,
    "Leakage": 0.15,
    "Audit": 0.12,
    "Close and Invoicing": 0.08,
}
STILL_UNDECIDED = 0.25  # of the terms that ended in the last weeks


@dataclass(frozen=True)
class Term:
    """One contract: its days counted from today, its yearly value, the truth behind it, and how it ended."""

    starts: int
    ends: int
    arr: int
    seats: int
    attained: float
    aware: float
    chance: float
    leaving: bool = False  # what only the customer knows before it is decided
    decision: str | None = None
    decided: int | None = None
    new_arr: int | None = None
    reason: str | None = None
    cause: str | None = None
    avoidable: bool | None = None

    @property
    def is_lost(self) -> bool:
        """Return whether the customer left at the end of this term."""
        return self.decision == "churned"


def live(dice: Dice, truth: Truth, *, since: int, segment: str, people: list[Person]) -> list[Term]:
    """Return all terms since the customer came; the last is open unless it was lost."""
    terms: list[Term] = []
    starts, arr = since, _rounded(dice.between(*YEARLY[segment]))
    aware = physics.awareness(dice, truth)
    while True:
        ends = starts + dice.weighted({365: 0.83, 730: 0.13, 183: 0.04}) - 1
        attained = physics.attainment(dice, truth)
        gone = any(
            person.left is not None and ends - 210 <= person.left <= ends for person in people
        )
        chance = physics.chance_of_renewal(truth, attained=attained, aware=aware, sponsor_left=gone)
        seats = max(3, arr // SEAT_PRICE[segment])
        term = _decide(dice, Term(starts, ends, arr, seats, attained, aware, chance))
        terms.append(term)
        if term.decided is None or term.is_lost:
            return terms
        starts, arr = ends + 1, term.new_arr or arr
        aware = 0.5 * aware + 0.5 * physics.awareness(dice, truth)


def _decide(dice: Dice, term: Term) -> Term:
    """Return the term with its end, if the day on which it was decided has come."""
    lost = not dice.chance(term.chance)
    decided = term.ends - (dice.whole(25, 95) if lost else dice.whole(1, 12))
    hesitant = -30 <= term.ends < 0 and dice.chance(STILL_UNDECIDED)
    if decided > -1 or hesitant:
        return replace(term, leaving=lost)
    if lost:
        why = dice.pick(_reasons(term))
        return replace(
            term, leaving=True, decision="churned", decided=decided, new_arr=0, reason=why["reason"], cause=why["cause"],
            avoidable=why["avoidable"],
        )  # fmt: skip
    kind = dice.weighted(
        {"renewed": 0.62, "expanded": 0.18 + 0.25 * term.attained, "contracted": 0.1}
    )
    factor = {
        "renewed": 1.0,
        "expanded": dice.between(1.08, 1.35),
        "contracted": dice.between(0.6, 0.9),
    }[kind]
    return replace(term, decision=kind, decided=decided, new_arr=_rounded(term.arr * factor))


def _reasons(term: Term) -> list[dict[str, Any]]:
    """Return the reasons that fit: who got what they came for leaves for outside reasons."""
    reasons = words.read("team")["churn"]
    return [why for why in reasons if why["avoidable"] == (term.attained < 0.8)]


def _rounded(amount: float) -> int:
    return round(amount / 500) * 500
