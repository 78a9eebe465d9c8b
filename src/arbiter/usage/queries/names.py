"""Every name of a user, and what was done under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from arbiter.usage.models import Alias

COLUMNS = ("at", "recorded_at", "customer_id", "user_id", "anonymous_id", "kind", "event", "properties")  # fmt: skip
AT_ONCE = 5_000


def names_of(user: str) -> list[str]:
    """Return a user's key and every name that aliases link with it, through others, too.

    Not through another user: two people at one computer share an anonymous id, and are two people all the same.
    """
    found, new = {user}, {user}
    is_a_name = Alias.objects.filter(other_key=user).exists()
    while new:
        linked = _linked(new) - found
        new = linked if is_a_name else linked & _names_among(linked)
        found |= new
    return sorted(found)


def events_of(user: str) -> Iterator[dict[str, Any]]:
    """Yield all that a user did under every name, the oldest first; what still waits for the log comes with the next flush."""
    # Reading the log needs libraries that take longer to load than all the rest.
    from arbiter.usage.log.duck import duck
    from arbiter.usage.log.table import open_log

    log, names = open_log(), names_of(user)
    if not log.exists:
        return
    with duck(megabytes=512) as connection:
        log.show(connection, "log_settled", settled=True)
        log.show(connection, "log_recent", settled=False)
        marks = ", ".join(["?"] * len(names))
        told = ", ".join(f'"{name}"' for name in COLUMNS)
        found = connection.execute(
            f"SELECT {told} FROM (FROM log_settled UNION ALL FROM log_recent) "  # noqa: S608
            f"WHERE user_id IN ({marks}) OR (user_id IS NULL AND anonymous_id IN ({marks})) "
            'ORDER BY "at", message_id',
            [*names, *names],
        )
        while rows := found.fetchmany(AT_ONCE):
            for row in rows:
                yield dict(zip(COLUMNS, row, strict=True))


def _linked(names: set[str]) -> set[str]:
    other = Alias.objects.filter(user_key__in=names).values_list("other_key", flat=True)
    return {*other, *Alias.objects.filter(other_key__in=names).values_list("user_key", flat=True)}


def _names_among(keys: Iterable[str]) -> set[str]:
    """Return those that are another name of somebody; the rest are users themselves."""
    return set(Alias.objects.filter(other_key__in=keys).values_list("other_key", flat=True))
