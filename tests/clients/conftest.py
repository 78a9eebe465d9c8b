"""A running installation for real clients, and sources of it."""

import pytest

from tests.clients import kit
from tests.clients.installation import Installation


@pytest.fixture(scope="session")
def arbiter(tmp_path_factory):
    """The installation, started once; without the clients there is nothing to run against it."""
    kit.require()
    installation = Installation(tmp_path_factory.mktemp("installation"))
    yield installation
    installation.close()
