"""Which verbs there are, and which of them the journal has heard of while the tests ran.

A verb is a public function of `arbiter/<capability>/actions/` with a keyword `by`. Each one that is called
through its own tests must write in the journal; `tests/repository/test_verbs_journal.py` asks at the end.
The journal itself is listened to, and the calls that led to a line are looked up on the stack: no verb
is replaced or wrapped, so it does not matter how a test or a face imports one.
"""

import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from arbiter.foundation import journal

CAPABILITIES = (
    "foundation",
    "accounts",
    "voice",
    "usage",
    "outcomes",
    "engagement",
    "metrics",
    "forecast",
)
FOLDER = Path(__file__).parent
# Verbs that write no line, each with its reason.
SILENT: dict[str, str] = {}
ASKING_LAST = "test_every_verb_writes_in_the_journal"
WHERE_VERBS_ARE = re.compile(r"/arbiter/(\w+)/actions(?:/(\w+))?\.py$")


class VerbsHeard:
    """A plugin of the test run: remembers each verb that led to a line in the journal."""

    def __init__(self) -> None:
        self.is_above_others = False
        self.heard: set[str] = set()
        self.complete: set[str] = set()

    def pytest_sessionstart(self) -> None:
        """Listen from the first test on."""
        journal.listen(self.hear)

    def hear(self, facts: object) -> None:
        """Note every verb on the way to the line that is being written."""
        frame = sys._getframe(1)
        while frame is not None:
            if found := WHERE_VERBS_ARE.search(frame.f_code.co_filename):
                self.heard.add(_name(*found.groups(), frame.f_code.co_name))
            frame = frame.f_back

    def pytest_collection_modifyitems(self, items) -> None:
        """Let the question come last, and note of which capabilities every test file is in this run."""
        items.sort(key=lambda item: item.name == ASKING_LAST)
        files = {item.path for item in items}
        for capability in CAPABILITIES:
            own = set((FOLDER / capability).glob("test_*.py"))
            if own and own <= files:
                self.complete.add(capability)

    def pytest_sessionfinish(self, session) -> None:
        """In a run on several cores each process tells what it heard, and the one above them asks."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["heard"] = sorted(self.heard)
            session.config.workeroutput["complete"] = sorted(self.complete)
        elif self.is_above_others and (unheard := self.unheard(SILENT)):
            session.config.get_terminal_writer().line(
                f"\nVerbs that no test of theirs calls, or that write no line: {unheard}", red=True
            )
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node) -> None:
        """Gather what one of several processes heard."""
        self.is_above_others = True
        told = getattr(node, "workeroutput", {})
        self.heard |= set(told.get("heard", ()))
        self.complete |= set(told.get("complete", ()))

    def unheard(self, silent) -> list[str]:
        """Every verb of the capabilities wholly tested that wrote no line and is not listed as silent."""
        known = {verb for capability in self.complete for verb in verbs(capability)}
        return sorted(known - self.heard - silent.keys())

    def pytest_deselected(self, items) -> None:
        """A run of chosen tests proves nothing about the rest."""
        for item in items:
            self.complete -= set(item.path.relative_to(FOLDER).parts[:1])


def verbs(capability: str) -> Iterator[str]:
    """The dotted name of every verb of a capability."""
    for module in _actions(capability):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in inspect.signature(function).parameters:
                yield _name(*WHERE_VERBS_ARE.search(module.__file__).groups(), name)


def _actions(capability: str) -> Iterator[object]:
    name = f"arbiter.{capability}.actions"
    try:
        package = import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return
    yield package
    for found in pkgutil.iter_modules(getattr(package, "__path__", [])):
        yield import_module(f"{name}.{found.name}")


def _name(capability: str, module: str | None, function: str) -> str:
    return f"{capability}.{module or 'actions'}.{function}"
