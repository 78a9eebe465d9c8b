"""Rows are known by their keys: what they say anew is written, what they leave empty is left alone."""

import pytest

from arbiter.accounts.models import Contract, Customer, Renewal
from arbiter.connectors.models import Before
from arbiter.foundation.models import Person
from tests.connectors.workspace_files.company import HARBOUR, write
from tests.connectors.workspace_files.running import again, exported, outcome, store

pytestmark = pytest.mark.django_db


def test_only_what_differs_is_written(harbour, tmp_path):
    report = again(
        tmp_path, "customers", [{"customer_id": "harbour", "name": "Harbour", "stage": ""}]
    )

    assert outcome(report) == {"customers": (0, 1, 0, 0)}
    found = Customer.objects.get(key="harbour")
    assert (found.name, found.stage, found.owner.email) == (
        "Harbour",
        "adoption",
        "ada@vendor.example",
    )
    assert Before.objects.get().before == {"name": "Harbour Logistics"}


def test_an_empty_cell_erases_where_it_is_told_to_and_only_in_columns_of_the_file(
    harbour, tmp_path
):
    rows = [
        {
            "customer_id": "harbour",
            "name": "Harbour Logistics",
            "stage": "",
            "owner_email": "",
            "parent_id": "",
        }
    ]

    report = again(tmp_path, "customers", rows, blank_erases=True)

    assert outcome(report) == {"customers": (0, 1, 0, 0)}
    found = Customer.objects.get(key="harbour")
    assert (found.stage, found.owner, found.parent) == ("", None, None)
    assert found.segment == "Enterprise"


def test_a_decision_comes_with_a_later_file_and_may_be_erased(harbour, tmp_path):
    row = {
        "contract_id": "h-2026",
        "customer_id": "harbour",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }

    again(
        tmp_path,
        "contracts",
        [{**row, "decision": "churned", "decided_on": "2026-05-01", "churn_cause": "ours"}],
    )

    renewal = Renewal.objects.get(contract__key="h-2026")
    assert (renewal.decision, renewal.churn_cause) == ("churned", "ours")
    assert renewal.recorded_at.isoformat() == "2026-05-01T00:00:00+00:00"
    again(tmp_path, "contracts", [{**row, "decision": ""}], blank_erases=True)
    assert not Renewal.objects.filter(contract__key="h-2026").exists()


def test_a_loss_that_was_none_takes_its_cause_with_it(harbour, tmp_path):
    row = {
        "contract_id": "d-2025",
        "customer_id": "dunes",
        "starts_on": "2025-02-01",
        "ends_on": "2026-01-31",
    }

    report = again(tmp_path, "contracts", [{**row, "decision": "renewed"}])

    assert outcome(report) == {"contracts": (0, 1, 0, 0)}
    renewal = Renewal.objects.get(contract__key="d-2025")
    assert (renewal.decision, renewal.churn_cause, renewal.evidence, renewal.avoidable) == (
        "renewed",
        "",
        "",
        None,
    )


def test_what_file_and_table_say_together_must_make_sense(harbour, tmp_path):
    rows = [
        {
            "contract_id": "h-2026",
            "customer_id": "harbour",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "currency": "",
        }
    ]

    report = again(tmp_path, "contracts", rows, blank_erases=True)

    assert not report.stored
    assert "needs its currency" in report.problems[0].reason
    assert Contract.objects.get(key="h-2026").currency == "EUR"


@pytest.mark.parametrize(
    ("file", "cells", "column"),
    [
        ("verdicts", {"verdict": "not"}, "verdict"),
        ("verdicts", {"comment": "Not so fast"}, "comment"),
        ("answers", {"value": "yes"}, "value"),
        ("beliefs", {"probability": "0.1"}, "probability"),
        ("contacts", {"customer_id": "dunes"}, "customer_id"),
        ("contracts", {"customer_id": "dunes"}, "customer_id"),
    ],
)
def test_what_is_kept_for_good_is_a_conflict(harbour, tmp_path, file, cells, column):
    before = exported(tmp_path / "before")

    report = again(tmp_path, file, [{**HARBOUR[file][0], **cells}])

    assert not report.stored
    assert report.counts[file].conflict == 1
    assert report.problems[0].column == column
    assert exported(tmp_path / "after") == before


def test_an_answer_may_still_be_flagged(harbour, tmp_path):
    report = again(
        tmp_path,
        "answers",
        [{**HARBOUR["answers"][0], "flagged": "true", "flag_reason": "a machine"}],
    )

    assert outcome(report) == {"answers": (0, 1, 0, 0)}


def test_a_result_named_as_the_goals_own_measure_is_the_goals_own(harbour, tmp_path):
    report = again(tmp_path, "results", [{**HARBOUR["results"][0], "value": "11"}])

    assert outcome(report) == {"results": (0, 1, 0, 0)}
    assert (
        b"faster,2025-06-01T00:00:00Z,2025-06-03T08:00:00Z,11,,customer"
        in exported(tmp_path / "out")["results.csv"]
    )


def test_the_same_moment_of_one_measure_told_by_two_names_is_told_twice(harbour, tmp_path):
    named = {**HARBOUR["results"][0], "at": "2025-07-01T00:00:00Z", "recorded_at": ""}

    report = again(tmp_path, "results", [named, {**named, "measure": ""}])

    assert not report.stored
    assert report.problems[0].line == 3


def test_custom_fields_are_kept_added_to_and_erased(harbour, tmp_path):
    row = {"customer_id": "dunes", "name": "Dunes"}
    again(tmp_path, "customers", [{**row, "crm": "7", "grade": "B"}])

    again(tmp_path, "customers", [{**row, "crm": "", "grade": "A"}])

    assert Customer.objects.get(key="dunes").custom == {"crm": "7", "grade": "A"}
    again(tmp_path, "customers", [{**row, "crm": ""}], blank_erases=True)
    assert Customer.objects.get(key="dunes").custom == {"grade": "A"}


def test_people_named_in_a_file_exist_and_cannot_sign_in(tmp_path):
    store(write(tmp_path / "harbour", {**HARBOUR, "colleagues": HARBOUR["colleagues"][1:]}))

    ada = Person.objects.get(email="ada@vendor.example")

    assert (ada.name, ada.role, ada.is_active) == ("Ada", "csm", False)


def test_a_second_import_finds_people_however_their_address_is_written(harbour, tmp_path):
    before = Person.objects.count()

    again(
        tmp_path,
        "customers",
        [{"customer_id": "dunes", "name": "Dunes", "owner_email": "ADA@Vendor.example"}],
    )

    assert Person.objects.count() == before
    assert Customer.objects.get(key="dunes").owner.email == "ada@vendor.example"


def test_categories_of_the_companys_own_come_with_the_manifest(tmp_path):
    rows = {
        "customers": HARBOUR["customers"],
        "goals": [{**HARBOUR["goals"][1], "category": "safety"}],
    }
    folder = write(tmp_path / "harbour", rows)
    (folder / "workspace.json").write_text(
        '{"format": 1, "categories": [{"slug": "safety", "label": "Safer work"}]}'
    )

    assert store(folder).stored

    assert b'"slug": "safety"' in exported(tmp_path / "out")["workspace.json"]
