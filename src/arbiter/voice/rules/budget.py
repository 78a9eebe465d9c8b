"""The one budget over everything we send: may this person be written to now, and if not, why and when to look again?

Outcome questions come before relationship surveys, and those before surveys after something happened. An outcome
question is only ever held back by other outcome questions; a survey by everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

OUTCOME, RELATIONSHIP, TRANSACTIONAL = "outcome", "relationship", "transactional"
# Who goes first where two want the same person.
ORDER = (OUTCOME, RELATIONSHIP, TRANSACTIONAL)
WEEK = timedelta(days=7)
# Of what has no survey, by the kind of the ask.
PURPOSES = {
    "intent": OUTCOME,
    "verdict": OUTCOME,
    "goal": OUTCOME,
    "nps": RELATIONSHIP,
    "check_in": RELATIONSHIP,
    "custom": RELATIONSHIP,
    "csat": TRANSACTIONAL,
    "ces": TRANSACTIONAL,
}
SATURDAY = 5


class Reason(StrEnum):
    """Why somebody is not written to, in a word that stays; the sentence beside it is for people."""

    LEFT = "left"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"
    NO_BASIS = "no_basis"
    HELD_OUT = "held_out"
    SAMPLED_OUT = "sampled_out"
    NOT_COVERED = "not_covered"
    NO_GOAL = "no_goal"
    OUTCOME_PENDING = "outcome_pending"
    TOO_SOON = "too_soon"
    RELATIONSHIP_TOO_SOON = "relationship_too_soon"
    TRANSACTIONAL_TOO_SOON = "transactional_too_soon"
    CUSTOMER_WEEK = "customer_week"
    DAILY_MOST = "daily_most"
    QUIET_HOURS = "quiet_hours"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How often and when we write; see `AskingLimits`, whose defaults these are."""

    any_days: int = 30
    relationship_days: int = 180
    transactional_days: int = 90
    outcome_days: int = 7
    people_a_week: int = 3
    a_day: int = 200
    sends_from: int = 8
    sends_until: int = 18
    on_weekends: bool = False


class Addressee(NamedTuple):
    """Whoever is to be written to: what the budget must know of a contact. `zone` is theirs or the company's."""

    contact_id: int
    customer_id: int
    name: str
    email: str
    left_on: date | None
    unsubscribed_at: datetime | None
    zone: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody to be written to, and what for.

    `by_hand`: a colleague sends it now, so that neither the hours nor the most of a day hold it back.
    `outcome_pending`: an outcome question to the same person waits.
    """

    to: Addressee
    purpose: str
    kind: str = ""
    by_hand: bool = False
    outcome_pending: bool = False


@dataclass(slots=True)
class History:
    """What was sent before: to this person by purpose, to each of their customer's people by purpose, and today by rules."""

    last: Mapping[str, datetime] = field(default_factory=dict)
    colleagues: Mapping[int, Mapping[str, datetime]] = field(default_factory=dict)
    today: int = 0


@dataclass(frozen=True, slots=True)
class Suppressed:
    """That an address is not to be written to."""

    scope: str
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may be written to; if not, the reason and when it is worth another look (None: never)."""

    may: bool
    code: str = ""
    sentence: str = ""
    look_again_at: datetime | None = None


YES = Verdict(True)
CAUSES = {
    "unsubscribed": "unsubscribed on {day}.",
    "bounced": "gets no mail: it came back on {day}.",
    "complained": "marked our mail as spam on {day}.",
    "imported": "is on a list of addresses not to write to, since {day}.",
    "by_us": "is not written to by our own decision of {day}.",
}


def decide(
    request: Request,
    history: History,
    limits: Limits,
    suppression: Suppressed | None,
    at: datetime,
) -> Verdict:
    """Return whether somebody may be written to at a moment.

    What never changes by waiting comes first, then what comes before, then how often, then the hour.
    """
    return (
        _never(request, suppression, at)
        or _waits_for_outcome(request, at)
        or _too_soon(request, history, limits, at)
        or _week_is_full(request, history, limits, at)
        or _hour(request, history, limits, at)
        or YES
    )


def purpose_of(kind: str, purpose: str = "") -> str:
    """Return what an ask is for: its survey's purpose, or that of its kind."""
    return purpose or PURPOSES.get(kind, RELATIONSHIP)


def scopes_against(purpose: str, kind: str) -> frozenset[str]:
    """Return which scopes of suppression stop a question."""
    if kind == "check_in":
        return frozenset({"all", "education"})
    return frozenset({"all"}) if purpose == OUTCOME else frozenset({"all", "surveys"})


def next_opening(at: datetime, zone: str, limits: Limits) -> datetime:
    """Return the first moment from `at` on at which we write to somebody in a zone: `at` itself within the hours."""
    local = at.astimezone(ZoneInfo(zone))
    if _open(local, limits):
        return at
    day = local.date() if local.hour < limits.sends_from else local.date() + timedelta(days=1)
    while not limits.on_weekends and day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    opening = datetime.combine(day, time(limits.sends_from), tzinfo=local.tzinfo)
    return opening.astimezone(at.tzinfo)


def is_open(at: datetime, zone: str, limits: Limits) -> bool:
    """Say whether it is an hour at which we write, where the recipient is."""
    return _open(at.astimezone(ZoneInfo(zone)), limits)


def _open(local: datetime, limits: Limits) -> bool:
    if not limits.on_weekends and local.weekday() >= SATURDAY:
        return False
    return limits.sends_from <= local.hour < limits.sends_until


def _never(request: Request, suppression: Suppressed | None, at: datetime) -> Verdict | None:
    to = request.to
    if to.left_on is not None and to.left_on <= at.date():
        return _no(Reason.LEFT, f"left on {to.left_on:%-d %B %Y}.")
    if not to.email:
        return _no(Reason.NO_ADDRESS, "has no mail address.")
    if to.unsubscribed_at is not None and to.unsubscribed_at <= at:
        return _no(Reason.SUPPRESSED, f"unsubscribed on {to.unsubscribed_at:%-d %B %Y}.")
    if suppression and suppression.scope in scopes_against(request.purpose, request.kind):
        said = CAUSES[suppression.cause].format(day=f"{suppression.at:%-d %B %Y}")
        return _no(Reason.SUPPRESSED, said)
    if to.basis == "none":
        return _no(Reason.NO_BASIS, "may not be asked: there is no lawful basis for it.")
    return None


def _waits_for_outcome(request: Request, at: datetime) -> Verdict | None:
    if request.purpose == OUTCOME or not request.outcome_pending:
        return None
    return _no(
        Reason.OUTCOME_PENDING,
        "is about to be asked about their outcome, which goes first.",
        at + timedelta(days=1),
    )


def _too_soon(request: Request, history: History, limits: Limits, at: datetime) -> Verdict | None:
    last = history.last
    if request.purpose == OUTCOME:
        return _spaced(Reason.TOO_SOON, last.get(OUTCOME), limits.outcome_days, at)
    own = {
        RELATIONSHIP: (Reason.RELATIONSHIP_TOO_SOON, limits.relationship_days),
        TRANSACTIONAL: (Reason.TRANSACTIONAL_TOO_SOON, limits.transactional_days),
    }
    code, days = own[request.purpose]
    found = (
        _spaced(code, last.get(request.purpose), days, at),
        _spaced(Reason.TOO_SOON, max(last.values(), default=None), limits.any_days, at),
    )
    return max((each for each in found if each), key=_when, default=None)


def _spaced(code: str, last: datetime | None, days: int, at: datetime) -> Verdict | None:
    if last is None or at - last >= timedelta(days=days):
        return None
    sentence = f"was asked on {last:%-d %B}, less than {days} days ago."
    return _no(code, sentence, last + timedelta(days=days))


def _when(verdict: Verdict) -> datetime:
    assert verdict.look_again_at is not None
    return verdict.look_again_at


def _week_is_full(
    request: Request, history: History, limits: Limits, at: datetime
) -> Verdict | None:
    """So many other people of one customer in seven days: whoever was written to already is not counted twice."""
    counts = (OUTCOME,) if request.purpose == OUTCOME else ORDER
    asked = [
        max(moments)
        for contact_id, last in history.colleagues.items()
        if contact_id != request.to.contact_id
        and (moments := [last[name] for name in counts if name in last and at - last[name] < WEEK])
    ]
    if len(asked) < limits.people_a_week:
        return None
    freed = sorted(asked)[len(asked) - limits.people_a_week] + WEEK
    said = f"waits: {_counted(len(asked))} asked at this customer within seven days."
    return _no(Reason.CUSTOMER_WEEK, said, freed)


def _hour(request: Request, history: History, limits: Limits, at: datetime) -> Verdict | None:
    if request.by_hand:
        return None
    zone = request.to.zone
    opening = next_opening(at, zone, limits)
    if opening > at:
        here = f"{at.astimezone(ZoneInfo(zone)):%A %H:%M} in {zone}"
        return _no(Reason.QUIET_HOURS, f"is not written to at this hour: {here}.", opening)
    if history.today >= limits.a_day:
        return day_is_full(limits, history.today, zone, at)
    return None


def day_is_full(limits: Limits, today: int, zone: str, at: datetime) -> Verdict:
    """Return that enough people were asked today, and the hour of the next day at which more may be."""
    tomorrow = next_opening(at + timedelta(days=1), zone, limits)
    return _no(Reason.DAILY_MOST, f"waits: {_counted(today)} asked today.", tomorrow)


def _counted(people: int) -> str:
    return "1 person was" if people == 1 else f"{people} people were"


def _no(code: str, sentence: str, look_again_at: datetime | None = None) -> Verdict:
    return Verdict(False, code, sentence, look_again_at)
