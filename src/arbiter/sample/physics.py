"""What is really so at a customer, and how the things we see follow from it, faithfully or not.

Results and verdicts follow the truth. Answers follow it with politeness, and the unhappy reply less often.
Beliefs follow hope. A health score follows usage and warmth, which say little about a result.
The sizes are invented so that the sample is believable; they prove nothing about real customers.
"""

import math
from dataclasses import dataclass

from arbiter.sample.dice import Dice

FRIENDLY = {
    "champion": 0.9,
    "user": 0.6,
    "sponsor": 0.2,
    "decision_maker": 0.0,
    "procurement": -0.3,
    "other": 0.0,
}


@dataclass(frozen=True)
class Truth:
    """What nobody at the vendor sees: how well it suits, how warm they are, how much they use it."""

    fit: float
    warmth: float
    appetite: float


def truth(dice: Dice) -> Truth:
    """Return the truth about one customer; warmth and usage go together, fit only a little with either."""
    fit, warmth = dice.normal(0, 1), dice.normal(0, 1)
    return Truth(fit, warmth, 0.15 * fit + 0.4 * warmth + dice.normal(0, 0.85))


def attainment(dice: Dice, truth: Truth) -> float:
    """Return the share of what they came for that a term brings them; above 1 is more than asked."""
    return min(1.2, max(0.02, dice.normal(0.68 + 0.24 * truth.fit, 0.2)))


def awareness(dice: Dice, truth: Truth) -> float:
    """Return how much of its own results a customer knows, from 0 to 1."""
    return min(1.0, max(0.0, dice.normal(0.6 + 0.05 * truth.warmth, 0.28)))


def chance_of_renewal(truth: Truth, *, attained: float, aware: float, sponsor_left: bool) -> float:
    """Return the true probability that a term is renewed."""
    return _logistic(
        1.85
        + 2.6 * (min(attained, 1.0) - 0.62)
        + 1.1 * (aware - 0.55)
        + 0.15 * truth.warmth
        - 1.1 * sponsor_left
    )


def stated_intent(dice: Dice, chance: float, role: str, *, leaving: bool) -> str:
    """Return what a contact says about continuing; friendly roles say yes more easily.

    Many know already what will be decided, months before the vendor does.
    """
    mood = math.log(chance / (1 - chance)) + 0.5 * FRIENDLY[role] - 2.0 * leaving
    mood += dice.normal(0.2, 0.8)
    if mood > 1.1:
        return "yes"
    return "not_sure" if mood > -0.6 else "no"


def answers_at_all(dice: Dice, chance: float, role: str, *, leaving: bool) -> bool:
    """Return whether a contact replies; silence is more common among those who will leave."""
    return dice.chance(0.34 + 0.26 * chance + 0.06 * FRIENDLY[role] - 0.12 * leaving)


def judgement(dice: Dice, reached: float, role: str, *, age_days: int) -> str:
    """Return a contact's verdict on a goal of which so much was reached."""
    if age_days < 210 and reached < 0.85 and dice.chance(0.45):
        return "too_early"
    felt = reached + 0.06 * FRIENDLY[role] + dice.normal(0, 0.1)
    if felt > 0.86:
        return "achieved"
    return "partly" if felt > 0.42 else "not"


def belief(dice: Dice, *, health: float, chance: float, told: str = "") -> float:
    """Return the team's probability of a renewal: hope, a look at the health score, a little of the truth."""
    hope = dice.normal(0.965 + 0.0012 * (health - 75) + 0.06 * (chance - 0.85), 0.03)
    sobered = {"no": 0.33, "not_sure": 0.07}.get(told, 0.0)
    return min(0.98, max(0.35, hope - sobered))


def health_score(dice: Dice, truth: Truth, *, attained: float) -> int:
    """Return the score of 0 to 100 that the old tool shows: usage and warmth, hardly the result."""
    return round(
        min(
            99,
            max(
                20,
                dice.normal(76 + 6 * truth.appetite + 4 * truth.warmth + 3 * (attained - 0.6), 5),
            ),
        )
    )


def nps(dice: Dice, truth: Truth) -> int:
    """Return an answer from 0 to 10: mostly warmth."""
    return round(min(10, max(0, dice.normal(7.9 + 1.0 * truth.warmth + 0.2 * truth.fit, 1.1))))


def csat(dice: Dice, truth: Truth) -> int:
    """Return an answer from 1 to 5 after a ticket."""
    return round(min(5, max(1, dice.normal(4.1 + 0.3 * truth.warmth, 0.7))))


def logins(dice: Dice, truth: Truth, *, seats: int) -> int:
    """Return logins in 30 days: appetite and size."""
    return round(max(0.0, seats * 6 * math.exp(0.35 * truth.appetite + dice.normal(0, 0.12))))


def tickets(dice: Dice, truth: Truth) -> int:
    """Return the number of open tickets: those who use much ask much."""
    return max(0, round(dice.normal(1.4 + 0.5 * truth.appetite - 0.3 * truth.fit, 1.2)))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
