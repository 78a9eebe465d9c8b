"""The numbers a company trusts: ours, theirs and its own, with the side on which each speaks for renewal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from arbiter.science.renewal import Known

INTENT_VALUES = {"no": 0.0, "not_sure": 1.0, "yes": 2.0}
LOWER = (
    "ticket",
    "complaint",
    "churn",
    "risk",
    "overdue",
    "bug",
    "incident",
    "days_since",
    "effort",
    "inactiv",
)
"""In the name of a number that is imported, a word by which less speaks for renewal."""
HIGHER = (
    "health",
    "nps",
    "csat",
    "satisf",
    "login",
    "active",
    "usage",
    "adoption",
)
"""Else a word by which more does: nobody calls a low health green, whatever came of it."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """One number that is tested: how it is called, whose it is, and which side speaks for renewal."""

    name: str
    title: str
    theirs: bool
    """Whether the customer said it; else we measured or believed it."""
    higher_renews: bool | None
    """None where nobody can know beforehand."""


def own(name: str) -> Trusted:
    """A number from the company's own files."""
    folded = name.lower()
    lower = any(word in folded for word in LOWER)
    higher = any(word in folded for word in HIGHER)
    return Trusted(
        name=name,
        title=name.replace("_", " ").strip().capitalize(),
        theirs=folded.startswith(("nps", "csat", "ces")),
        higher_renews=False if lower else True if higher else None,
    )


def _intent(known: Known) -> float | None:
    deciding = [answer for answer in known.answers if answer.decides] or list(known.answers)
    return min((INTENT_VALUES[answer.intent] for answer in deciding), default=None)


def answer_of(known: Known) -> str:
    """What a customer had said about continuing: the least sure of those who decide, else of all."""
    value = _intent(known)
    if value is None:
        return "no_reply" if known.asked_no_reply else "never_asked"
    return next(word for word, number in INTENT_VALUES.items() if number == value)


def _gap(known: Known) -> float | None:
    return known.awareness_gap if known.measured else None


Read = Callable[[Known], float | int | None]

_READ: tuple[tuple[Trusted, Read], ...] = (
    (Trusted("intent", "Will you continue?", True, True), _intent),
    (
        Trusted("confirmed_outcomes", "Goals they confirm", True, True),
        lambda known: known.confirmed_share,
    ),
    (Trusted("awareness_gap", "Reached, and not known", False, False), _gap),
    (
        Trusted("goal_age", "Months since a goal was agreed", False, False),
        lambda known: known.goal_age_months,
    ),
    (Trusted("nps", "NPS", True, True), lambda known: known.nps),
    (Trusted("csat", "CSAT", True, True), lambda known: known.csat),
    (Trusted("usage_level", "Usage", False, True), lambda known: known.usage_level),
    (Trusted("usage_trend", "Usage trend", False, True), lambda known: known.usage_trend),
    (
        Trusted("tickets_critical", "Open critical tickets", False, False),
        lambda known: known.critical_tickets,
    ),
    (
        Trusted("price_increase", "Price increase", False, False),
        lambda known: known.price_increase,
    ),
    (Trusted("renewals", "Renewals before", False, True), lambda known: known.renewals),
)
BELIEF = Trusted("belief", "The team's belief", False, True)
FORECAST = Trusted("forecast", "The stored forecast", False, True)

BUILT_IN = {each.name: each for each, _ in _READ} | {each.name: each for each in (BELIEF, FORECAST)}


def told(known: Known) -> dict[str, float]:
    """What each number that the forecast's table knows was; what was unknown is left out."""
    found = ((each.name, read(known)) for each, read in _READ)
    return {name: float(value) for name, value in found if value is not None}


def of(name: str) -> Trusted:
    """The number of that name."""
    return BUILT_IN.get(name) or own(name)
