"""Tables that only grow, and columns that never change: refused by the database itself.

Triggers are set after every migration rather than by one: SQLite rebuilds a table that is altered and
would lose them silently. `arbiter doctor` looks whether they are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps.config import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """What is refused on a table: every change (`columns` empty), or a change of some columns."""

    table: str
    columns: tuple[str, ...] = ()
    deletable: bool = False

    @property
    def sentence(self) -> str:
        """What the database answers."""
        return f"{self.table} is kept for good: add a new row instead"


_guards: list[Guard] = []


def protect(guard: Guard) -> None:
    """Have a table guarded from the next migration on."""
    if guard not in _guards:
        _guards.append(guard)


def install(sender: AppConfig | None = None, using: str = "default", **kwargs: object) -> None:
    """Set every guard whose table exists (a receiver of `post_migrate`; may run twice without harm)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _guards:
            if guard.table in tables:
                for statement in statements(guard, connection):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away (for emptying a test database); `install` brings them back."""
    with connection.cursor() as cursor:
        for name, table in _installed(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def opened(table: str, using: str = "default") -> Iterator[None]:
    """Let a guarded table change within a transaction: what the law has erased outweighs our promise.

    The journal, of which nothing may go, stays shut: it holds nobody's words.
    """
    guard = next((each for each in _guards if each.table == table and each.deletable), None)
    if guard is None:
        yield
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        _open(guard, connection, cursor)
        yield
        _shut(guard, connection, cursor)


def _open(guard: Guard, connection: BaseDatabaseWrapper, cursor: Any) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {guard.table}_no_update")
    else:
        cursor.execute("SELECT set_config('arbiter.erasing', %s, true)", [guard.table])


def _shut(guard: Guard, connection: BaseDatabaseWrapper, cursor: Any) -> None:
    if connection.vendor == "sqlite":
        for statement in _sqlite(guard):
            cursor.execute(statement)
    else:
        cursor.execute("SELECT set_config('arbiter.erasing', '', true)")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the guarded tables that lack a trigger."""
    there = {table for _, table in _installed(connection)}
    return [guard.table for guard in _guards if guard.table not in there]


def statements(guard: Guard, connection: BaseDatabaseWrapper) -> list[str]:
    """Return the SQL that sets one guard on SQLite or PostgreSQL."""
    if connection.vendor == "sqlite":
        return _sqlite(guard)
    return _postgresql(guard)


def _sqlite(guard: Guard) -> list[str]:
    of = f" OF {', '.join(guard.columns)}" if guard.columns else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
    found = [
        f"CREATE TRIGGER IF NOT EXISTS {guard.table}_no_update BEFORE UPDATE{of} ON {guard.table} {refuse}"
    ]
    if not guard.deletable:
        found.append(
            f"CREATE TRIGGER IF NOT EXISTS {guard.table}_no_delete BEFORE DELETE ON {guard.table} {refuse}"
        )
    return found


def _postgresql(guard: Guard) -> list[str]:
    name = f"{guard.table}_refuse"
    unless = (
        f"IF TG_OP = 'UPDATE' AND current_setting('arbiter.erasing', true) = '{guard.table}' "
        "THEN RETURN NEW; END IF; "
        if guard.deletable
        else ""
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {unless}RAISE EXCEPTION '{guard.sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    of = f" OF {', '.join(guard.columns)}" if guard.columns else ""
    found = [
        function,
        (
            f"CREATE OR REPLACE TRIGGER {guard.table}_no_update BEFORE UPDATE{of} ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        ),
    ]
    if not guard.deletable:
        found += [
            (
                f"CREATE OR REPLACE TRIGGER {guard.table}_no_delete BEFORE DELETE ON {guard.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            ),
            (
                f"CREATE OR REPLACE TRIGGER {guard.table}_no_truncate BEFORE TRUNCATE ON {guard.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ]
    return found


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_no\\_%' ESCAPE '\\'"
    else:
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgname LIKE '%\\_no\\_%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(str(name), str(table)) for name, table in cursor.fetchall()]
