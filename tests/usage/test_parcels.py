"""The one commit before an answer: synced, shared by those who arrive together, and never half."""

import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, connections

from arbiter.usage.actions import parcels
from arbiter.usage.models import Parcel
from tests.usage.sending import NOON, a_source


def receive(source_id, body=b"packed"):
    parcels.receive(source_id=source_id, dialect="segment", body=body, events=3, at=NOON)


@pytest.mark.django_db
def test_a_body_is_kept_as_it_is_with_whose_it_is_and_when_it_came():
    source = a_source()

    receive(source.pk, b"\x1f\x8b\x00")

    (parcel,) = Parcel.objects.all()
    assert bytes(parcel.body) == b"\x1f\x8b\x00"
    assert (parcel.source, parcel.dialect, parcel.events) == (source, "segment", 3)
    assert (parcel.received_at, parcel.flush) == (NOON, None)


@pytest.mark.django_db(transaction=True)
def test_a_source_that_is_gone_is_told():
    with pytest.raises(IntegrityError):
        receive(4711)


sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has commits share the disk by itself"
)


def together(count, work):
    """Do something in several threads, which close their connections, and return what went wrong."""
    wrong = []

    def run(number):
        try:
            work(number)
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def queue_up(count, work):
    """Let all arrive while a commit is under way, so that one of them commits for the rest."""
    with parcels._committing:
        threads = threading.Thread(target=lambda: wrong.extend(together(count, work)))
        wrong = []
        threads.start()
        for _ in range(500):
            if len(parcels._waiting) == count:
                break
            time.sleep(0.01)
    threads.join()
    return wrong


@sqlite
@pytest.mark.django_db(transaction=True)
def test_those_who_arrive_together_share_a_commit(monkeypatch):
    source, commits, commit = a_source(), [], parcels._commit
    monkeypatch.setattr(
        parcels, "_commit", lambda taken: (commits.append(len(taken)), commit(taken))
    )

    wrong = queue_up(6, lambda number: receive(source.pk, bytes([number])))

    assert (wrong, commits) == ([], [6])
    assert {bytes(parcel.body)[0] for parcel in Parcel.objects.all()} == set(range(6))


@sqlite
@pytest.mark.django_db(transaction=True)
def test_a_source_that_is_gone_costs_the_others_nothing():
    source = a_source()

    wrong = queue_up(4, lambda number: receive(source.pk if number else 4711))

    assert [type(trouble) for trouble in wrong] == [IntegrityError]
    assert Parcel.objects.count() == 3


@sqlite
@pytest.mark.django_db(transaction=True)
def test_when_the_commit_fails_everybody_hears_of_it(monkeypatch):
    source = a_source()

    def fail(taken):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(parcels, "_commit", fail)

    wrong = queue_up(3, lambda number: receive(source.pk))

    assert [type(trouble) for trouble in wrong] == [OperationalError] * 3
    assert Parcel.objects.count() == 0


@sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_waits_for_the_disk_at_this_commit_and_not_at_others(monkeypatch):
    seen, commit = [], parcels._commit

    def pragmas():
        raw = connection.connection
        return [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "busy_timeout")]  # fmt: skip

    monkeypatch.setattr(parcels, "_commit", lambda taken: (seen.append(pragmas()), commit(taken)))

    receive(a_source().pk)

    assert seen == [[2, 5_000]]
    assert pragmas() == [1, 20_000]
