"""Who is who, as it is learnt: users at customers, and names of one user.

Learning is silent (the events themselves tell), may be repeated, and knows no order: of two moments the earlier stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model

from arbiter.usage.models import Alias, Membership

AT_ONCE = 5_000
LONGEST_USER, LONGEST_CUSTOMER = 255, 200
Pair = tuple[str, str]


def learn_memberships(known: Mapping[Pair, datetime]) -> None:
    """Note at which customers users were seen, and when that became known."""
    fits = {
        pair: at
        for pair, at in known.items()
        if _fits(pair[0], LONGEST_USER) and _fits(pair[1], LONGEST_CUSTOMER)
    }
    _learn(Membership, ("user_key", "customer_key"), fits)


def learn_aliases(known: Mapping[Pair, datetime]) -> None:
    """Note which two names mean the same user, and when that became known."""
    fits = {
        pair: at
        for pair, at in known.items()
        if pair[0] != pair[1] and all(_fits(name, LONGEST_USER) for name in pair)
    }
    _learn(Alias, ("user_key", "other_key"), fits)


def forget(users: Sequence[str]) -> None:
    """Forget at which customers some users were seen, and their other names."""
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        Membership.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(user_key__in=some).delete()
        Alias.objects.filter(other_key__in=some).delete()


def _fits(name: str, longest: int) -> bool:
    # A file may hold names that no table takes: such a user is counted in the log, and belongs nowhere else.
    return bool(name) and len(name) <= longest and "\0" not in name


@transaction.atomic
def _learn(noun: type[Model], names: tuple[str, str], known: Mapping[Pair, datetime]) -> None:
    """Write thousands of rows by one statement: every flush waits for it."""
    pairs = sorted(known)
    learn = _by_arrays if connection.vendor == "postgresql" else _by_many
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
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
    # As Django spells a moment for SQLite, which takes ten times as long.
    spelled = [str(at.astimezone(UTC).replace(tzinfo=None)) for at in moments]
    rows = [(*pair, at) for pair, at in zip(pairs, spelled, strict=True)]
    sql = _LEARN.format(table=table, one=names[0], other=names[1], rows="VALUES (%s, %s, %s)")
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


_LEARN = """
INSERT INTO {table} ({one}, {other}, recorded_at) {rows}
ON CONFLICT ({one}, {other}) DO UPDATE SET recorded_at = EXCLUDED.recorded_at
WHERE EXCLUDED.recorded_at < {table}.recorded_at
"""
