"""How an answer came in, and whether it looks like a machine's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.voice import rules
from arbiter.voice.models import Ask, Channel
from arbiter.voice.rules import Arrival, submission_of

if TYPE_CHECKING:
    from arbiter.voice.models import PersonalLink

__all__ = ["Arrival", "judge", "submission_of", "through"]


def through(link: PersonalLink, *, at: datetime, trap: str, user_agent: str) -> Arrival:
    """Return how something arrived through a link: one query, for when its mail was delivered."""
    mailed = Ask.objects.filter(link=link, channel=Channel.MAIL).order_by("-at", "-pk")
    delivered_at = mailed.values_list("delivered_at", flat=True).first()
    return Arrival(at=at, trap=trap, user_agent=user_agent, delivered_at=delivered_at)


def judge(
    arrival: Arrival,
    *,
    values: frozenset[str] = frozenset(),
    options: frozenset[str] = frozenset(),
) -> str:
    """Return why it looks like a machine's, in a few words; empty when it does not.

    Args:
        arrival: how it came in.
        values: what this person gave to this question within `rules.BURST`, the new value among them.
        options: all that could be given.
    """
    return rules.machine_like(replace(arrival, values=values, options=options))
