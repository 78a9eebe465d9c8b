"""Workers as processes, killed in the middle: what they were doing is done all the same."""

import signal

import pytest

from tests.foundation.processes import wait_until

WORK = """
import logging, signal, threading
from datetime import timedelta
from arbiter.foundation.jobs import heartbeat, worker
heartbeat.EVERY = timedelta(seconds=0.3)
heartbeat.GONE_AFTER = timedelta(seconds=2)
worker.REAP_EVERY = timedelta(seconds=0.5)
from arbiter.foundation.jobs import job
job.__globals__["FIRST_WAIT"] = timedelta(seconds=0.1)
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
worker.run(stop)
"""
ENQUEUE = "from tests.foundation import chores; chores.dawdle.enqueue({path!r}, {seconds})"
STATUS = """
SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%dawdle'
"""


@pytest.mark.sweep
def test_a_job_whose_worker_is_killed_is_run_again_by_the_next(machine):
    paper = machine.folder / "paper"
    machine.run(ENQUEUE.format(path=str(paper), seconds=1.5))
    first = machine.start(WORK)
    wait_until(lambda: paper.exists() and "began" in paper.read_text())

    machine.kill(first)
    machine.start(WORK)

    wait_until(lambda: "ended" in paper.read_text())
    assert paper.read_text().split() == ["began", "began", "ended"]
    wait_until(lambda: machine.ask(STATUS) == [("SUCCESSFUL",)])


@pytest.mark.sweep
def test_a_worker_told_to_stop_finishes_its_job_and_takes_its_beat_along(machine):
    paper = machine.folder / "paper"
    machine.run(ENQUEUE.format(path=str(paper), seconds=1))
    process = machine.start(WORK)
    wait_until(paper.exists)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert paper.read_text().split() == ["began", "ended"]
    assert machine.ask("SELECT * FROM foundation_beat") == []
