"""`arbiter events`: files in, the log in order, a measure explained."""

import json

import pytest
from click.testing import CliRunner

from arbiter.cli.events import events
from arbiter.usage.log.table import open_log
from tests.usage.test_event_files import BAD, GOOD, HEADER, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run(*arguments):
    return CliRunner().invoke(events, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def good(tmp_path):
    return written(tmp_path / "events.csv", HEADER + GOOD)


@pytest.fixture
def bad(tmp_path):
    return written(tmp_path / "bad.csv", f"{HEADER}{GOOD}{BAD[1][0]}\n")


def test_files_are_imported(good):
    reply = run("import", good)

    assert reply.exit_code == 0
    assert reply.stdout.splitlines() == [
        "2 new, 0 unchanged, 0 rejected",
        "Stored 2 events.",
    ]
    assert open_log().rows == 2


def test_a_bad_row_is_named_and_nothing_is_stored(bad):
    reply = run("import", bad)

    assert reply.exit_code == 1
    assert reply.stderr.splitlines() == [
        "bad.csv, line 4, at: “soon”: it is not an instant. Write it as YYYY-MM-DDTHH:MM:SSZ."
    ]
    assert "Nothing was stored." in reply.stdout
    assert not open_log().exists


def test_the_good_rows_are_stored_on_request(bad):
    assert run("import", "--partial", bad).exit_code == 0
    assert open_log().rows == 2


def test_a_dry_run_stores_nothing(good):
    reply = run("import", "--dry-run", good)

    assert (reply.exit_code, reply.stdout.splitlines()[-1]) == (0, "A dry run: nothing was stored.")
    assert not open_log().exists


def test_only_the_first_problems_are_shown(tmp_path):
    rows = "".join(f"{number},soon,harbour,ana,Export,\n" for number in range(60))

    reply = run("import", written(tmp_path / "bad.csv", HEADER + rows))

    assert reply.stderr.splitlines()[-1] == "… and 10 more; --json names every one."


def test_unknown_columns_are_named(tmp_path):
    text = "message_id,at,customer_id,event,Colour\na,2026-05-01,harbour,Export,blue\n"

    assert "no columns of events: Colour." in run("import", written(tmp_path / "a.csv", text)).stdout  # fmt: skip


def test_machines_get_one_object(bad):
    reply = run("import", "--json", bad)

    told = json.loads(reply.stdout)
    assert (told["new"], told["unchanged"], told["rejected"], told["stored"]) == (2, 0, 1, False)
    assert told["problems"][0]["line"] == 4


def test_the_log_is_put_in_order(good):
    run("import", good)

    assert "0 months sorted, 0 events settled" in run("compact").stdout
    assert json.loads(run("compact", "--json").stdout)["sorted"] == 0


def test_a_measure_is_explained(good):
    run("import", good)

    assert "SELECT" in run("explain", "active_users").stdout
    assert set(json.loads(run("explain", "active_users", "--json").stdout)) == {"sql", "plan"}


def test_a_measure_that_nobody_knows_is_refused():
    reply = run("explain", "happiness")

    assert reply.exit_code == 2
    assert "active_users" in reply.output


def test_a_measure_that_needs_more_says_so():
    assert run("explain", "completions").exit_code == 2


def test_a_person_is_erased_on_request(good):
    run("import", good)

    assert run("erase", "--yes", "--user", "ana").stdout == "1 events erased.\n"
    assert run("erase", "--yes", "--customer", "quay").stdout == "1 events erased.\n"
    assert open_log().rows == 0


def test_nobody_is_erased_without_being_named_or_without_a_yes(good):
    run("import", good)

    assert run("erase", "--yes").exit_code == 2
    assert run("erase", "--user", "ana").exit_code == 1
    assert open_log().rows == 2
