"""A real cluster on loopback: Spark's own master and two workers, from the `pyspark` package, stopped by process."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

LOOPBACK = "127.0.0.1"
SECONDS = 60
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
BRIEF = "-XX:TieredStopAtLevel=1"
OPTIONS = {
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "768m",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.openCostInBytes": "0",  # else each small file is a task of its own
    "spark.ui.showConsoleProgress": "false",
    # A minute is too short to win back what the second compiler of Java costs.
    "spark.driver.extraJavaOptions": BRIEF,
    "spark.executor.extraJavaOptions": BRIEF,
    "spark.log.level": "ERROR",
}


def missing():
    """What of it this machine lacks, in a sentence; empty where nothing."""
    if shutil.which("java") is None:
        return "There is no Java on this machine, so no cluster was started."
    if find_spec("pyspark") is None:
        return "PySpark is not installed, so no cluster was started."
    return ""


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """The address of a master with two workers. Without Java the test is skipped, or fails where it is required."""
    lacks = missing()
    if lacks and "java" in os.environ.get("ARBITER_REQUIRE", "").split():
        pytest.fail(lacks)
    if lacks:
        pytest.skip(lacks)
    folder = tmp_path_factory.mktemp("cluster")
    port, page = _free_ports(2)
    address = f"spark://{LOOPBACK}:{port}"
    with ExitStack() as running:
        running.enter_context(
            _process(folder, MASTER, "--port", port, "--webui-port", page, "--host", LOOPBACK)
        )
        for number in (1, 2):
            running.enter_context(_worker(folder / str(number), address))
        _wait_for_workers(page)
        yield address


def _worker(folder, address):
    return _process(
        folder, WORKER, "--host", LOOPBACK, "--webui-port", "0",
        "--cores", "1", "--memory", "1g", "--work-dir", folder / "work", address,
    )  # fmt: skip


@contextmanager
def _process(folder, role, *arguments):
    """One of Spark's daemons in a group of its own, so that what it starts is stopped with it."""
    folder.mkdir(exist_ok=True)
    package = Path(find_spec("pyspark").submodule_search_locations[0])
    environment = os.environ | {
        "SPARK_HOME": str(package),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": BRIEF,
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    }
    with (folder / f"{role}.log").open("wb") as said:
        started = subprocess.Popen(
            [package / "bin" / "spark-class", role, *map(str, arguments)],
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def _wait_for_workers(page):
    give_up = time.monotonic() + SECONDS
    while time.monotonic() < give_up:
        try:
            with urlopen(f"http://{LOOPBACK}:{page}/json/", timeout=5) as reply:
                if reply.read().count(b'"state" : "ALIVE"') >= 2:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"No two workers came to the master within {SECONDS} s.")


def _free_ports(count):
    with ExitStack() as opened:
        sockets = [opened.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
