"""A running installation for real clients, and sources of it."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.clients import kit
from tests.clients.installation import Installation


@pytest.fixture(scope="session")
def arbiter(tmp_path_factory):
    """The installation, started once; without the clients there is nothing to run against it."""
    kit.require()
    folder = tmp_path_factory.mktemp("installation")
    with _database(folder) as url:
        installation = Installation(folder, url)
        yield installation
        installation.close()


@contextmanager
def _database(folder):
    """A database of its own, of the kind that the suite runs on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder}/arbiter.sqlite3"
        return
    name = f"clients_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
