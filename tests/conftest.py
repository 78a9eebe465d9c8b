"""What every test may ask for: the cast, and a database whose guards give way only to being emptied."""

from datetime import datetime

import pytest
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import timezone

from arbiter.foundation import guards
from tests.world import TODAY, World

_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_without_guards(self, sql_list):
    """The journal refuses to be emptied, which is right, and which a transactional test must get round."""
    guards.remove(connections[self.connection.alias])
    return _flush(self, sql_list)


@pytest.fixture(scope="session", autouse=True)
def _flushable():
    BaseDatabaseOperations.execute_sql_flush = _flush_without_guards
    yield
    BaseDatabaseOperations.execute_sql_flush = _flush


class Clock:
    """The time that faces and jobs read while a test runs; `set` moves it."""

    def __init__(self) -> None:
        self.now = TODAY

    def set(self, moment: datetime) -> None:
        """Let it be another moment from here on."""
        self.now = moment


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock on TODAY of the world, so that no test depends on the day it runs."""
    stopped = Clock()
    monkeypatch.setattr(timezone, "now", lambda: stopped.now)
    return stopped


@pytest.fixture
def world(db, clock):
    """The cast (see `tests/world.py`), on a day in June 2026."""
    return World()
