"""A file of another tool goes the same way as our own, once it is recognised."""

from datetime import date

import pytest

from arbiter.accounts.models import Contract, Customer
from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.translation import translate
from arbiter.connectors.tables.reading import open_table
from arbiter.connectors.workspace_files import importing, rejected
from arbiter.connectors.workspace_files.sources import Recognised
from arbiter.foundation.models import Person
from tests.connectors.workspace_files.company import NOON

pytestmark = pytest.mark.django_db

TRACKER = """Customer,ARR,Renewal date,CSM notes,Owner
Harbour Logistics,€120000,2026-12-31,likes us,ada@vendor.example
Dunes Bakery,€9000,2026-31-01,,ada@vendor.example
Quay,€5000,2027-03-31,,not a mail
"""


@pytest.fixture
def source(tmp_path):
    """A plain renewal tracker, recognised."""

    def recognise(text=TRACKER):
        path = tmp_path / "tracker.csv"
        path.write_text(text)
        table = open_table(path)
        proposal = propose(table, today=date(2026, 6, 15))
        translation = translate(table, proposal.mapping, {}, today=date(2026, 6, 15))
        return Recognised(
            name="tracker.csv", items=lambda: iter(translation), tables={table.name: table}, notes=lambda: ["Read."]
        )  # fmt: skip

    return recognise


def store(source, **terms):
    return importing.store(source, by=Person.objects.system(), at=NOON, **terms)


def test_a_bad_row_stops_everything_and_names_its_line_in_that_file(source):
    report = store(source())

    assert not report.stored
    assert {(each.file, each.line) for each in report.problems} >= {("tracker.csv", 3)}
    assert report.notes == ["Read."]
    assert not Customer.objects.exists()


def test_good_rows_are_stored_and_bad_ones_given_back_as_they_came(source, tmp_path):
    tracker = source()

    report = store(tracker, partial=True)
    (path,) = rejected.write(tracker, report, tmp_path / "rejected")

    assert report.stored
    assert Contract.objects.get(customer__key="harbour-logistics").arr == 120_000
    assert "Dunes Bakery" in path.read_text()
    assert "Harbour" not in path.read_text()


def test_importing_it_twice_changes_nothing(source):
    good = "".join(TRACKER.splitlines(keepends=True)[:2])
    store(source(good))

    again = store(source(good))

    assert all(each.created == each.updated == 0 for each in again.counts.values())
    assert again.counts["customers"].unchanged == 1


def test_a_customer_with_two_contracts_is_one_customer(source):
    rows = "".join(TRACKER.splitlines(keepends=True)[:2])

    report = store(source(rows + "Harbour Logistics,€7000,2027-12-31,,\n"))

    assert report.counts["customers"].created == 1
    assert report.counts["contracts"].created == 2
