"""A log with a few events in it, for tests of what is counted from it."""

from datetime import timedelta
from itertools import count

from arbiter.usage.log.rows import Rows
from arbiter.usage.log.table import open_log
from arbiter.usage.wire.event import Event

_numbers = count(1)


def did(*events, source=1):
    """Put events into the log, in one append."""
    rows = Rows()
    rows.add(source, events)
    log = open_log()
    log.append(rows.table(), number=max(log.written("arbiter"), 0) + 1)


def done(name="Invoice Sent", *, at, user="uma", customer="harbour", arrived=None, **told):
    """One event of one of a customer's people, heard of a second later unless it `arrived` at another moment."""
    heard = arrived or at + timedelta(seconds=1)
    given = {"kind": "track", "event": name, "user_id": user, "customer_id": customer, "at": at}
    return Event(**{"message_id": f"m{next(_numbers)}", "received_at": heard} | given | told)


def daily(*, until, days, name="Invoice Sent", **told):
    """The same event on each of so many days up to a moment."""
    return [done(name, at=until - timedelta(days=back), **told) for back in range(days)]
