"""`kill -9` in the middle of an import: nothing is half stored, and the import is seen to have stopped."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.connectors.workspace_files.company import HARBOUR, write

# Runs the command, but comes to a halt once the first goals are written and tells so by a file.
HALTING = """
import sys, time
from pathlib import Path
import django
django.setup()
from arbiter.connectors.workspace_files import storing
add = storing.Store.add
def halting(self, file, batch):
    add(self, file, batch)
    if file.name == "goals":
        Path(sys.argv[2]).touch()
        time.sleep(60)
storing.Store.add = halting
from arbiter.cli.main import main
main(["import", sys.argv[1]])
"""

STATUSES = """
import django
django.setup()
import json
from arbiter.connectors.workspace_files import imports
print(json.dumps([imports.status(record) for record in imports.newest()]))
"""


@pytest.fixture
def run(tmp_path):
    """Run Python with a database file of its own."""
    data = tmp_path / "data"
    data.mkdir()
    environment = {
        **os.environ,
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/arbiter.sqlite3",
        "DJANGO_SETTINGS_MODULE": "arbiter.config.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }

    def start(*arguments, **terms):
        return subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )  # fmt: skip

    return start


def finish(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def counts(database):
    tables = [
        "accounts_customer",
        "accounts_contact",
        "accounts_contract",
        "accounts_renewal",
        "outcomes_goal",
    ]
    with sqlite3.connect(database) as connection:
        found = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        ]
        facts = connection.execute("SELECT count(*) FROM foundation_fact").fetchone()[0]
    connection.close()
    return found, facts


@pytest.mark.sweep
def test_a_killed_import_leaves_nothing_and_can_be_run_again(tmp_path, run):
    folder, marker = write(tmp_path / "harbour"), tmp_path / "written"
    database = tmp_path / "data" / "arbiter.sqlite3"
    process = run("-c", HALTING, str(folder), str(marker))
    deadline = time.monotonic() + 120
    while not marker.exists():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.05)

    os.kill(process.pid, signal.SIGKILL)
    process.communicate()

    assert counts(database) == ([0, 0, 0, 0, 0], 0)
    assert json.loads(finish(run("-c", STATUSES))) == ["stopped"]

    report = json.loads(finish(run("-m", "arbiter", "import", str(folder), "--json")))

    assert report["stored"]
    assert {name: each["created"] for name, each in report["files"].items()} == {
        f"{name}.csv": len(rows) for name, rows in HARBOUR.items()
    }
    assert json.loads(finish(run("-c", STATUSES))) == ["stored", "stopped"]
