"""`arbiter import`: what it prints, what it stores, and how it exits."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner

from arbiter.accounts.models import Contract, Customer
from arbiter.cli.imports import import_
from arbiter.foundation.refusals import Refusal
from tests.connectors.workspace_files.company import HARBOUR, write, write_file
from tests.connectors.workspace_files.running import rows_of_every_table

pytestmark = pytest.mark.django_db

TRACKER = "Customer,ARR,Renewal date\nHarbour Logistics,120000,03/04/2026\nDunes,9000,05/06/2026\n"


def run(*arguments):
    return CliRunner().invoke(import_, [str(each) for each in arguments], catch_exceptions=False)


def test_it_says_per_file_what_became_of_the_rows(tmp_path):
    reply = run(write(tmp_path / "harbour"))

    assert reply.exit_code == 0
    lines = reply.stdout.splitlines()
    assert ["customers.csv", "3 created, 0 updated, 0 unchanged, 0 rejected"] in [
        line.split(maxsplit=1) for line in lines
    ]
    assert lines[-1].startswith("Stored as import ")
    assert Customer.objects.count() == 3


def test_machines_get_one_object(tmp_path):
    told = json.loads(run(write(tmp_path / "harbour"), "--json").stdout)

    assert (told["stored"], told["dry_run"], told["rejected"]) == (True, False, [])
    assert told["files"]["contacts.csv"] == {
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "conflict": 0,
        "rejected": 0,
    }


def test_a_dry_run_tells_each_difference_and_stores_nothing(tmp_path):
    run(write(tmp_path / "harbour"))
    before = rows_of_every_table()
    path = write_file(
        tmp_path / "customers.csv", [{"customer_id": "dunes", "name": "Dunes", "stage": "trial"}]
    )

    reply = run(path, "--dry-run")
    told = json.loads(run(path, "--dry-run", "--json").stdout)

    assert (
        'customers.csv, line 2, dunes: name: “Dunes, "the" bakery” → “Dunes”; stage: “” → “trial”'
        in reply.stdout
    )
    assert "A dry run: nothing was stored." in reply.stdout
    assert told["changes"][0]["fields"]["stage"] == ["", "trial"]
    assert rows_of_every_table() == before


@pytest.fixture
def spoilt(tmp_path):
    """Harbour's files with two bad rows, in two files."""
    contacts = [dict(row) for row in HARBOUR["contacts"]]
    contacts[2]["role"] = "boss"
    signals = [HARBOUR["signals"][0], {**HARBOUR["signals"][1], "value": "green"}]
    return write(tmp_path / "harbour", contacts=contacts, signals=signals)


def test_bad_rows_are_told_with_reason_and_exit_code_1(spoilt):
    reply = run(spoilt)

    assert reply.exit_code == 1
    assert "contacts.csv, line 4, role: “boss”: it is none of the words known here." in reply.stderr
    assert "Nothing was stored." in reply.stdout
    assert not Customer.objects.exists()


def test_machines_get_every_rejected_row(spoilt):
    reply = run(spoilt, "--json")

    assert reply.exit_code == 1
    told = json.loads(reply.stdout)
    assert not told["stored"]
    assert told["rejected"][0].keys() == {"file", "line", "column", "value", "reason"}
    assert ("signals.csv", 3, "value", "green") in {
        (each["file"], each["line"], each["column"], each["value"]) for each in told["rejected"]
    }


def test_good_rows_are_stored_on_request_and_bad_ones_written_out(spoilt, tmp_path):
    reply = run(spoilt, "--partial", "--rejected", tmp_path / "bad" / "rows.csv")

    assert reply.exit_code == 0
    assert Customer.objects.count() == 3
    names = {path.name for path in (tmp_path / "bad").iterdir()}
    assert {"rows-contacts.csv", "rows-signals.csv"} <= names
    assert "rejected_reason" in (tmp_path / "bad" / "rows-contacts.csv").read_text()


def test_a_dry_run_of_the_good_rows_succeeds(spoilt):
    assert run(spoilt, "--dry-run").exit_code == 1
    assert run(spoilt, "--dry-run", "--partial").exit_code == 0


def test_rejected_rows_of_one_file_go_into_the_file_that_is_named(tmp_path):
    path = write_file(tmp_path / "customers.csv", [{"customer_id": "a", "name": ""}])

    run(path, "--rejected", tmp_path / "bad.csv")

    assert (tmp_path / "bad.csv").read_text().splitlines()[1].startswith("a,,2,")


def test_what_a_file_of_another_tool_leaves_open_is_asked(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text(TRACKER)

    with pytest.raises(Refusal) as refused:
        run(path)

    assert "Give --date-order dmy or --date-order mdy." in str(refused.value)
    assert "Give --currency, for example --currency EUR." in str(refused.value)
    assert not Customer.objects.exists()


def test_answered_it_is_imported_and_importing_it_again_changes_nothing(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text(TRACKER)

    reply = run(path, "--date-order", "dmy", "--currency", "eur")
    again = json.loads(run(path, "--date-order", "dmy", "--currency", "eur", "--json").stdout)

    assert reply.exit_code == 0, reply.output
    assert {str(each.ends_on) for each in Contract.objects.all()} == {"2026-04-03", "2026-06-05"}
    assert {each.currency for each in Contract.objects.all()} == {"EUR"}
    assert all(each["created"] == each["updated"] == 0 for each in again["files"].values())


@pytest.mark.parametrize(
    "arguments",
    [["nowhere"], ["--answer", "no-mark", "{tracker}"], ["--date-order", "ymd", "{tracker}"], []],
)
def test_wrong_use_is_exit_code_2(tmp_path, arguments):
    path = tmp_path / "tracker.csv"
    path.write_text(TRACKER)

    reply = run(*(each.format(tracker=path) for each in arguments))

    assert reply.exit_code == 2


def test_answers_to_a_file_that_asks_nothing_are_wrong_use(tmp_path):
    path = write_file(tmp_path / "customers.csv", HARBOUR["customers"])

    assert run(path, "--currency", "EUR").exit_code == 2


def test_a_first_import_makes_the_tables(tmp_path):
    folder = write(tmp_path / "harbour")
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3",
        "DJANGO_SETTINGS_MODULE": "arbiter.config.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }

    reply = subprocess.run(
        [sys.executable, "-m", "arbiter", "import", str(folder)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert reply.returncode == 0, reply.stderr
    connection = sqlite3.connect(tmp_path / "new.sqlite3")
    assert connection.execute("SELECT count(*) FROM accounts_customer").fetchone() == (3,)
    connection.close()
