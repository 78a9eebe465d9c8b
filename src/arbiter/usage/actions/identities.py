"""Who is who, as it is learnt: users at customers, and names of one user.

Learning is silent (the events themselves tell), may be repeated, and knows no order: of two moments the earlier stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, Model

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
    learn = _by_arrays if connection.vendor == "postgresql" else _by_json
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        rows, given = learn(some, [known[pair] for pair in some])
        sql = _LEARN.format(table=noun._meta.db_table, one=names[0], other=names[1], rows=rows)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)


def _by_arrays(pairs: Sequence[Pair], moments: Sequence[datetime]) -> tuple[str, list[Any]]:
    rows = "unnest(%s::text[], %s::text[], %s::timestamptz[])"
    return f"SELECT * FROM {rows}", [[a for a, _ in pairs], [b for _, b in pairs], list(moments)]  # noqa: S608


def _by_json(pairs: Sequence[Pair], moments: Sequence[datetime]) -> tuple[str, list[Any]]:
    moment = DateTimeField()
    rows = [
        (*pair, str(moment.get_db_prep_save(at, connection)))
        for pair, at in zip(pairs, moments, strict=True)
    ]
    cells = ", ".join(f"value ->> {place}" for place in range(3))
    # SQLite needs the WHERE to see where the rows end and ON CONFLICT begins.
    return f"SELECT {cells} FROM json_each(%s) WHERE true", [json.dumps(rows)]  # noqa: S608


_LEARN = """
INSERT INTO {table} ({one}, {other}, recorded_at) {rows}
ON CONFLICT ({one}, {other}) DO UPDATE SET recorded_at = EXCLUDED.recorded_at
WHERE EXCLUDED.recorded_at < {table}.recorded_at
"""
