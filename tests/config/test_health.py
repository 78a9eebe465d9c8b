"""Alive and ready, for machines that watch: no sign-in, and no details."""

from datetime import timedelta

import pytest
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from arbiter.foundation.jobs import heartbeat
from tests.usage.sending import a_source, parcel, track
from tests.world import JUNE


@pytest.fixture
def beaten(db, clock):
    heartbeat.beat("one", JUNE)


def test_it_lives_even_without_a_database(client):
    reply = client.get("/healthz")

    assert (reply.status_code, reply.content) == (200, b"alive\n")


def test_it_is_ready_with_a_migrated_database_and_a_worker(client, beaten):
    assert client.get("/readyz").status_code == 200
    assert client.head("/readyz").status_code == 200
    assert client.post("/readyz").status_code == 405


def test_it_is_not_ready_without_a_worker(client, db, clock):
    reply = client.get("/readyz")

    assert (reply.status_code, reply.content) == (503, b"not ready\ninbox 0 requests, oldest 0 s\n")


def test_it_is_not_ready_when_the_worker_is_gone(client, beaten, clock):
    clock.set(JUNE + timedelta(minutes=3))

    assert client.get("/readyz").status_code == 503


def test_it_is_not_ready_before_it_is_migrated(client, beaten, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])

    assert client.get("/readyz").status_code == 503


def test_it_is_not_ready_when_the_database_is_away(client, beaten, monkeypatch):
    def away(at):
        raise OperationalError("gone")

    monkeypatch.setattr(heartbeat, "age", away)

    assert client.get("/readyz").status_code == 503


def test_it_says_how_many_requests_with_events_wait(client, beaten):
    parcel(a_source(), track("a"), at=JUNE - timedelta(seconds=90))

    reply = client.get("/readyz")

    assert (reply.status_code, reply.content) == (200, b"ready\ninbox 1 requests, oldest 90 s\n")


def test_it_is_not_ready_when_events_wait_too_long(client, beaten):
    parcel(a_source(), track("a"), at=JUNE - timedelta(minutes=11))

    reply = client.get("/readyz")

    assert reply.status_code == 503
    assert b"Events wait for more than ten minutes" in reply.content
