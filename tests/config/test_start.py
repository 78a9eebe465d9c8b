"""What a start loads, and what it leaves until somebody needs it."""

import subprocess
import sys

LOOK = """
import os, sys
import django
django.setup()
print(sorted({"lightgbm", "polars", "scipy.optimize", "scipy.stats"} & sys.modules.keys()))
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


def test_a_start_loads_nothing_that_takes_longer_than_itself():
    said = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=60
    ).stdout

    assert said.split("\n") == ["[]", "1", ""]
