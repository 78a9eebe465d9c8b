"""What imports do not show: the clock, models asked for by name, our settings by their module."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUFF = Path(sys.executable).parent / "ruff"


def findings(tmp_path, where: str, text: str) -> str:
    path = tmp_path / "src/arbiter" / where
    path.parent.mkdir(parents=True)
    path.write_text(text)
    reply = subprocess.run(
        [
            RUFF,
            "check",
            "--no-cache",
            "--config",
            ROOT / "pyproject.toml",
            "--output-format=concise",
            "src",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    return reply.stdout


@pytest.mark.parametrize(
    "line",
    [
        "from django.utils import timezone\n\nMOMENT = timezone.now()\n",
        "from datetime import datetime\n\nMOMENT = datetime.now()\n",
        "from datetime import date\n\nDAY = date.today()\n",
        "import time\n\nMOMENT = time.time()\n",
        'from django.apps import apps\n\nGOAL = apps.get_model("outcomes", "Goal")\n',
        "from arbiter.config import settings\n\nDEBUG = settings.DEBUG\n",
    ],
)
@pytest.mark.skipif(not RUFF.exists(), reason="ruff comes with ./do check")
def test_the_domain_may_not_reach_for_it(tmp_path, line):
    assert "TID251" in findings(tmp_path, "outcomes/rules.py", line)


@pytest.mark.skipif(not RUFF.exists(), reason="ruff comes with ./do check")
def test_a_face_reads_the_clock(tmp_path):
    line = "from django.utils import timezone\n\nMOMENT = timezone.now()\n"

    assert "TID251" not in findings(tmp_path, "workspace/pages.py", line)
