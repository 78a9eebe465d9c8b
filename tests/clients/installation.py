"""An installation as somebody runs it: the real server on a port of loopback, with a database and a log of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

from tests.foundation.processes import ROOT, environment, wait_until


class Installation:
    """A running server, and a hand inside it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "serve.log").open("w+")
        self._environment = environment(folder) | {
            "BASE_URL": self.url,
            "DATABASE_URL": database,
        }
        self._server = self._start("-m", "arbiter", "serve", "--port", str(self.port))
        wait_until(self._answers, seconds=60)
        self._hand = self._start(
            "-m", "tests.clients.hand", stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, do: str, **more) -> object:
        """Have the hand do something and return what it found."""
        self._hand.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._hand.stdin.flush()
        answer = self._hand.stdout.readline()
        assert answer, f"the hand died: {self.said()}"
        return json.loads(answer)

    def said(self) -> str:
        """What server and hand wrote to their logs."""
        self._log.flush()
        return Path(self._log.name).read_text()

    def close(self) -> None:
        """End both processes, and those they have started."""
        for process in (self._hand, self._server):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()
        self._log.close()

    def _start(self, *words: str, **pipes) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self._environment,
            text=True,
            stderr=self._log,
            start_new_session=True,
            **{"stdout": self._log, **pipes},
        )

    def _answers(self) -> bool:
        assert self._server.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as reply:
                return reply.status == 200
        except (URLError, ConnectionError, TimeoutError):
            return False


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
