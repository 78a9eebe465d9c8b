"""When something happened, by clocks that may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from arbiter.usage.wire.limits import AHEAD, EARLIEST
from arbiter.usage.wire.refusals import Unfit

When = str | int | float | None
_SECONDS_END = 1e11
"""Larger numbers are milliseconds: as seconds they would lie beyond the year 5000."""


def moment(said: When) -> datetime | None:
    """Return what a client calls a time, in UTC; without a zone it is UTC already.

    Raises:
        Unfit: it is no time.
    """
    if said is None or said == "":
        return None
    try:
        if isinstance(said, str):
            found = datetime.fromisoformat(said)
            if found.tzinfo is UTC:
                return found
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        return datetime.fromtimestamp(said / 1000 if said > _SECONDS_END else said, UTC)
    except (ValueError, OverflowError, OSError) as wrong:
        raise Unfit(
            "time_unreadable", "The time is not ISO 8601, such as 2026-11-21T19:36:51.987Z."
        ) from wrong


def moment_if_any(said: object) -> datetime | None:
    """Return a time that only corrects another: one that cannot be read corrects nothing."""
    try:
        return moment(said) if isinstance(said, str | int | float) else None
    except Unfit:
        return None


def corrected(
    told: datetime | None, *, sent_at: datetime | None, received_at: datetime
) -> datetime:
    """Return when it happened by our clock: as long before we received it as the client says it was before sending.

    Raises:
        Unfit: that is more than a day ahead, or too long ago to be meant.
    """
    if told is None:
        return received_at
    try:
        at = told if sent_at is None else received_at - (sent_at - told)
    except OverflowError:
        at = told
    if at > received_at + AHEAD:
        raise Unfit("time_ahead", "The time is more than a day ahead.")
    if at < EARLIEST:
        raise Unfit("time_too_early", f"The time is before {EARLIEST.year}.")
    return at


def before(received_at: datetime, milliseconds: float) -> datetime:
    """Return the moment that lies some milliseconds before; what no clock can mean is the moment itself."""
    try:
        return received_at - timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError):
        return received_at
