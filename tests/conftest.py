"""What every test may ask for: the cast, and a database whose guards give way only to being emptied."""

import pytest
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations

from arbiter.foundation import guards

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
