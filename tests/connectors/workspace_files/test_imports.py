"""Imports as pages see them: received, checked by a job, stored by a job, with a report that stays."""

import fcntl
import os

import pytest
from django.db import IntegrityError

from arbiter.accounts.queries import customers
from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files import importing, imports, records, sources, storing
from arbiter.connectors.workspace_files.jobs import perform_import
from arbiter.connectors.workspace_files.report import Progress
from arbiter.forecast.models import StaleCustomer
from arbiter.foundation.refusals import Refusal
from tests.connectors.workspace_files.company import HARBOUR, NOON, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(world, settings, tmp_path):
    """An import of Mona's whose files have been put into its folder."""
    settings.DATA_DIR = tmp_path / "data"

    def receive(**more):
        record = imports.receive(name="new.zip", by=world.mona, at=NOON)
        rows = {"customers": [{"customer_id": "new", "name": "New"}], **more}
        write(imports.folder(record) / "files", rows)
        return record

    return receive


def check(record):
    imports.begin_check(record)
    perform_import.call(record.pk)
    record.refresh_from_db()


def store(record, by, **terms):
    imports.begin_store(record, by=by, at=NOON, **terms)
    perform_import.call(record.pk)
    record.refresh_from_db()


def test_a_check_tells_and_stores_nothing(received):
    record = received()

    check(record)

    assert imports.status(record) == "checked"
    report = imports.report(record)
    assert report.counts["customers"].created == 1
    assert [(change.file, change.state) for change in report.changes] == [
        ("customers.csv", "created")
    ]
    assert customers.by_key("new") is None


def test_storing_keeps_the_report_and_not_the_files(received, world):
    record = received()
    check(record)

    store(record, world.mona)

    assert imports.status(record) == "stored"
    assert customers.by_key("new").name == "New"
    assert imports.report(record).stored
    assert len(imports.report(record).changes) == 1
    assert not (imports.folder(record) / "files").exists()
    assert imports.stored_from("new.zip") == record


def test_bad_rows_are_refused_and_given_back(received, world):
    record = received(
        contacts=[{"contact_id": "nora", "customer_id": "new", "name": "Nora", "role": "boss"}]
    )
    check(record)

    store(record, world.mona)

    assert imports.status(record) == "refused"
    assert record.problems == 1
    (path,) = imports.rejected_files(record)
    assert path.name == "contacts.csv"
    assert "nora,new,Nora,boss,2," in path.read_text()
    assert customers.by_key("new") is None

    store(record, world.mona, partial=True)

    assert imports.status(record) == "stored"
    assert customers.by_key("new") is not None


def test_files_that_cannot_be_opened_are_refused_in_a_sentence(received):
    record = received()
    (imports.folder(record) / "files" / "customers.csv").write_text("Company,Phone\nHarbour,1\n")

    check(record)

    assert imports.status(record) == "refused"
    assert "columns are none of the known ones" in imports.report(record).problems[0].reason


def test_a_job_that_runs_twice_stores_once(received, world):
    record = received()
    store(record, world.mona)

    perform_import.call(record.pk)

    assert Import.objects.get().counts["customers"]["created"] == 1


def test_what_is_stored_is_neither_begun_again_nor_discarded(received, world):
    record = received()
    store(record, world.mona)

    with pytest.raises(imports.UnderWay):
        imports.begin_store(record, by=world.mona, at=NOON)
    with pytest.raises(imports.UnderWay):
        imports.discard(record)


def test_a_draft_is_discarded_with_its_files(received):
    record = received()
    folder = imports.folder(record)

    imports.discard(record)

    assert not folder.exists()
    assert imports.newest() == []


@pytest.mark.parametrize("name", ["ada", "otto"])
def test_only_who_may_import_may_begin(received, world, name):
    with pytest.raises(importing.NotAllowed):
        imports.receive(name="x.csv", by=getattr(world, name), at=NOON)
    with pytest.raises(importing.NotAllowed):
        imports.begin_store(received(), by=getattr(world, name), at=NOON)


def test_an_import_that_waits_for_a_worker_is_under_way(received):
    record = received()

    imports.begin_check(record)

    assert imports.status(record) == "checking"
    assert imports.progress(record) is None


def test_an_import_whose_process_died_has_stopped_and_may_begin_again(received):
    record = received()
    imports.begin_check(record)
    lock = imports.folder(record) / "lock"
    lock.touch()

    assert imports.status(record) == "stopped"

    imports.begin_check(record)
    assert imports.status(record) == "checking"
    perform_import.call(record.pk)
    record.refresh_from_db()
    assert imports.status(record) == "checked"


def test_while_it_runs_its_progress_can_be_read(received, monkeypatch):
    record = received()
    imports.begin_check(record)
    seen = []

    checked = importing.check

    def look(source, **terms):
        terms["progress"](Progress("checking", "customers", 1, 2))
        seen.append((imports.status(record), imports.progress(record), _is_locked(record)))
        return checked(source, **terms)

    monkeypatch.setattr(importing, "check", look)
    perform_import.call(record.pk)

    assert seen == [("checking", Progress("checking", "customers", 1, 2), True)]
    assert imports.progress(record) is None


def _is_locked(record):
    with (imports.folder(record) / "lock").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_fault_of_ours_leaves_it_stopped_with_nothing_stored(received, world, monkeypatch):
    record = received()
    imports.begin_store(record, by=world.mona, at=NOON)
    monkeypatch.setattr(records, "finish", lambda *args, **terms: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        perform_import.call(record.pk)

    record.refresh_from_db()
    assert imports.status(record) == "stopped"
    assert customers.by_key("new") is None
    assert os.listdir(imports.folder(record)) != []


def test_another_way_of_opening_is_remembered_with_the_import(received, tmp_path):
    record = received()
    elsewhere = write(tmp_path / "elsewhere", {"customers": HARBOUR["customers"][1:2]})
    imports.register_opener("elsewhere", lambda record, at: sources.open_source(elsewhere))
    imports.remember(record, opener="elsewhere")

    check(record)

    assert imports.report(record).counts["customers"].created == 1
    assert imports.report(record).changes[0].key == "holding"


def test_a_refusal_of_the_opener_is_told(received):
    def refuse(record, at):
        raise Refusal("Say which currency.")

    record = received()
    imports.register_opener("refusing", refuse)
    imports.remember(record, opener="refusing")

    check(record)

    assert [str(each) for each in imports.report(record).problems] == [
        "new.zip: Say which currency."
    ]


def test_what_somebody_else_writes_at_the_same_moment_is_told_and_nothing_stored(
    world, tmp_path, monkeypatch
):
    def collide(*args):
        raise IntegrityError("UNIQUE constraint failed: accounts_customer.key")

    monkeypatch.setattr(storing.Store, "add", collide)
    source = sources.open_source(
        write(tmp_path / "new", {"customers": [{"customer_id": "new", "name": "New"}]})
    )

    with pytest.raises(importing.Interfered, match="Import again"):
        importing.store(source, by=world.mona, at=NOON)

    assert customers.by_key("new") is None
    assert imports.status(Import.objects.get()) == "stopped"


def test_many_customers_are_left_to_the_worker(world, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    rows = [{"customer_id": f"c{number}", "name": "C"} for number in range(3)]

    report = importing.store(
        sources.open_source(write(tmp_path / "new", {"customers": rows})), by=world.mona, at=NOON
    )

    assert report.waiting == 3
    assert StaleCustomer.objects.count() == 3


def test_a_run_that_no_page_watches_leaves_no_folder(world, tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    good = write(tmp_path / "good", {"customers": [{"customer_id": "new", "name": "New"}]})
    bad = write(tmp_path / "bad", {"customers": [{"customer_id": "bad", "name": ""}]})

    importing.store(sources.open_source(good), by=world.mona, at=NOON)
    importing.store(sources.open_source(bad), by=world.mona, at=NOON)

    assert list((tmp_path / "data" / "imports").iterdir()) == []
    assert Import.objects.count() == 1
