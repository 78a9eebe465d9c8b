"""What the clients need on this machine: Node, and the SDKs in the versions the tests name (`./do clients`)."""

import json
import os
import re
import shutil
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / ".venv" / "node" / "node_modules"
PYTHON = ROOT / ".venv" / "clients" / "bin" / "python"
PYTHON_CLIENTS = ("posthog", "rudder-sdk-python", "segment-analytics-python")


def missing() -> list[str]:
    """What is not here, in words."""
    found = [] if shutil.which("node") else ["Node"]
    found += [name for name, version in _wanted_of_node().items() if _of_node(name) != version]
    here = _of_python()
    found += [name for name, version in _wanted_of_python().items() if here.get(name) != version]
    return found


def require() -> None:
    """Skip with a loud reason where a part is missing; fail where the clients are required."""
    lacking = missing()
    if not lacking:
        return
    said = f"NO REAL CLIENT WAS RUN. Missing: {', '.join(lacking)}. `./do clients` installs them."
    if "clients" in os.environ.get("ARBITER_REQUIRE", "").split():
        pytest.fail(said)
    pytest.skip(said)


def _wanted_of_node() -> dict[str, str]:
    return json.loads((Path(__file__).parent / "package.json").read_text())["dependencies"]


def _of_node(name: str) -> str | None:
    told = PACKAGES / name / "package.json"
    return json.loads(told.read_text())["version"] if told.exists() else None


def _wanted_of_python() -> dict[str, str]:
    pins = (ROOT / "requirements" / "clients.txt").read_text()
    found = dict(re.findall(r"^([\w-]+)==(\S+)", pins, re.MULTILINE))
    return {name: found[name] for name in PYTHON_CLIENTS}


def _of_python() -> dict[str, str]:
    folders = [str(path) for path in PYTHON.parents[1].glob("lib/python*/site-packages")]
    return {each.metadata["Name"]: each.version for each in distributions(path=folders)}
