"""What a worker's process holds on to."""

import subprocess
import sys

LOOK = """
import django
django.setup()
from django.db import connection
from arbiter.foundation.jobs import memory
memory.keep_little()
with connection.cursor() as cursor:
    print(*cursor.execute("PRAGMA mmap_size").fetchall()[0], *cursor.execute("PRAGMA journal_mode").fetchall()[0])
import pyarrow
print(pyarrow.default_memory_pool().backend_name)
"""


def test_a_worker_maps_no_database_and_keeps_no_pool(tmp_path):
    house = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "arbiter.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={"PYTHONPATH": ":".join(sys.path), **house},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout

    assert said.splitlines() == ["0 wal", "system"]
