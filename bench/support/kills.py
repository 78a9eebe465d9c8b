"""An installation whose processes are killed at random while clients send events, and what came of the events.

The web server, the worker's job that moves events into the log, and the upkeep of the log are processes of their own.
Each is started, works for a random while, is killed with SIGKILL, and is started again. Clients send a batch until
they hear 200, again with the same message ids after a lost answer, and now and then once more for no reason.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.support.databases import environment

KEY = "a-key-of-the-kills"
SERVE = """
import django, sys
django.setup()
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
Granian("arbiter.config.wsgi:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI,
        workers=1, blocking_threads=4, log_level=LogLevels.error).serve()
"""
MOVE = """
import django, time
django.setup()
from arbiter.usage import jobs
from arbiter.usage.actions import flushes, compactions
from arbiter.usage.log import lock, order, repeats, table
import duckdb
order.MOST_SMALL = 8
print("ready", flush=True)
while True:
    try:
        jobs.flush.call()
    except lock.Busy:
        pass
    time.sleep(0.02)
"""
KEEP_IN_ORDER = """
import django, time
django.setup()
from datetime import timedelta
from django.utils import timezone
from arbiter.usage.actions import compactions
from arbiter.usage.log import lock, order
import duckdb
compactions.HOURS_KEPT, compactions.SETTLED_AFTER = 0, timedelta(0)
print("ready", flush=True)
while True:
    try:
        compactions.compact(clock=timezone.now)
    except lock.Busy:
        pass
    time.sleep(0.05)
"""
PREPARE = """
import django, sys
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from arbiter.usage.models import Source
from arbiter.usage.rules.keys import hash_of
Source.objects.create(name="Kills", kind="server", key_hash=hash_of(sys.argv[1]), sealed_key="", made_at=timezone.now())
"""
COUNT = """
import django, json, sys
django.setup()
from collections import Counter
from django.utils import timezone
from arbiter.usage.actions import compactions, flushes
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Flush, Parcel, Rejection
while flushes.flush(at=timezone.now()) is not None:
    pass
compactions.compact(clock=timezone.now)
with duck() as connection:
    for settled in (True, False):
        open_log().show(connection, f"log_{settled}", settled=settled)
    found = connection.sql("SELECT message_id FROM (FROM log_True UNION ALL FROM log_False)").fetchall()
times = Counter(message for (message,) in found)
sent = set(json.load(open(sys.argv[1])))
print(json.dumps({
    "acknowledged": len(sent), "in_log": len(found), "lost": len(sent - times.keys()),
    "doubled": sum(count - 1 for count in times.values()), "unknown": len(times.keys() - sent),
    "waiting": Parcel.objects.count() + Flush.objects.count(), "rejected": Rejection.objects.count(),
}))
"""
# How long each may live, at most: so that kills fall into its start, its work and its waiting.
LONGEST = {"web": 0.6, "worker": 1.0, "upkeep": 1.0}


@dataclass
class Yard:
    """One installation, its clients and those who kill its processes."""

    folder: Path
    url: str
    seed: int
    acknowledged: set[str] = field(default_factory=set)
    kills: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.environment = environment(self.folder, url=self.url) | {"LOG_LEVEL": "ERROR"}
        self.port = _free_port()
        self._over = threading.Event()
        self._enough = threading.Event()
        self._lock = threading.Lock()

    def run(self, kills: int) -> dict[str, int]:
        """Kill so many processes under load, and return what came of the events."""
        self._ask(PREPARE, KEY)
        killers = [threading.Thread(target=self._keep_killing, args=(kind,)) for kind in LONGEST]
        clients = [threading.Thread(target=self._keep_sending, args=(each,)) for each in range(3)]
        for thread in killers + clients:
            thread.start()
        while sum(self.kills.values()) < kills and all(thread.is_alive() for thread in killers):
            time.sleep(0.05)
        # The last batches are still to be acknowledged: from now on nobody is killed.
        self._enough.set()
        for thread in clients:
            thread.join(timeout=60)
        self._over.set()
        for thread in killers:
            thread.join(timeout=60)
        sent = self.folder / "acknowledged.json"
        sent.write_text(json.dumps(sorted(self.acknowledged)))
        return dict(json.loads(self._ask(COUNT, str(sent))))

    def _keep_killing(self, kind: str) -> None:
        chance = random.Random(f"{self.seed} {kind}")
        while not self._over.is_set():
            process = self._start(kind)
            try:
                if not self._enough.is_set() and self._is_ready(kind, process):
                    self._enough.wait(chance.uniform(0, LONGEST[kind]))
                    if not self._enough.is_set():
                        _kill(process)
                        self.kills[kind] += 1
                        continue
                self._over.wait()
            finally:
                _kill(process)

    def _start(self, kind: str) -> subprocess.Popen[str]:
        code, *given = {
            "web": (SERVE, str(self.port)),
            "worker": (MOVE,),
            "upkeep": (KEEP_IN_ORDER,),
        }[kind]
        with (self.folder / f"{kind}.log").open("a") as told:
            return subprocess.Popen(
                [sys.executable, "-c", code, *given],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
                start_new_session=True,
            )

    def _is_ready(self, kind: str, process: subprocess.Popen[str]) -> bool:
        if kind != "web":
            assert process.stdout is not None
            return process.stdout.readline() == "ready\n"
        while process.poll() is None and not self._over.is_set():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return True
            time.sleep(0.02)
        return False

    def _keep_sending(self, client: int) -> None:
        chance = random.Random(f"{self.seed} client {client}")
        batches: list[list[str]] = []
        while not self._enough.is_set():
            first = sum(map(len, batches))
            batches.append([f"{client}-{first + each}" for each in range(chance.randint(1, 40))])
            again = [chance.choice(batches)] if chance.random() < 0.1 else []
            for batch in [batches[-1], *again]:
                self._send_until_heard(batch, chance)
                with self._lock:
                    self.acknowledged.update(batch)

    def _send_until_heard(self, batch: list[str], chance: random.Random) -> None:
        body = json.dumps({"batch": [_call(message) for message in batch]}).encode()
        key = b64encode(f"{KEY}:".encode()).decode()
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("POST", "/v1/batch", body, {"Authorization": f"Basic {key}"})
                if connection.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                # The server is being killed, is gone, or is not there again yet: as a client would, it comes again.
                pass
            finally:
                connection.close()
            time.sleep(chance.uniform(0.01, 0.1))

    def _ask(self, code: str, *given: str) -> str:
        command = [sys.executable, "-c", code, *given]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)  # fmt: skip
        return done.stdout


def _call(message: str) -> dict[str, object]:
    number = int(message.split("-")[1])
    call = {"type": "track", "messageId": message, "event": "Step", "userId": f"user {number % 7}"}
    # Of three months, and half of them without their customer, so that upkeep has months to sort and users to settle.
    call["timestamp"] = f"2026-0{4 + number % 3}-{1 + number % 28:02}T12:00:00Z"
    context = {"groupId": f"customer {number % 7}"} if number % 2 else {}
    return call | {"context": context}


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill a process and its children as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
