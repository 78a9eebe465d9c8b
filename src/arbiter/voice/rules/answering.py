"""What an answer means: five states of intent, when an answer counts, when it looks like a machine's."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# An answer older than this no longer says what the customer thinks today.
ANSWER_COUNTS_DAYS = 365
# Nobody reads a letter, decides and answers this soon after it was delivered.
TOO_SOON = timedelta(seconds=10)
# Nobody means every answer to one question within this time.
BURST = timedelta(seconds=10)
LINK_LIVES_DAYS = 90
POSTS_IN_WINDOW = 60
POST_WINDOW = timedelta(minutes=10)
CODE_LIVES = timedelta(minutes=10)
CODE_ATTEMPTS = 5

DECIDING_ROLES = frozenset({"decision_maker", "sponsor", "procurement"})
FRIENDLY_ROLES = frozenset({"champion", "user"})

# Mail gateways that open links, run their scripts and some press their buttons. Lower case.
GATEWAYS = (
    "safelinks",
    "urldefense",
    "proofpoint",
    "mimecast",
    "barracuda",
    "linkprotect",
    "cudasvc",
    "bitdefender",
    "fireeye",
    "symantec",
    "forcepoint",
    "messagelabs",
    "trendmicro",
    "googleimageproxy",
    "microsoft office existence discovery",
    "bot/",
    "crawler",
    "spider",
)


class IntentState(StrEnum):
    """What is known of an intent to continue. Five states that are never merged."""

    NO = "no"
    NOT_SURE = "not_sure"
    YES = "yes"
    NO_REPLY = "no_reply"
    NEVER_ASKED = "never_asked"


# What one customer's people say together: the first of these that anybody is in.
PRECEDENCE = (
    IntentState.NO,
    IntentState.NOT_SURE,
    IntentState.YES,
    IntentState.NO_REPLY,
    IntentState.NEVER_ASKED,
)


def counts_from(as_of: datetime, term_start: date | None) -> datetime:
    """Return the moment before which an ask or answer says nothing about the term that runs at `as_of`."""
    year_ago = as_of - timedelta(days=ANSWER_COUNTS_DAYS)
    if term_start is None:
        return year_ago
    return max(
        year_ago, datetime(term_start.year, term_start.month, term_start.day, tzinfo=as_of.tzinfo)
    )


def person_state(answer: str | None, *, asked: bool) -> IntentState:
    """Return a person's state from the latest answer that counts and whether they were asked in that time."""
    if answer is not None:
        return IntentState(answer)
    return IntentState.NO_REPLY if asked else IntentState.NEVER_ASKED


def customer_state(people: Iterable[IntentState]) -> IntentState:
    """Return what the people say together: a no outweighs a not sure, which outweighs every yes."""
    states = set(people)
    return next((state for state in PRECEDENCE if state in states), IntentState.NEVER_ASKED)


def only_friendly(roles: Collection[str]) -> bool:
    """Say whether somebody was asked or answered, and nobody among them decides."""
    return bool(roles) and not DECIDING_ROLES & set(roles)


@dataclass(frozen=True)
class Arrival:
    """How an answer came in: what a form tells besides what was said."""

    at: datetime
    trap: str = ""
    user_agent: str = ""
    delivered_at: datetime | None = None
    # Every value given to this question by this person within the burst, the new one among them.
    values: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()


def machine_like(arrival: Arrival) -> str:
    """Return why an answer looks like a machine's, in a few words; empty when it does not."""
    if arrival.trap:
        return "filled a field that people cannot see"
    agent = arrival.user_agent.lower()
    if any(gateway in agent for gateway in GATEWAYS):
        return "came from a mail gateway"
    delivered = arrival.delivered_at
    if delivered is not None and timedelta() <= arrival.at - delivered < TOO_SOON:
        return "came within seconds of delivery"
    if len(arrival.options) > 1 and arrival.options <= arrival.values:
        return "gave every answer within seconds"
    return ""


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is 128 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def submission_of(contact_id: int, nonce: str, what: str) -> str:
    """Return the number of one answer within one form, apart for every contact, so that nobody can guess another's."""
    return hashlib.sha256(f"{contact_id}\x1f{nonce}\x1f{what}".encode()).hexdigest()
