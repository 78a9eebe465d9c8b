"""`arbiter export`: everything out, and in again."""

import json

import pytest
from click.testing import CliRunner

from arbiter.cli.exports import export
from arbiter.connectors.workspace_files.exporting import NotEmpty
from tests.connectors.workspace_files.company import HARBOUR, write
from tests.connectors.workspace_files.running import store

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(export, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(autouse=True)
def harbour(tmp_path):
    store(write(tmp_path / "harbour"))


def test_it_names_each_file_with_its_rows(tmp_path):
    reply = run(tmp_path / "out")

    assert reply.exit_code == 0
    lines = reply.output.splitlines()
    assert "customers.csv: 3 rows" in lines
    assert "touchpoints.csv: 1 row" in lines
    assert lines[-1] == f"Written to {tmp_path / 'out'}."
    assert (tmp_path / "out" / "workspace.json").exists()


def test_machines_get_one_object(tmp_path):
    told = json.loads(run(tmp_path / "out", "--json").output)

    assert told["files"] == {f"{name}.csv": len(rows) for name, rows in HARBOUR.items()}


def test_parquet_instead_of_csv(tmp_path):
    told = json.loads(run(tmp_path / "out", "--parquet", "--json").output)

    assert told["files"]["customers.parquet"] == 3
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".parquet", ".json"}


def test_a_folder_with_other_things_in_it_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")

    with pytest.raises(NotEmpty):
        run(tmp_path / "out")


def test_a_file_in_place_of_a_folder_is_wrong_use(tmp_path):
    (tmp_path / "out").write_text("mine")

    assert run(tmp_path / "out").exit_code == 2
