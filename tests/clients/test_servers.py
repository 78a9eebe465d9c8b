"""The clients that companies run on their servers, each its real package, through good and bad weather."""

import os
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients import kit, sent
from tests.clients.middleman import BUSY, CUT_OFF, REFUSED, STORED_THEN_500, TOO_LATE, between

pytestmark = [pytest.mark.clients, pytest.mark.sweep]

PROGRAMS = Path(__file__).parent / "programs"
CLIENTS = {
    "segment.py": sent.SEGMENT,
    "segment.mjs": sent.SEGMENT,
    "rudderstack.py": sent.SEGMENT,
    "rudderstack.mjs": sent.SEGMENT,
    "posthog.py": sent.POSTHOG_PYTHON,
    "posthog.mjs": sent.POSTHOG,
}
WEATHER = {
    "calm": [],
    "500 twice, then 200": [REFUSED, REFUSED],
    "429 with Retry-After": [BUSY],
    "stored, then answered 500": [STORED_THEN_500],
    "stored, then cut off": [CUT_OFF],
    "stored, and answered when nobody waits any more": [TOO_LATE],
    "all of it": [REFUSED, BUSY, CUT_OFF, STORED_THEN_500],
}
# Weather after which the same events come a second time.
REPEATS = {name for name, plan in WEATHER.items() if any(each.stored for each in plan)}
# Rudder's Node takes a request that timed out for a lost one, and does not send it again.
GIVES_UP = {("rudderstack.mjs", "stored, and answered when nobody waits any more")}


@dataclass
class Run:
    """A client at work."""

    name: str
    source: int
    middleman: object
    process: subprocess.Popen

    def end(self) -> str:
        """Wait until it has sent all, and return what it said."""
        said, _ = self.process.communicate(timeout=90)
        return said


def command(name: str) -> list[str]:
    """Run a program from standard input, where the packages lie."""
    return [str(kit.PYTHON), "-"] if name.endswith(".py") else ["node", "--input-type=module"]


def start(arbiter, name, text, middleman) -> Run:
    """Start a program of a client with a source of its own; the text may be made of the source's key."""
    source = arbiter.ask("source", name=name, kind="server")
    process = subprocess.Popen(
        command(name),
        cwd=kit.PACKAGES.parent,
        env={**os.environ, "HOST": middleman.url, "KEY": source["key"], "PYTHONPATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    process.stdin.write(text(source["key"]) if callable(text) else text)
    process.stdin.close()
    process.stdin = None
    return Run(name, source["pk"], middleman, process)


@pytest.fixture(params=WEATHER)
def runs(request, arbiter):
    """Every client, at once, each through a middleman of its own."""
    weather = request.param
    with ExitStack() as stack:
        found = []
        for name in CLIENTS:
            middleman = stack.enter_context(between(arbiter.port, WEATHER[weather]))
            found.append(start(arbiter, name, (PROGRAMS / name).read_text(), middleman))
        said = {run.name: run.end() for run in found}
        assert arbiter.ask("flush") == 0
        yield weather, found, said


def test_what_each_client_sent_is_stored_once(arbiter, runs):
    weather, found, said = runs
    wrong = {}
    for run in found:
        rows = arbiter.ask("rows", pk=run.source)
        taken = run.middleman.ids_taken()
        problems = sent.differences(rows, CLIENTS[run.name], taken)
        if problems or arbiter.ask("rejected", pk=run.source):
            wrong[run.name] = (problems, run.middleman.answers, said[run.name])
        if weather in REPEATS and (run.name, weather) not in GIVES_UP:
            assert len(taken) > len(set(taken)), f"{run.name} sent nothing twice"
        assert run.middleman.plan == [] or (run.name, weather) in GIVES_UP

    assert wrong == {}
