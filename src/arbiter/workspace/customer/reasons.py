"""Why the forecast says what it says: each reason by how far it moves the chance, and what would move it most."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Any

from arbiter.ui import wording

if TYPE_CHECKING:
    from arbiter.workspace.customer.material import Material
    from arbiter.workspace.customer.visit import Visit

# Below half a point a reason says nothing to anybody.
LEAST_POINTS = 0.5
WEAK_POINTS = 1.5
WEAK = ("usage", "nps", "csat", "tickets")


def of(visit: Visit, known: Material) -> dict[str, Any] | None:
    """Return the forecast's reasons in points of chance; None where there is no forecast to explain."""
    explained = known.explained
    if explained is None:
        return None
    chance = explained.forecast.probability
    found = [
        {
            "label": reason.label,
            "source": reason.known,
            "effect": points,
            "shown": wording.signed(round(points)),
            "weak": abs(points) < WEAK_POINTS or reason.name.startswith(WEAK),
        }
        for reason in explained.reasons
        if reason.name not in ("base", "uncertainty")
        and abs(points := points_of(chance, reason.effect)) >= LEAST_POINTS
    ]
    strongest = next(iter(explained.moves), None)
    return {
        "chance": wording.percent(chance),
        "start": wording.percent(explained.start),
        "items": found,
        "move": strongest.label if strongest else "",
        "move_to": wording.percent(strongest.probability) if strongest else "",
    }


def points_of(chance: float, effect: float) -> float:
    """Return how many points of chance a reason makes: the forecast against the one without it."""
    odds = log(chance / (1 - chance))
    return 100 * (chance - 1 / (1 + exp(effect - odds)))
