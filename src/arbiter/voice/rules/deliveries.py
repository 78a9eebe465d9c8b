"""What becomes of an address when a mail provider tells how our mail fared."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class News(StrEnum):
    """What a mail provider tells of one of our mails."""

    DELIVERED = "delivered"
    SOFT_BOUNCE = "soft_bounce"
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"


# A full mailbox or a server that rests is no reason to give up; so many mails in so many days are.
SOFT_BOUNCES = 3
SOFT_WITHIN = timedelta(days=14)
CAUSES = {
    News.HARD_BOUNCE: "bounced",
    News.COMPLAINT: "complained",
    News.UNSUBSCRIBED: "unsubscribed",
}


def cause_of(kind: News, soft_bounces: int) -> str:
    """Return why an address is written to no more; empty when it still is.

    Args:
        kind: what was told now.
        soft_bounces: how many mails came back for a passing reason within `SOFT_WITHIN`, with this one.
    """
    if kind == News.SOFT_BOUNCE:
        return "bounced" if soft_bounces >= SOFT_BOUNCES else ""
    return CAUSES.get(kind, "")
