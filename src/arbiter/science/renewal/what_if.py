"""What would move it: the forecast again with one thing known differently. An association, no promise."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from arbiter.science.renewal.known import INTENTS, Answer, Intent, Known
from arbiter.science.renewal.model import Model, forecast

NOTICEABLE = 0.005
"""Half a point: below that, a move is not worth a sentence."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing known differently, and where the forecast would stand."""

    name: str
    label: str
    probability: float
    change: float
    """In probability, against the forecast as it is."""


def moves(known: Known, model: Model) -> tuple[Move, ...]:
    """Return what would raise the forecast, the strongest first: which thing would move it most?

    Each move recomputes p with one thing known differently and all else equal. It says how contracts
    of which that is known differ, not what happens if one brings it about.

    Args:
        known: what is known of the contract.
        model: what is believed of the effects.

    Returns:
        Moves that raise the forecast by half a point or more.

    References:
        docs/method/renewal-forecast.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> [move.name for move in moves(Known(), day_one([], base_rate=UNTOLD))]
        ['goals_confirmed', 'decision_yes', 'goal_agreed']
    """
    changed = [change(known) for _, _, change in _MOVES]
    now, *then = forecast([known, *changed], model).probability.tolist()
    found = [
        Move(name, label, chance, chance - now)
        for (name, label, _), chance in zip(_MOVES, then, strict=True)
        if chance - now >= NOTICEABLE
    ]
    return tuple(sorted(found, key=lambda move: -move.change))


def if_answered(known: Known, model: Model) -> dict[Intent, float]:
    """Return where the forecast would stand if the decision maker answered today, for each answer.

    Args:
        known: what is known of the contract.
        model: what is believed of the effects.

    Returns:
        Answer → probability.

    References:
        docs/method/renewal-forecast.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> told = if_answered(Known(), day_one([], base_rate=UNTOLD))
        >>> {answer: round(chance, 2) for answer, chance in told.items()}
        {'yes': 0.89, 'not_sure': 0.73, 'no': 0.56}
    """
    then = forecast([_decided(known, intent) for intent in INTENTS], model)
    return dict(zip(INTENTS, then.probability.tolist(), strict=True))


def _decided(known: Known, intent: Intent) -> Known:
    others = tuple(answer for answer in known.answers if not answer.decides)
    return replace(known, answers=(*others, Answer(intent, "decision_maker", 0)))


def _confirmed(known: Known) -> Known:
    goals = max(known.goals, 1)
    return replace(known, goals=goals, achieved=goals, partly=0, missed=0)


_MOVES: tuple[tuple[str, str, Callable[[Known], Known]], ...] = (
    ("decision_yes", "The decision maker says yes", lambda known: _decided(known, "yes")),
    ("goals_confirmed", "They confirm that they got what they came for", _confirmed),
    (
        "results_known",
        "They learn of the goals they reached",
        lambda known: replace(known, reached_known=known.reached),
    ),
    (
        "goal_agreed",
        "The goal is agreed with them anew",
        lambda known: replace(known, goal_age_months=0.0),
    ),
    (
        "tickets_closed",
        "The critical tickets are closed",
        lambda known: replace(known, critical_tickets=0),
    ),
)
