"""Who is who, as it is learnt: users at customers, and names of one user.

Learning is silent (the events themselves tell), may be repeated, and knows no order: of two moments the earlier stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model

from arbiter.usage.models import Alias, Membership

AT_ONCE = 5_000
# Twice as fast as row by row; SQLite takes no more than 32,766 values.
ROWS_AT_ONCE = 1_000
LONGEST_USER, LONGEST_CUSTOMER = 255, 200
Pair = tuple[str, str]


def learn_memberships(known: Mapping[Pair, datetime]) -> None:
    """Note at which customers users were seen, and when that became known."""
    _learn(Membership, ("user_key", "customer_key"), known, _that_fit(known, LONGEST_CUSTOMER))


def learn_aliases(known: Mapping[Pair, datetime]) -> None:
    """Note which two names mean the same user, and when that became known."""
    fits = [pair for pair in _that_fit(known, LONGEST_USER) if pair[0] != pair[1]]
    _learn(Alias, ("user_key", "other_key"), known, fits)


def forget(users: Sequence[str]) -> None:
    """Forget at which customers some users were seen, and their other names."""
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        Membership.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(other_key__in=some).delete()


def _that_fit(known: Iterable[Pair], longest: int) -> list[Pair]:
    # A file may hold names that no table takes: such a user is counted in the log, and belongs nowhere else.
    return [
        (user, other)
        for user, other in known
        if 0 < len(user) <= LONGEST_USER
        and 0 < len(other) <= longest
        and "\0" not in user
        and "\0" not in other
    ]


@transaction.atomic
def _learn(
    noun: type[Model],
    names: tuple[str, str],
    known: Mapping[Pair, datetime],
    pairs: list[Pair],
) -> None:
    """Write many rows by one statement: every flush waits for it."""
    pairs.sort()
    learn = _by_arrays if connection.vendor == "postgresql" else _by_many
    for start in range(0, len(pairs), ROWS_AT_ONCE):
        some = pairs[start : start + ROWS_AT_ONCE]
        learn(noun._meta.db_table, names, some, [known[pair] for pair in some])


def _by_arrays(
    table: str, names: tuple[str, str], pairs: Sequence[Pair], moments: Sequence[datetime]
) -> None:
    rows = "SELECT * FROM unnest(%s::text[], %s::text[], %s::timestamptz[])"
    sql = _LEARN.format(table=table, one=names[0], other=names[1], rows=rows)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[a for a, _ in pairs], [b for _, b in pairs], list(moments)])


def _by_many(
    table: str, names: tuple[str, str], pairs: Sequence[Pair], moments: Sequence[datetime]
) -> None:
    # As Django spells a moment for SQLite; a flush knows few.
    spelled = {at: str(at.astimezone(UTC))[: -len("+00:00")] for at in set(moments)}
    told = [
        word
        for (one, other), at in zip(pairs, moments, strict=True)
        for word in (one, other, spelled[at])
    ]
    rows = "VALUES " + ", ".join(["(%s, %s, %s)"] * len(pairs))
    sql = _LEARN.format(table=table, one=names[0], other=names[1], rows=rows)
    with connection.cursor() as cursor:
        cursor.execute(sql, told)


_LEARN = """
INSERT INTO {table} ({one}, {other}, recorded_at) {rows}
ON CONFLICT ({one}, {other}) DO UPDATE SET recorded_at = EXCLUDED.recorded_at
WHERE EXCLUDED.recorded_at < {table}.recorded_at
"""
