"""A dry run says exactly what an import would do, and does nothing."""

import pytest

from tests.connectors.workspace_files.company import HARBOUR, write
from tests.connectors.workspace_files.running import (
    check,
    exported,
    outcome,
    rows_of_every_table,
    store,
)

pytestmark = pytest.mark.django_db


def changed(tmp_path, **cells):
    """The company again, with other cells in Harbour's row."""
    customers = [dict(row) for row in HARBOUR["customers"]]
    customers[0].update(cells)
    return write(tmp_path / "changed", customers=customers)


def test_it_writes_nothing_at_all(tmp_path):
    store(write(tmp_path / "harbour"))
    before, data = rows_of_every_table(), exported(tmp_path / "before")
    newcomer = {"customer_id": "new", "name": "New", "owner_email": "nobody@vendor.example"}

    report = check(write(tmp_path / "more", customers=[*HARBOUR["customers"], newcomer]))

    assert outcome(report)["customers"] == (1, 0, 3, 0)
    assert rows_of_every_table() == before
    assert exported(tmp_path / "after") == data


def test_it_counts_what_the_import_then_does(tmp_path):
    folder = write(tmp_path / "harbour")

    expected = outcome(check(folder))

    assert outcome(store(folder)) == expected


def test_it_shows_before_and_after_of_each_field_with_the_line(tmp_path):
    store(write(tmp_path / "harbour"))

    report = check(
        changed(tmp_path, stage="renewal", promised_value="All of them", parent_id="dunes")
    )

    (change,) = [each for each in report.changes() if each.state == "updated"]
    assert (change.file, change.line, change.key) == ("customers.csv", 2, "harbour")
    assert change.fields == {
        "stage": ["adoption", "renewal"],
        "promised_value": ["Half of them", "All of them"],
        "parent_id": ["holding", "dunes"],
    }


def test_it_tells_new_unchanged_and_conflicting_rows_by_their_lines(tmp_path):
    store(write(tmp_path / "harbour"))
    verdicts = [dict(row) for row in HARBOUR["verdicts"]]
    verdicts[0]["verdict"] = "not"
    verdicts.append({**verdicts[0], "verdict_id": "v3"})

    report = check(write(tmp_path / "more", verdicts=verdicts))

    told = {each.line: each.state for each in report.changes() if each.file == "verdicts.csv"}
    assert told == {2: "conflict", 3: "unchanged", 4: "created"}
    assert report.counts["verdicts"].conflict == report.counts["verdicts"].rejected == 1


def test_rows_that_refer_to_new_rows_of_the_same_files_are_fine(tmp_path):
    report = check(write(tmp_path / "harbour"))

    assert report.problems == []
    assert outcome(report) == {name: (len(rows), 0, 0, 0) for name, rows in HARBOUR.items()}


def test_unknown_columns_are_named(tmp_path):
    rows = [{**row, "crm": "x", "Grade ": "A"} for row in HARBOUR["customers"]]

    report = check(write(tmp_path / "harbour", customers=rows))

    assert report.custom == {"customers": ["Grade", "crm"]}


def test_custom_fields_have_a_before_and_after_too(tmp_path):
    store(
        write(
            tmp_path / "harbour",
            customers=[
                {"customer_id": "harbour", "name": "H", "crm": "1"},
                *HARBOUR["customers"][1:],
            ],
        )
    )

    report = check(
        write(
            tmp_path / "more",
            customers=[
                {"customer_id": "harbour", "name": "H", "crm": "2"},
                *HARBOUR["customers"][1:],
            ],
        )
    )

    (change,) = [each for each in report.changes() if each.state == "updated"]
    assert change.fields == {"crm": ["1", "2"]}
