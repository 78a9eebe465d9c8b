"""One sample company for all tests of this folder."""

from datetime import date

import pytest

from arbiter.sample import write
from tests.sample.reading import Written

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def ledgerly(tmp_path_factory) -> Written:
    folder = tmp_path_factory.mktemp("ledgerly")
    write(folder, today=TODAY)
    return Written(folder, TODAY)
