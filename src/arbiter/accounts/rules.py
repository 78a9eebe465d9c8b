"""Pure decisions about customers and contracts: no table, no clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum


class Purpose(StrEnum):
    """What a contact's data are used for; each needs a ground in law."""

    OUTCOME = "outcome"
    RELATIONSHIP = "relationship"
    TRANSACTIONAL = "transactional"
    EDUCATION = "education"
    USAGE = "usage"


def day(moment: datetime) -> date:
    """Return the day of a moment; days are told in UTC wherever an `as_of` meets a date."""
    return moment.astimezone(UTC).date()


def when(on: date | None, at: datetime) -> datetime:
    """Return the moment of something that was true on a day and is told at `at`: noon of an earlier day."""
    if on is None or on >= day(at):
        return at
    return datetime.combine(on, time(12), UTC)


def is_decided(*, decided_on: date | None, recorded_at: datetime | None, as_of: datetime) -> bool:
    """Say whether a decision had been made and was known at a moment; without `recorded_at` there is none."""
    if recorded_at is None or recorded_at > as_of:
        return False
    return decided_on is None or decided_on <= day(as_of)


def new_arr_contradicts(decision: str, *, arr: Decimal | None, new_arr: Decimal | None) -> bool:
    """Say whether an amount cannot belong to a decision: an expansion that is no more, say.

    What is not known contradicts nothing.
    """
    if decision == "churned":
        return bool(new_arr)
    if arr is None or new_arr is None:
        return False
    wrong = {
        "renewed": new_arr != arr,
        "expanded": new_arr <= arr,
        "contracted": new_arr >= arr or new_arr <= 0,
    }
    return wrong[decision]
