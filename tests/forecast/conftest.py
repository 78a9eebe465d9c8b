"""What tests of forecast may ask for."""

import pytest
from django.db import connection

from arbiter.foundation import guards


@pytest.fixture
def unguarded(db):
    """The guards give way, so that a test can do what nobody may: change what was said."""
    guards.remove(connection)
    yield
    guards.install()
