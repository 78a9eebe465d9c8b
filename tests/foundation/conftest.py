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


@pytest.fixture
def ground(world, settings):
    """A company whose mail goes to a server that is not there yet."""
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    settings.EMAIL_BACKEND = "arbiter.foundation.mail.backend.OutboxBackend"
    settings.BASE_URL = "https://arbiter.lighthouse.test"
    settings.EMAIL_FROM = "Lighthouse, the vendor <hello@lighthouse.test>"
    return world


@pytest.fixture
def point_to(ground, settings):
    """Have mail go to a running server."""

    def point(server, scheme="smtp", login=""):
        settings.EMAIL_URL = f"{scheme}://{login}127.0.0.1:{server.port}"

    return point
