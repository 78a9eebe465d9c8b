"""Jobs for the tests of jobs: a worker process finds them by their path, as it finds real ones."""

import time
from datetime import timedelta
from pathlib import Path

from arbiter.foundation.jobs import job

NOTHING_RECURS = []


@job()
def write(path, words):
    """Add a line to a file."""
    with Path(path).open("a") as file:
        file.write(f"{words}\n")


@job(attempts=3)
def stumble(path, times):
    """Fail as often as told, then succeed; the file counts the attempts."""
    so_far = Path(path).read_text().count("tried") if Path(path).exists() else 0
    write.call(path, "tried")
    if so_far < times:
        raise ValueError("not yet")


@job(limit=timedelta(minutes=2))
def dawdle(path, seconds):
    """Say that it began, take its time, say that it ended."""
    write.call(path, "began")
    time.sleep(seconds)
    write.call(path, "ended")


@job()
def interrupted():
    """Stand for a job during which the process is told to stop."""
    raise KeyboardInterrupt
