"""What a day's changes are called and in which order they are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """What changed. In the order in which it is told: what cannot wait comes first, what turned out well last."""

    NO = "no"
    NOT_SURE = "not_sure"
    DISPUTE = "dispute"
    LEFT = "left"
    OVERDUE = "overdue"
    STALE = "stale"
    YES = "yes"
    SEALED = "sealed"


TITLES = {
    Kind.NO: "New no",
    Kind.NOT_SURE: "Not sure any more",
    Kind.DISPUTE: "Disputed",
    Kind.LEFT: "Left the customer",
    Kind.OVERDUE: "Promise overdue",
    Kind.STALE: "Goal to be asked again",
    Kind.YES: "Back to yes",
    Kind.SEALED: "Answered, sealed",
}
ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Change:
    """A change at a customer, as a sentence. `answer_id` is the answer it tells of, which may be sealed."""

    kind: Kind
    customer_id: int
    customer: str
    text: str
    answer_id: int | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.kind]


def turned(now: str, before: str) -> Kind | None:
    """Return what it is when somebody who had said one thing says another; None when it is no news."""
    if now == "no":
        return Kind.NO
    if now == "not_sure":
        return Kind.NOT_SURE
    return Kind.YES if before in {"no", "not_sure"} else None


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Return changes in the order in which they are told, each customer's together within a kind."""
    return sorted(changes, key=lambda each: (ORDER[each.kind], each.customer.casefold(), each.text))


def last_hour(at: datetime, *, hour: int, zone: str) -> datetime:
    """Return when it was last that hour of the day in a zone, `at` itself included."""
    local = at.astimezone(ZoneInfo(zone))
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)
