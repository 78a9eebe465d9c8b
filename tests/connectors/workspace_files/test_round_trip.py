import pytest

from arbiter.connectors.workspace_files import exporting, importing, sources
from arbiter.foundation.models import Person
from tests.connectors.workspace_files.company import NOON, contents, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path):
    def run(folder, **terms):
        by = Person.objects.system()
        return importing.store(sources.open_source(folder), by=by, at=NOON, **terms)

    return run


def test_x(imported, tmp_path):
    report = imported(write(tmp_path / "in"))
    print([str(p) for p in report.problems], report.counts)
    assert report.stored
    print(exporting.export(tmp_path / "out"))
    for name, data in contents(tmp_path / "out").items():
        print(name, data.decode())
    again = imported(tmp_path / "out")
    print(again.counts)
    assert 0
