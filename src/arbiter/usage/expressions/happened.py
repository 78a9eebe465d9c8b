"""What was done lately, by customer and user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import ibis
from ibis import _

from arbiter.usage.expressions import events as log


def newest(
    events: ibis.Table, *, names: Sequence[str], since: datetime, until: datetime
) -> ibis.Table:
    """Return the newest of some events by customer and user.

    Returns:
        `customer_key`, `user_id`, `event`, `at`: of the time after `since` until `until`; without a customer left out.
    """
    done = events.filter(
        events.kind.isin(log.ACTIVITY),
        events.day >= since.astimezone(UTC).date(),
        events.day <= until.astimezone(UTC).date(),
        events.event.isin(list(names)),
        events.customer_id.notnull(),
        events.at > since,
        events.at <= until,
    )
    return done.group_by(customer_key=_.customer_id, user_id=_.user_id, event=_.event).aggregate(
        at=_.at.max()
    )
