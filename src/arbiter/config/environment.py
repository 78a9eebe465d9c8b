"""Typed reading of the environment: each value is understood whole or the start stops with a sentence."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; "
    "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY"
)


class Environment:
    """The environment, asked by name and type. `NAME_FILE` names a file that holds the value."""

    def __init__(self) -> None:
        self._env = environ.FileAwareEnv()
        self._env.ENVIRON = FileAwareMapping(cache=False)

    def text(self, name: str, *, default: str, secret: bool = False) -> str:
        """Return the value as it stands."""
        return str(self._env.str(name, default=default)).strip()

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        """Return a switch; anything but the usual words for yes and no is refused."""
        said = self.text(name, default="yes" if default else "no").lower()
        if said in {"1", "true", "yes", "on"}:
            return True
        if said in {"0", "false", "no", "off", ""}:
            return False
        raise ImproperlyConfigured(f"{name} is {said!r}: say yes or no.")

    def whole(self, name: str, *, default: int, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`."""
        said = self.text(name, default=str(default))
        if not re.fullmatch(r"-?\d+", said) or not low <= int(said) <= high:
            raise ImproperlyConfigured(
                f"{name} is {said!r}: give a whole number from {low} to {high}."
            )
        return int(said)

    def one_of(self, name: str, choices: list[str], *, default: str) -> str:
        """Return one of the words allowed."""
        said = self.text(name, default=default)
        if said not in choices:
            raise ImproperlyConfigured(f"{name} is {said!r}: choose one of {', '.join(choices)}.")
        return said

    def words(self, name: str, *, default: list[str | None]) -> list[str]:
        """Return a comma-separated list without empty members."""
        said = self.text(name, default=",".join(filter(None, default)))
        return [word.strip() for word in said.split(",") if word.strip()]

    def url(self, name: str, *, default: str) -> str:
        """Return an http(s) address without a trailing slash."""
        said = self.text(name, default=default).rstrip("/")
        parts = urlsplit(said)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name} is {said!r}: give an address such as https://arbiter.example.com."
            )
        return said

    def folder(self, name: str, *, default: Path) -> Path:
        """Return a folder that exists, made when it is missing."""
        path = Path(self.text(name, default=str(default))).expanduser()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ImproperlyConfigured(
                f"{name} is {path}: it cannot be made ({problem.strerror})."
            ) from problem
        return path

    def secret(self, name: str, *, kept_in: Path, make: Callable[[], str]) -> str:
        """Return the secret from the environment, else the one kept beside the data, made once."""
        given = self.text(name, default="", secret=True)
        if given:
            if len(given) < 32:
                raise ImproperlyConfigured(
                    f"{name} is too short: give at least 32 random characters."
                )
            return given
        if not kept_in.exists():
            kept_in.touch(mode=0o600)
            kept_in.write_text(make())
        return kept_in.read_text().strip()

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        """Return Django's settings of a SQLite or PostgreSQL database from its URL."""
        said = self.text(name, default=default, secret=True)
        scheme = urlsplit(said).scheme
        if scheme == "sqlite":
            return self._sqlite(Path(said.removeprefix("sqlite:///")))
        if scheme in {"postgres", "postgresql"}:
            found: dict[str, Any] = self._env.db_url_config(said)
            found["CONN_MAX_AGE"] = 600
            found["CONN_HEALTH_CHECKS"] = True
            return found
        raise ImproperlyConfigured(
            f"{name} starts with {scheme!r}: use sqlite:////path/to/file or postgres://user:password@host/name."
        )

    @staticmethod
    def _sqlite(path: Path) -> dict[str, Any]:
        # IMMEDIATE takes the write lock at the start: deferred transactions fail half-way under load. Connections stay
        # open: the last one to close empties the log of writes into the file, which would be after every request.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }

    @staticmethod
    def changelog_version(changelog: Path) -> str:
        """Return the newest version that the changelog tells of: where the package is not installed."""
        found = re.search(r"^## (\d+\.\d+\.\d+)", changelog.read_text(), re.MULTILINE)
        if not found:
            raise ImproperlyConfigured(f"{changelog} names no version.")
        return found[1]
