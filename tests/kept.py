"""What takes long to bring about is brought about once a run, and its rows are written back for the next test.

    @pytest.fixture
    def told(world):
        return once(a_book_of_renewals, world)

The first time `a_book_of_renewals(world)` works through its verbs; what it changed in the database is remembered beside what
it was changed from. A later test that stands at the same point gets the same rows, with the same keys, and the
same objects. One that stands elsewhere (another fixture came first, or another kind of test) has them brought about anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from arbiter.forecast.models import Edition

Row = tuple[Any, ...]
Rows = dict[type[Model], dict[Any, Row]]

# Made by migrations and by signing in, and numbered anew whenever a test has emptied the database.
NEVER_OURS = {"auth", "contenttypes", "sessions"}
_made: dict[tuple[Any, ...], tuple[Change, bytes]] = {}


class Change:
    """What lies between two states of the database: rows to write and keys of rows to remove."""

    def __init__(self, before: Rows, after: Rows) -> None:
        self.added, self.changed, self.removed = {}, {}, {}
        for noun, new in after.items():
            old = before[noun]
            self.added[noun] = [row for key, row in new.items() if key not in old]
            self.changed[noun] = [
                (*row, key) for key, row in new.items() if key in old and old[key] != row
            ]
            self.removed[noun] = [(key,) for key in old if key not in new]

    def write(self) -> None:
        """Bring the database from the first state to the second."""
        with transaction.atomic(), connection.cursor() as cursor:
            for noun, keys in self.removed.items():
                _many(cursor, f"DELETE FROM {_table(noun)} WHERE {_key(noun)} = %s", keys)
            for noun, rows in self.changed.items():
                fields = ", ".join(f"{name} = %s" for name in _columns(noun))
                _many(cursor, f"UPDATE {_table(noun)} SET {fields} WHERE {_key(noun)} = %s", rows)
            for noun, rows in self.added.items():
                names, places = ", ".join(_columns(noun)), ", ".join("%s" for _ in _columns(noun))
                _many(cursor, f"INSERT INTO {_table(noun)} ({names}) VALUES ({places})", rows)
            numbered = [noun for noun, rows in self.added.items() if rows]
            for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
                cursor.execute(statement)
        # Sums that a page has kept belong to the rows of another test.
        Edition.objects.update(token=uuid4().hex)


def once(build: Callable[..., Any], *given: Any) -> Any:
    """Return what `build(*given)` returns, with the database as it leaves it; the given objects change likewise."""
    before = _rows()
    state = hash(tuple(row for rows in before.values() for row in rows.values()))
    key = (build.__module__, build.__qualname__, connection.in_atomic_block, state)
    if key not in _made:
        found = build(*given)
        _made[key] = Change(before, _rows()), pickle.dumps((found, given))
        return found
    change, kept = _made[key]
    change.write()
    found, then = pickle.loads(kept)
    for now, was in zip(given, then, strict=True):
        vars(now).clear()
        vars(now).update(vars(was))
    return next((now for now, was in zip(given, then, strict=True) if was is found), found)


def _rows() -> Rows:
    """Every row of ours by its key."""
    with connection.cursor() as cursor:
        return {noun: _read(cursor, noun) for noun in _nouns()}


def _read(cursor: Any, noun: type[Model]) -> dict[Any, Row]:
    cursor.execute(f"SELECT {', '.join(_columns(noun))} FROM {_table(noun)}")
    place = _columns(noun).index(_key(noun))
    return {row[place]: row for row in cursor.fetchall()}


def _many(cursor: Any, statement: str, rows: list[Row]) -> None:
    if rows:
        cursor.executemany(statement, rows)


@cache
def _nouns() -> list[type[Model]]:
    return [
        noun
        for noun in apps.get_models(include_auto_created=True)
        if noun._meta.app_label not in NEVER_OURS
    ]


@cache
def _columns(noun: type[Model]) -> list[str]:
    return [connection.ops.quote_name(field.column) for field in noun._meta.local_concrete_fields]


def _key(noun: type[Model]) -> str:
    return connection.ops.quote_name(noun._meta.pk.column)


def _table(noun: type[Model]) -> str:
    return connection.ops.quote_name(noun._meta.db_table)
