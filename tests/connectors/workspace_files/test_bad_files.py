"""Twenty-odd kinds of bad file: each is told with its line, its column and what to do, and nothing is stored."""

import json

import pytest

from arbiter.accounts.queries import customers
from arbiter.connectors.workspace_files import sources
from arbiter.foundation.refusals import Refusal
from tests.connectors.workspace_files.company import HARBOUR, write, write_file
from tests.connectors.workspace_files.running import check, store

pytestmark = pytest.mark.django_db

# What is wrong: the file, the row in it (0 is the first), what its cells say instead,
# then the column that is named and a part of the remedy.
BAD_ROWS = {
    "an empty key": ("customers", 1, {"customer_id": " "}, "customer_id", "Fill it in"),
    "no name": ("customers", 0, {"name": ""}, "name", "Fill it in"),
    "a key too long": ("customers", 2, {"customer_id": "x" * 201}, "customer_id", "Keep it to 200"),
    "a text too long": ("customers", 0, {"stage": "x" * 101}, "stage", "Keep it to 100"),
    "a NUL character": ("customers", 0, {"why_bought": "late\0ly"}, None, "Export it again"),
    "the same key twice": ("customers", 2, {"customer_id": "harbour"}, "customer_id", "stands on line 2. Keep one"),
    "its own parent": ("customers", 0, {"parent_id": "harbour"}, "parent_id", "Leave it empty"),
    "a parent that is nowhere": ("customers", 0, {"parent_id": "gone"}, "parent_id", "Add it, or correct the key"),
    "parents in a circle": ("customers", 1, {"parent_id": "harbour"}, "parent_id", "Leave one of them empty"),
    "not a mail address": ("customers", 0, {"owner_email": "ada at vendor"}, "owner_email", "Correct it, or leave it empty"),
    "not a date": ("customers", 0, {"since": "03/04/2026"}, "since", "YYYY-MM-DD"),
    "no such day": ("customers", 0, {"since": "2026-02-30"}, "since", "no such day. Correct it"),
    "an unknown word": ("contacts", 0, {"role": "boss"}, "role", "decision_maker, sponsor, champion"),
    "a customer that is nowhere": ("contacts", 2, {"customer_id": "gone"}, "customer_id", "Add it, or correct the key"),
    "left before joining": ("contacts", 0, {"left_on": "2019-01-01"}, "left_on", "Correct one of the two dates"),
    "ends before it starts": ("contracts", 1, {"ends_on": "2025-12-31"}, "ends_on", "Correct one of the two dates"),
    "an amount without currency": ("contracts", 1, {"currency": ""}, "currency", "three letters, such as EUR"),
    "no currency of ISO 4217": ("contracts", 1, {"currency": "Euro"}, "currency", "three letters of ISO 4217"),
    "a decimal comma": ("contracts", 1, {"arr": "150.000,50"}, "arr", "with a point: 1200.5"),
    "a negative amount": ("contracts", 1, {"arr": "-1"}, "arr", "below 0. Correct it"),
    "an amount too fine": ("contracts", 1, {"arr": "0.005"}, "arr", "at most 2 decimal places. Round it"),
    "an amount too large": ("contracts", 1, {"arr": "1e20"}, "arr", "not a number"),
    "a negative number of seats": ("contracts", 0, {"seats": "-4"}, "seats", "below 0"),
    "half a seat": ("contracts", 0, {"seats": "1.5"}, "seats", "not a whole number"),
    "neither true nor false": ("contracts", 0, {"auto_renew": "perhaps"}, "auto_renew", "Write true or false"),
    "a cause without a loss": ("contracts", 0, {"churn_cause": "ours"}, "churn_cause", "or set the decision"),
    "a day without a decision": ("contracts", 1, {"decided_on": "2026-05-01"}, "decided_on", "Set the decision"),
    "a category of nobody's": ("goals", 0, {"category": "fun"}, "category", "revenue, cost, time"),
    "stated by another's contact": ("goals", 0, {"stated_by": "dov"}, "stated_by", "of another customer. Correct one"),
    "an instant without a zone": ("goals", 0, {"at": "2025-02-01T10:00:00"}, "at", "Add Z, or an offset"),
    "not an instant": ("goals", 0, {"at": "last week"}, "at", "YYYY-MM-DDTHH:MM:SSZ"),
    "money without currency": ("revisions", 0, {"currency": ""}, "currency", "three letters, such as EUR"),
    "a result of an unknown goal": ("results", 1, {"goal_id": "gone"}, "goal_id", "Add it, or correct the key"),
    "a value that is none": ("results", 1, {"value": "many"}, "value", "not a number"),
    "a verdict by another's contact": ("verdicts", 0, {"contact_id": "dov"}, "contact_id", "of another customer. Correct one"),
    "on behalf without evidence": ("verdicts", 1, {"evidence": ""}, "evidence", "Fill in evidence"),
    "an answer nobody can give": ("answers", 0, {"value": "perhaps"}, "value", "Use yes, no or not_sure"),
    "an answer off its scale": ("answers", 1, {"value": "11"}, "value", "on the scale 0-10"),
    "an answer to another's ask": ("answers", 2, {"ask_id": "q1"}, "ask_id", "put to another contact"),
    "a probability above 1": ("beliefs", 0, {"probability": "85"}, "probability", "Write 0.85 for 85 %"),
    "a signal that is no number": ("signals", 0, {"value": "green"}, "value", "not a number"),
    "a guest of another customer": ("touchpoints", 0, {"contact_ids": "cleo;dov"}, "contact_ids", "of another customer"),
    "a negative effort": ("investments", 0, {"amount": "-1"}, "amount", "below 0"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BAD_ROWS)
def test_a_bad_row_names_its_line_its_column_and_the_remedy(tmp_path, wrong):
    file, place, cells, column, remedy = BAD_ROWS[wrong]
    rows = [dict(row) for row in HARBOUR[file]]
    rows[place].update(cells)

    report = store(write(tmp_path / "harbour", **{file: rows}))

    told = {
        (each.file, each.line, each.column) for each in report.problems if remedy in each.reason
    }
    assert (f"{file}.csv", _line(HARBOUR[file], place), column or "") in told
    assert not report.stored
    assert not customers.everybody().exists()


def _line(rows, place):
    """The line a row stands on: a cell may hold line ends of its own."""
    return 2 + place + sum(cell.count("\n") for row in rows[:place] for cell in row.values())


BAD_FILES = {
    "a required column is missing": ("customer_id\nharbour\n", 1, "name", "Add it: every row needs it"),
    "a column stands there twice": ("customer_id,name,name\nharbour,Harbour,Port\n", 1, "", "Remove one"),
    "a row is too short": ("customer_id,name,stage\nharbour,Harbour\n", 2, "", "missing quotation mark or delimiter"),
    "a row is too long": ("customer_id,name\nharbour,Harbour\ndunes,Dunes,x\n", 3, "", "missing quotation mark or delimiter"),
    "a quotation mark is not closed": ('customer_id,name\nharbour,Harbour\ndunes,"Dunes\n', 3, "", "Close it"),
    "the file is empty": ("", 0, "", "at least a header row"),
    "it is a web page": ("<!doctype html><title>Sign in</title>", 0, "", "while signed in"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BAD_FILES)
def test_a_bad_file_names_its_line_and_the_remedy(tmp_path, wrong):
    text, line, column, remedy = BAD_FILES[wrong]
    folder = write(tmp_path / "harbour", {})
    (folder / "customers.csv").write_text(text)

    report = store(folder)

    problem = next(each for each in report.problems if remedy in each.reason)
    assert (problem.file, problem.line, problem.column) == ("customers.csv", line, column)
    assert not report.stored


def test_bytes_that_are_no_text_name_their_line(tmp_path):
    folder = write(tmp_path / "harbour", {})
    (folder / "customers.csv").write_bytes(b"customer_id,name\nharbour,\x81\x8d\n")

    (problem,) = store(folder).problems

    assert problem.line == 2
    assert "Save it as" in problem.reason


def test_a_broken_file_stops_everything_even_when_the_rest_may_be_stored(tmp_path):
    folder = write(tmp_path / "harbour")
    (folder / "goals.csv").write_text("goal_id,customer_id\nfaster,harbour\n")

    report = store(folder, partial=True)

    assert not report.stored
    assert not customers.everybody().exists()


def test_every_problem_of_every_file_is_told_at_once(tmp_path):
    folder = write(
        tmp_path / "harbour",
        customers=[{"customer_id": "harbour", "name": "", "since": "soon"}],
        contacts=[{"contact_id": "cleo", "customer_id": "harbour", "name": "Cleo", "role": "boss"}],
    )

    told = {(each.file, each.column) for each in check(folder).problems}

    assert {("customers.csv", "name"), ("customers.csv", "since"), ("contacts.csv", "role")} <= told


def test_a_folder_without_customers_is_refused(tmp_path):
    write_file(tmp_path / "contacts.csv", HARBOUR["contacts"])

    with pytest.raises(Refusal, match=r"has no customers\.csv\. Add it"):
        sources.open_source(tmp_path)


def test_the_same_file_in_two_forms_is_refused(tmp_path):
    write_file(tmp_path / "customers.csv", HARBOUR["customers"])
    (tmp_path / "customers.parquet").write_bytes(b"PAR1")

    with pytest.raises(Refusal, match="Give one of them"):
        sources.open_source(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        (json.dumps({"format": 2}), "newer than this version of Arbiter reads \\(1\\). Upgrade first"),
        (json.dumps({"format": "1"}), "Known is format 1"),
        ("not json", "cannot be read"),
    ],
)  # fmt: skip
def test_a_format_we_do_not_know_is_refused(tmp_path, manifest, says):
    folder = write(tmp_path / "harbour")
    (folder / "workspace.json").write_text(manifest)

    with pytest.raises(Refusal, match=says):
        sources.open_source(folder)


def test_files_of_nobody_are_named_and_skipped(tmp_path):
    folder = write(tmp_path / "harbour")
    for name in ("thesis.docx", "goals.xlsx"):
        (folder / name).write_bytes(b"")

    report = store(folder)

    assert report.stored
    assert report.skipped == [
        ("goals.xlsx", "only .csv and .parquet are read"),
        ("thesis.docx", "not a workspace file"),
    ]


def test_a_single_file_is_known_by_its_name_or_by_its_columns(tmp_path):
    by_name = write_file(
        tmp_path / "customers.csv", [{"customer_id": "a", "name": "A", "crm": "1"}]
    )
    by_columns = write_file(tmp_path / "my goals.csv", HARBOUR["goals"])
    foreign = write_file(tmp_path / "contacts.csv", [{"Record ID": "1", "First Name": "Cleo"}])

    assert sources.workspace_file(by_name).name == "customers"
    assert sources.workspace_file(by_columns).name == "goals"
    assert sources.workspace_file(foreign) is None
