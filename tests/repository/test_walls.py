"""The walls between the parts hold, and the checker would notice if one fell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKER = Path(sys.executable).parent / "lint-imports"

pytestmark = pytest.mark.skipif(not CHECKER.exists(), reason="import-linter comes with ./do check")

# contract → (file, line planted in it)
PLANTED = {
    "Each part depends only on the parts below it": (
        "accounts/rules.py",
        "import arbiter.forecast",
    ),
    "Science is pure": ("science/interval.py", "import django"),
    "The portal cannot reach a forecast": ("portal/planted.py", "import arbiter.forecast.rules"),
    "Faces meet the domain through queries": (
        "workspace/planted.py",
        "import arbiter.voice.models",
    ),
    "Connectors do not know one another": (
        "connectors/stripe/planted.py",
        "import arbiter.connectors.hubspot",
    ),
    "Inside a capability": ("outcomes/rules.py", "import arbiter.outcomes.actions"),
    "No cycles anywhere": ("foundation/roles.py", "import arbiter.foundation.journal"),
    "Models of accounts are its own": ("voice/planted.py", "import arbiter.accounts.models"),
    "Models of voice are its own": ("outcomes/planted.py", "import arbiter.voice.models"),
    "Models of outcomes are its own": ("engagement/planted.py", "import arbiter.outcomes.models"),
    "Models of engagement are its own": ("forecast/planted.py", "import arbiter.engagement.models"),
    "Models of metrics are its own": ("forecast/planted_below.py", "import arbiter.metrics.models"),
    "Models of usage are its own": ("forecast/planted_aside.py", "import arbiter.usage.models"),
    "Expressions of usage are pure": ("usage/expressions/planted.py", "import duckdb"),
    "Models of forecast are its own": ("connectors/planted.py", "import arbiter.forecast.models"),
}


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CHECKER, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scratch")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(
        ROOT / "src",
        folder / "src",
        ignore=shutil.ignore_patterns("__pycache__", "static", "templates"),
    )
    return folder


def broken(reply: subprocess.CompletedProcess[str]) -> set[str]:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", reply.stdout)
    return set(re.findall(r"^(.+?) BROKEN", plain, re.MULTILINE))


def test_all_walls_stand_and_each_planted_breach_is_named(scratch):
    assert broken(check(scratch)) == set()
    contracts = re.findall(r'^name = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    walls = [name for name in contracts if name != "arbiter"]
    for file, line in PLANTED.values():
        path = scratch / "src/arbiter" / file
        path.write_text((path.read_text() if path.exists() else "") + f"\n{line}\n")

    named = broken(check(scratch))

    assert named == set(walls)
    assert all(any(wall.startswith(known) for known in PLANTED) for wall in walls)


def test_a_package_nobody_placed_fails(scratch):
    (scratch / "src/arbiter/oddity").mkdir(exist_ok=True)
    (scratch / "src/arbiter/oddity/__init__.py").write_text("")

    reply = check(scratch)

    assert reply.returncode != 0
    assert "oddity" in reply.stdout + reply.stderr
