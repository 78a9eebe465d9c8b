import subprocess
import sys

import pytest

from tests.foundation.processes import ROOT, Machine, environment


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A migrated database file, made once, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=environment(folder),
        cwd=ROOT,
        check=True,
    )
    return folder / "arbiter.sqlite3"


@pytest.fixture
def machine(migrated, tmp_path):
    """A data folder of its own on which processes can be started and killed."""
    machine = Machine(tmp_path, migrated)
    yield machine
    machine.close()
