"""Processes killed under load: what was acknowledged is in the log, once. `bench/kills.py` does it two hundred times."""

import os

import pytest

from bench.support.databases import own_database
from bench.support.kills import Yard


@pytest.mark.sweep
def test_no_acknowledged_event_is_lost_or_doubled_whatever_is_killed(tmp_path):
    address = os.environ.get("DATABASE_URL", "")
    with own_database(address if address.startswith("postgres") else "") as own:
        yard = Yard(tmp_path, own, seed=3)

        came = yard.run(kills=24)

    assert came["acknowledged"] > 0
    assert (came["lost"], came["doubled"], came["unknown"], came["waiting"]) == (0, 0, 0, 0)
    assert min(yard.kills[kind] for kind in ("web", "worker", "upkeep")) > 0
