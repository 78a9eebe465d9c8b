"""Events among the workspace files: in with the rest or not at all, out again byte by byte, and undone with their import."""

import json
import shutil

import pytest
from django.conf import settings

from arbiter.accounts.models import Signal
from arbiter.connectors.models import Import, Status
from arbiter.connectors.workspace_files import jobs, records, undoing
from arbiter.foundation.models import Person
from arbiter.usage.actions import event_files, flushes, snapshots
from arbiter.usage.log.table import open_log
from tests.connectors.workspace_files.company import write
from tests.connectors.workspace_files.running import check, exported, outcome, store
from tests.usage.sending import NOON, a_source, parcel, track
from tests.usage.test_event_files import BAD, GOOD, HEADER, written
from tests.usage.test_flush import messages
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def harbour(tmp_path):
    """Workspace files with events among them."""
    folder = write(tmp_path / "harbour")
    written(folder / "events.csv", HEADER + GOOD)
    return folder


def test_events_come_in_with_the_rest(harbour):
    report = store(harbour)

    assert outcome(report)["events"] == (2, 0, 0, 0)
    assert messages() == ["a", "b"]
    assert event_files.import_ids() == {report.import_id}


def test_a_dry_run_counts_them_and_stores_nothing(harbour):
    assert outcome(check(harbour))["events"] == (2, 0, 0, 0)
    assert not open_log().exists


def test_a_bad_event_stops_the_customers_too(harbour):
    written(harbour / "events.csv", f"{HEADER}{GOOD}{BAD[1][0]}\n")

    report = store(harbour)

    assert not report.stored
    assert [str(problem) for problem in report.problems] == [
        "events.csv, line 4, at: “soon”: it is not an instant. Write it as YYYY-MM-DDTHH:MM:SSZ."
    ]
    assert not open_log().exists


def test_a_bad_customer_stops_the_events_too(harbour):
    with (harbour / "customers.csv").open("a") as file:
        file.write(",nameless\n")

    report = store(harbour)

    assert not report.stored
    assert "events" not in outcome(report)
    assert not open_log().exists or open_log().rows == 0


def test_the_good_rows_come_in_on_request(harbour):
    written(harbour / "events.csv", f"{HEADER}{GOOD}{BAD[1][0]}\n")

    assert outcome(store(harbour, partial=True))["events"] == (2, 0, 0, 1)
    assert messages() == ["a", "b"]


def test_events_alone_are_a_file_like_others(tmp_path):
    line = json.dumps({"message_id": "a", "at": "2026-05-01", "customer_id": "h", "event": "E"})

    report = store(written(tmp_path / "events.jsonl", line))

    assert outcome(report) == {"events": (1, 0, 0, 0)}


def test_the_same_file_twice_is_unchanged(harbour):
    store(harbour)

    assert outcome(store(harbour))["events"] == (0, 0, 2, 0)


def test_an_undone_import_takes_its_events_along(harbour, django_capture_on_commit_callbacks):
    report = store(harbour)
    store(written(harbour.parent / "events.csv", f"{HEADER}c,2026-05-03,quay,,Login,\n"))

    with django_capture_on_commit_callbacks(execute=True):
        undoing.undo(Import.objects.get(pk=report.import_id), by=Person.objects.system(), at=TODAY)

    assert messages() == ["c"]


def test_what_is_counted_from_events_is_nobodys_work(harbour):
    report = store(harbour)
    snapshots.perform(at=TODAY, clock=lambda: TODAY)

    assert Signal.objects.filter(name__startswith="usage_").exists()
    assert undoing.built_on(Import.objects.get(pk=report.import_id)) == []


def test_what_a_killed_import_left_goes_with_the_next(harbour):
    killed = records.start("killed", by=Person.objects.system(), at=TODAY, status=Status.DRAFT)
    event_files.store([harbour / "events.csv"], by=killed.by, at=TODAY, import_id=killed.pk)

    report = store(harbour)

    assert outcome(report)["events"] == (2, 0, 0, 0)
    assert event_files.import_ids() == {report.import_id}


def test_what_a_killed_import_left_goes_at_night_but_not_what_runs(harbour):
    by = Person.objects.system()
    killed, running = (records.start(name, by=by, at=TODAY, status=Status.DRAFT) for name in "ab")
    one, other = (
        written(harbour / "1.csv", HEADER + "k,2026-05-01,quay,,Login,\n"),
        harbour / "events.csv",
    )
    event_files.store([one], by=by, at=TODAY, import_id=killed.pk)
    with records.running(running, files=["events.csv"]):
        event_files.store([other], by=by, at=TODAY, import_id=running.pk)

        jobs.forget_stopped_events.call()

        assert event_files.import_ids() == {running.pk}


def test_events_go_out_and_come_back_byte_by_byte(harbour, tmp_path):
    product, site = a_source(), a_source("Site")
    parcel(product, track("same"), track("later", user="ben", customer="quay"))
    parcel(
        site, track("same", event="Seen"), track("who", customer=None, user=None, anonymousId="x")
    )
    parcel(site, {"type": "identify", "userId": "ana", "anonymousId": "x", "messageId": "i", "traits": {"plan": "pro"}})  # fmt: skip
    flushes.flush(at=NOON)
    store(harbour)
    first = exported(tmp_path / "first")
    shutil.rmtree(settings.EVENT_LOG)

    report = store(tmp_path / "first" / "events.parquet")

    assert outcome(report) == {"events": (7, 0, 0, 0)}
    second = exported(tmp_path / "second")
    assert second["events.parquet"] == first["events.parquet"]
    assert second["workspace.json"] == first["workspace.json"]


def test_an_export_without_events_has_no_file_of_them(tmp_path):
    store(write(tmp_path / "harbour"))

    assert "events.parquet" not in exported(tmp_path / "out")


def test_an_export_comes_into_the_place_it_was_made_at_without_a_change(tmp_path):
    parcel(a_source(), track("a"), track("b"))
    flushes.flush(at=NOON)
    exported(tmp_path / "out")

    assert outcome(store(tmp_path / "out" / "events.parquet")) == {"events": (0, 0, 2, 0)}


def test_two_files_of_events_are_one_too_many(harbour):
    written(harbour / "events.jsonl", "")

    with pytest.raises(Exception, match=r"has both events.csv and events.jsonl"):
        store(harbour)
