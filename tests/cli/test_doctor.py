"""`arbiter doctor` finds what is wrong and says what to do."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection

from arbiter.cli import doctor
from arbiter.foundation import guards, journal
from arbiter.foundation.jobs import heartbeat
from tests.usage.sending import a_source, parcel, track
from tests.world import TODAY


@pytest.fixture
def found(world):
    """What the doctor finds, by look."""
    return lambda: {finding.look: finding for finding in doctor.examine(TODAY)}


def test_a_sound_installation_is_called_sound(found):
    sound = found()

    assert sound["database"].state == "ok"
    assert sound["migrations"].state == "ok"
    assert sound["guards"].state == "ok"
    assert sound["journal"].state == "ok"
    assert sound["set-up"].says == "Set up for Lighthouse."


def test_a_lost_guard_is_named(found):
    guards.remove(connection)

    assert "foundation_fact" in found()["guards"].says
    assert found()["guards"].state == "wrong"


def test_a_changed_journal_is_found(world, found):
    line = journal.record("tests.harbour_greeted", subject=world.harbour, by=world.ada, at=TODAY)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_fact SET by_id = 0 WHERE id = %s", [line.pk])

    assert found()["journal"].says.startswith(f"Line {line.pk} ")


def test_no_worker_is_a_note_and_a_silent_one_is_wrong(found, monkeypatch):
    assert found()["worker"].state == "note"
    monkeypatch.setattr(heartbeat, "age", lambda at: doctor.SILENT_AFTER * 2)

    assert "start `arbiter worker`" in found()["worker"].says
    assert found()["worker"].state == "wrong"


def test_personal_links_need_https(found, settings):
    settings.BASE_URL, settings.SECURE = "http://arbiter.example.com", False

    assert found()["address"].state == "wrong"


def test_a_database_that_refuses_is_a_finding_not_a_traceback(found, monkeypatch):
    def refuse():
        raise DatabaseError("no such table: foundation_fact")

    monkeypatch.setattr(journal, "verify", refuse)

    assert found()["journal"].says == "The database refuses: no such table: foundation_fact"


def test_machines_read_json_and_the_exit_code(world, settings):
    settings.BASE_URL, settings.SECURE = "http://arbiter.example.com", False

    reply = CliRunner().invoke(doctor.doctor, ["--json"])

    assert reply.exit_code == 1
    assert {"look": "journal", "state": "ok"}.items() <= json.loads(reply.output)[3].items()


def test_events_that_wait_are_counted_and_too_long_a_wait_is_wrong(found):
    assert found()["events"].says.startswith("No events wait.")
    parcel(a_source(), track("a"), track("b"), at=TODAY - timedelta(seconds=5))
    waiting = found()["events"]
    parcel(a_source("Site"), track("c"), at=TODAY - timedelta(minutes=11))

    assert (waiting.state, waiting.says) == (
        "ok",
        "2 events in 1 requests wait for the log, the oldest for 5 seconds.",
    )
    assert (found()["events"].state, found()["events"].says) == (
        "wrong",
        "3 events in 2 requests wait for the log, the oldest for 11 minutes: start `arbiter worker`.",
    )
