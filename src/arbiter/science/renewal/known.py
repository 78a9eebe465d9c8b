"""What is known of one contract at a moment, and the numbers it becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from arbiter.science.renewal.terms import TERMS

Intent = Literal["yes", "not_sure", "no"]

INTENTS: Final[tuple[Intent, ...]] = ("yes", "not_sure", "no")
DECISION_ROLES: Final = frozenset({"decision_maker", "sponsor"})
"""Whose answer speaks for the decision: who decides, and who stands up for it with a budget. Procurement
carries out what others decide, so it counts with the champion and the users."""
HALF_LIFE_DAYS: Final = 120
"""An answer counts half after so many days."""
NO_GOAL_MONTHS: Final = 12
"""A customer without an agreed goal counts like one whose goal was agreed a year ago."""
TICKET_CAP: Final = 3
USAGE_CAP: Final = 3
"""Standard deviations. A freak number must not outweigh what the customer says."""
PRICE_CAP: Final = 0.5
EVIDENCE_FLOOR: Final = 0.5
"""Awareness can only lack where more than half of the measured goals were reached."""

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest answer of one contact to "will you continue?"."""

    intent: Intent
    role: str
    age_days: int

    def __post_init__(self) -> None:
        if self.intent not in INTENTS:
            raise ValueError(f"{self.intent!r} is no intent.")
        if self.age_days < 0:
            raise ValueError("An answer cannot come from the future.")

    @property
    def decides(self) -> bool:
        return self.role in DECISION_ROLES

    @property
    def weight(self) -> float:
        return float(0.5 ** (self.age_days / HALF_LIFE_DAYS))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one contract at a moment. Whatever is left out is unknown, never assumed.

    Raises:
        ValueError: counts that contradict each other, or a value outside its scale.
    """

    segment: str = ""
    answers: tuple[Answer, ...] = ()
    """One per contact: the latest."""
    asked_no_reply: bool = False
    """Somebody was asked whether they will continue, had time, and has not replied."""
    goals: int = 0
    """Goals that count: due by now, or already judged."""
    achieved: int = 0
    partly: int = 0
    missed: int = 0
    """Verdicts by the customer on those goals. Goals without one were never judged."""
    measured: int = 0
    """Goals with a result on file."""
    reached: int = 0
    """Of those, how many reached their target by our evidence."""
    reached_known: int = 0
    """Of those, how many somebody at the customer has seen, agreed to or judged achieved."""
    goal_age_months: float | None = None
    """Since a goal was last agreed or confirmed; None where no goal was ever agreed."""
    departed: bool = False
    """The champion or the sponsor left within six months."""
    nps: float | None = None
    """Latest answer, 0-10."""
    csat: float | None = None
    """Latest mean, 1-5."""
    usage_level: float | None = None
    """Standard deviations from the vendor's mean."""
    usage_trend: float | None = None
    """Three months against the three before, in standard deviations."""
    critical_tickets: int | None = None
    renewals: int | None = None
    """How often this customer renewed before."""
    price_increase: float | None = None
    """At this renewal, as a fraction of the old price."""
    lead_days: int | None = None
    """Days from the moment to the decision. Used once renewals have been learnt from."""
    signals: tuple[tuple[str, float], ...] = ()
    """The company's own numbers, name → value as imported. Used once renewals have been learnt from."""

    def __post_init__(self) -> None:
        _check_counts(self)
        _check_scales(self)

    @property
    def judged(self) -> int:
        return self.achieved + self.partly + self.missed

    @property
    def confirmed_share(self) -> float | None:
        """Share of the goals that count which the customer confirms, a part as a half."""
        return (self.achieved + self.partly / 2) / self.goals if self.judged else None

    @property
    def awareness_gap(self) -> float:
        """Share of the measured goals that were reached without anybody there knowing."""
        if self.measured == 0 or self.reached / self.measured <= EVIDENCE_FLOOR:
            return 0.0
        return (self.reached - self.reached_known) / self.measured


def _check_counts(known: Known) -> None:
    if known.goals or known.judged:
        if not 0 <= known.judged <= known.goals:
            raise ValueError("More goals judged than counted.")
        if min(known.achieved, known.partly, known.missed) < 0:
            raise ValueError("A count of verdicts is at least 0.")
    if not 0 <= known.reached_known <= known.reached <= known.measured:
        raise ValueError("Results do not add up.")
    if (known.critical_tickets or 0) < 0 or (known.renewals or 0) < 0:
        raise ValueError("A count of tickets or renewals is at least 0.")


def _check_scales(known: Known) -> None:
    if known.goal_age_months is not None and known.goal_age_months < 0:
        raise ValueError("A goal cannot come from the future.")
    if known.nps is not None and not 0 <= known.nps <= 10:
        raise ValueError("NPS answers run from 0 to 10.")
    if known.csat is not None and not 1 <= known.csat <= 5:
        raise ValueError("CSAT runs from 1 to 5.")


def features(known: Sequence[Known]) -> NDArray[np.float64]:
    """Return the feature matrix: what the table of terms is multiplied with.

    A feature is 0 where nothing is known, except where not knowing is itself a term of the table (no
    NPS, nothing confirmed, no agreed goal). Answers to "will you continue?" fade with a half-life of
    120 days. A user's answer counts only as far as the decision makers' have faded, and silence only as
    far as all answers have: x_user = w_user (1 − w_decision).

    Args:
        known: one entry per contract. Length n >= 0.

    Returns:
        Shape (n, k); one column per entry of `TERMS`, in its order.

    References:
        Morwitz, V. G., Steckel, J. H. and Gupta, A. (2007). When do purchase intentions predict sales?
        International Journal of Forecasting, 23(3), 347-364 (shorter horizons predict better).

    Examples:
        A yes from the decision maker 120 days ago counts half.

        >>> x = features([Known(answers=(Answer("yes", "decision_maker", 120),))])
        >>> x.shape, x[0, 0].item()
        ((1, 22), 0.5)
    """
    columns = {**_intents(known), **_outcomes(known), **_surveys(known), **_circumstances(known)}
    return np.column_stack([columns[term.name] for term in TERMS]).reshape(len(known), len(TERMS))


def _intents(known: Sequence[Known]) -> dict[str, Column]:
    rows = np.array([_intent_row(each) for each in known]).reshape(len(known), 7)
    return dict(zip((term.name for term in TERMS[:7]), rows.T, strict=True))


def _intent_row(known: Known) -> tuple[float, ...]:
    if not known.answers:
        return (0.0,) * 6 + (float(known.asked_no_reply),)
    decision = _freshest(known.answers, decides=True)
    left = 1 - max(decision)
    user = [weight * left for weight in _freshest(known.answers, decides=False)]
    silence = left - max(user) if known.asked_no_reply else 0.0
    return (*decision, *user, silence)


def _freshest(answers: Sequence[Answer], *, decides: bool) -> list[float]:
    """Weight of the freshest yes, not sure and no among one group of roles; 0 where nobody said so."""
    return [
        max((a.weight for a in answers if a.intent == intent and a.decides is decides), default=0.0)
        for intent in INTENTS
    ]


def _outcomes(known: Sequence[Known]) -> dict[str, Column]:
    share = _column(known, lambda each: each.confirmed_share)
    goal_age = _column(known, lambda each: each.goal_age_months)
    return {
        "confirmed_share": np.nan_to_num(share - 0.4),
        "nothing_confirmed": np.where(share > 0, 0.0, 1.0),
        "awareness_gap": _column(known, lambda each: each.awareness_gap),
        "goal_age": np.log1p(np.nan_to_num(goal_age, nan=NO_GOAL_MONTHS) / 3),
    }


def _surveys(known: Sequence[Known]) -> dict[str, Column]:
    nps = _column(known, lambda each: each.nps)
    return {
        "nps_promoter": (nps >= 9).astype(float),
        "nps_detractor": (nps <= 6).astype(float),
        "nps_none": np.isnan(nps).astype(float),
        "csat": np.nan_to_num(_column(known, lambda each: each.csat) - 4),
    }


def _circumstances(known: Sequence[Known]) -> dict[str, Column]:
    tickets = np.nan_to_num(_column(known, lambda each: each.critical_tickets))
    renewals = _column(known, lambda each: each.renewals)
    return {
        "departure": _column(known, lambda each: each.departed),
        "usage_level": _capped(_column(known, lambda each: each.usage_level), USAGE_CAP),
        "usage_trend": _capped(_column(known, lambda each: each.usage_trend), USAGE_CAP),
        "critical_tickets": np.minimum(tickets, TICKET_CAP),
        "tenure": np.nan_to_num(np.log1p(renewals) - 0.4),
        "first_renewal": (renewals == 0).astype(float),
        "price_increase": _capped(_column(known, lambda each: each.price_increase), PRICE_CAP),
    }


def _column(known: Sequence[Known], value_of: Callable[[Known], float | None]) -> Column:
    """One value per contract; nan where unknown."""
    values = (value_of(each) for each in known)
    return np.fromiter((np.nan if v is None else v for v in values), dtype=float, count=len(known))


def _capped(values: Column, cap: float) -> Column:
    """Within ±cap; 0 where unknown."""
    return np.clip(np.nan_to_num(values), -cap, cap)
