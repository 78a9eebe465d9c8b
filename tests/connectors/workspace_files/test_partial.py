"""With the good rows stored, the bad ones are written out, corrected, and come in as they are."""

import csv

import pytest

from arbiter.connectors.workspace_files import rejected, sources
from tests.connectors.workspace_files.company import HARBOUR, write
from tests.connectors.workspace_files.running import exported, outcome, store

pytestmark = pytest.mark.django_db


def spoilt(tmp_path):
    """Harbour with one bad customer: its contacts and all that hangs from them have nothing to refer to."""
    customers = [dict(row) for row in HARBOUR["customers"]]
    customers[2]["since"] = "yesterday"
    return write(tmp_path / "harbour", customers=customers)


def test_good_rows_are_stored_and_what_hangs_from_bad_ones_is_not(tmp_path):
    report = store(spoilt(tmp_path), partial=True)

    assert report.stored
    assert outcome(report)["customers"] == (2, 0, 0, 1)
    assert outcome(report)["contacts"] == (2, 0, 0, 1)
    assert outcome(report)["contracts"] == (2, 0, 0, 1)
    assert outcome(report)["asks"] == (1, 0, 0, 1)
    assert outcome(report)["answers"] == (2, 0, 0, 1)
    assert b"dov" not in exported(tmp_path / "out")["contacts.csv"]


def test_corrected_rejected_rows_complete_the_company(tmp_path):
    folder = spoilt(tmp_path)
    source = sources.open_source(folder)
    report = store(folder, partial=True)
    written = rejected.write(source, report, tmp_path / "rejected")
    assert {path.stem for path in written} >= {
        "customers",
        "contacts",
        "contracts",
        "asks",
        "answers",
    }
    path = tmp_path / "rejected" / "customers.csv"
    (row,) = csv.DictReader(path.read_text().splitlines())
    assert row["rejected_line"] == "4"
    assert "YYYY-MM-DD" in row["rejected_reason"]
    path.write_text(path.read_text().replace("yesterday", ""))

    again = store(tmp_path / "rejected")

    assert again.stored
    assert again.custom == {}
    made = write(tmp_path / "whole")
    assert all(created == updated == 0 for created, updated, _, _ in outcome(store(made)).values())


def test_without_partial_the_same_files_leave_nothing(tmp_path):
    report = store(spoilt(tmp_path))

    assert not report.stored
    assert report.import_id is None
    assert set(exported(tmp_path / "out")) == {"customers.csv", "workspace.json"}


def test_a_row_of_a_broken_file_is_given_back_as_far_as_it_can_be_read(tmp_path):
    rows = [{"customer_id": f"c{number}", "name": ""} for number in range(300)]
    folder = write(tmp_path / "harbour", {"customers": rows})
    with (folder / "customers.csv").open("a") as file:
        file.write('b,"B\n')
    source = sources.open_source(folder)

    report = store(folder)
    (path,) = rejected.write(source, report, tmp_path / "rejected")

    assert len(report.problems) == 301
    assert "never closed" in report.problems[-1].reason
    assert path.read_text().startswith("customer_id,name,rejected_line,rejected_reason\nc0,,2,")
