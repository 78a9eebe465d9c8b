"""A database of a run's own, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def databases() -> dict[str, str]:
    """Return the databases to measure on, by name, each with the address of its server; SQLite has none."""
    given = os.environ.get("DATABASE_URL", "")
    found = {"SQLite": ""}
    if given.startswith("postgres"):
        found["PostgreSQL"] = given
    return found


def environment(
    data: str | Path, *, url: str = "", settings: str = "arbiter.config.settings"
) -> dict[str, str]:
    """Return the environment of a process that keeps its data in a folder, or in the database of an address."""
    made = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": settings}
    made.pop("DATABASE_URL", None)
    return {**made, "DATABASE_URL": url} if url else made


class own_database:  # noqa: N801 - reads as what it gives
    """A database of one run's own on the PostgreSQL server; nothing for SQLite."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = f"arbiter_bench_{os.getpid()}"

    def __enter__(self) -> str:
        if not self.url:
            return ""
        self._run(f"DROP DATABASE IF EXISTS {self.name}", f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{self.name}"))

    def __exit__(self, *exc: object) -> None:
        if self.url:
            self._run(f"DROP DATABASE IF EXISTS {self.name}")

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
