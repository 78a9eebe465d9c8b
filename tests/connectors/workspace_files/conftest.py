"""What the tests of workspace files stand on."""

import pytest

from tests.connectors.workspace_files.company import write
from tests.connectors.workspace_files.running import store


@pytest.fixture
def harbour(tmp_path):
    """Harbour, stored."""
    return store(write(tmp_path / "harbour"))
