"""Processes to be killed: Python with the product set up on a database file of its own."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Machine:
    """A data folder with a migrated database, and the processes that run on it."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        shutil.copy(template, folder / "arbiter.sqlite3")
        self.running: list[subprocess.Popen] = []
        self.environment: dict[str, str] = {}

    def start(self, code: str) -> subprocess.Popen:
        """Start a process that runs some lines with Django set up."""
        process = subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=environment(self.folder) | self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        return process

    def run(self, code: str) -> str:
        """Run some lines to their end and return what they print."""
        process = self.start(code)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        return said.strip()

    def ask(self, sql: str) -> list[tuple]:
        """Look into the database from outside."""
        connection = sqlite3.connect(self.folder / "arbiter.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def kill(self, process: subprocess.Popen) -> None:
        """Kill a process as a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """Leave no process behind."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process that works on a folder's own database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/arbiter.sqlite3",
    }


def wait_until(true, *, seconds: float = 20.0) -> None:
    """Wait until something is true, and fail when it does not become so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
