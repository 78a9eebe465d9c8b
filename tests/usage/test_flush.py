"""The flush: what the door took in goes to the log, once, with all that it says beside its events."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from arbiter.usage import jobs
from arbiter.usage.actions import compactions, flushes
from arbiter.usage.log import lock, order
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import Log, open_log
from arbiter.usage.models import Alias, Flush, Membership, Parcel, Rejection
from tests.usage.sending import NOON, a_source, parcel, track

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a power cut would be, if one could catch it."""


def killed(*args, **kwargs):
    raise Killed


def kill_a_flush(monkeypatch, *where):
    """Have a flush end in the middle, where a function of ours is called."""
    with monkeypatch.context() as patch:
        patch.setattr(*where, killed)
        with pytest.raises(Killed):
            flushes.flush(at=NOON)


def messages():
    """Every message of the log as often as it stands there."""
    log = open_log()
    with duck() as connection:
        for settled in (True, False):
            log.show(connection, f"log_{settled}", settled=settled)
        found = connection.sql("SELECT message_id FROM (FROM log_True UNION ALL FROM log_False)")
        return sorted(message for (message,) in found.fetchall())


def test_what_waits_goes_to_the_log_and_the_inbox_is_empty():
    product = a_source()
    parcel(product, track("a"), track("b"))
    parcel(product, track("c"), at=NOON + timedelta(seconds=5))

    flushed = flushes.flush(at=NOON)

    assert flushed == flushes.Flushed(parcels=2, events=3, new=3)
    assert messages() == ["a", "b", "c"]
    assert (Parcel.objects.count(), Flush.objects.count()) == (0, 0)
    product.refresh_from_db()
    assert product.heard_at == NOON + timedelta(seconds=5)


def test_nothing_waits_and_nothing_is_done():
    assert flushes.flush(at=NOON) is None
    assert not open_log().exists


def test_it_is_learnt_when_it_arrived():
    parcel(a_source(), track("a", at=NOON - timedelta(days=3)), at=NOON)

    flushes.flush(at=NOON + timedelta(hours=1))

    with duck() as connection:
        open_log().show(connection, "log", settled=True)
        assert connection.sql('SELECT "at", recorded_at FROM log').fetchall() == [
            (NOON - timedelta(days=3), NOON)
        ]


@pytest.mark.parametrize("moment", ["before the append", "after the append"])
def test_a_flush_that_was_killed_is_finished_by_the_next(monkeypatch, moment):
    parcel(a_source(), track("a"), track("b"))
    where = (Log, "append") if moment == "before the append" else (flushes, "_settle")
    kill_a_flush(monkeypatch, *where)
    assert Parcel.objects.exclude(flush=None).count() == 1

    flushes.flush(at=NOON)

    assert messages() == ["a", "b"]
    assert (Parcel.objects.count(), Flush.objects.count()) == (0, 0)


def test_what_was_not_taken_is_counted_by_its_reason_whoever_is_killed(monkeypatch):
    product = a_source()
    parcel(product, {"type": "track", "userId": "ana", "messageId": "1"}, track("a"))
    kill_a_flush(monkeypatch, flushes, "_note_heard")
    flushes.flush(at=NOON)
    parcel(product, *[{"type": "track", "userId": "ben", "messageId": "2"}] * 2, at=NOON + timedelta(days=1))  # fmt: skip

    flushes.flush(at=NOON)

    rejection = Rejection.objects.get()
    assert (rejection.source, rejection.times) == (product, 3)
    assert (rejection.first_at, rejection.last_at) == (NOON, NOON + timedelta(days=1))
    assert "ben" in rejection.sample


@pytest.mark.parametrize("body", [b"no gzip at all", b'{"batch": 7}', b"\xff"])
def test_a_body_that_cannot_be_read_holds_up_nothing(body):
    product = a_source()
    parcel(product, body=body)
    if body == b"no gzip at all":
        Parcel.objects.update(body=body)
    parcel(product, track("a"))

    flushes.flush(at=NOON)

    assert messages() == ["a"]
    assert Rejection.objects.get().times == 1
    assert not Parcel.objects.exists()


def test_users_are_seen_at_customers_and_by_other_names_since_they_first_were():
    product = a_source()
    parcel(product, track("a", user="ana", anonymousId="anon"), at=NOON)
    parcel(product, {"type": "alias", "userId": "ana", "previousId": "annie", "messageId": "b"})
    flushes.flush(at=NOON)
    parcel(product, track("c", user="ana"), at=NOON - timedelta(hours=1))
    parcel(product, track("d", user="ana"), at=NOON + timedelta(hours=1))

    flushes.flush(at=NOON)

    assert list(Membership.objects.values_list("user_key", "customer_key", "recorded_at")) == [
        ("ana", "harbour", NOON - timedelta(hours=1))
    ]
    assert ("ana", "annie") in {
        tuple(sorted(pair)) for pair in Alias.objects.values_list("user_key", "other_key")
    }


def test_a_large_inbox_is_moved_in_several_flushes():
    product = a_source()
    for number in range(5):
        parcel(product, track(f"{number}a"), track(f"{number}b"))

    counts = [flushes.flush(at=NOON, most_events=4).parcels for _ in range(3)]

    assert counts == [2, 2, 1]
    assert flushes.flush(at=NOON) is None
    assert len(messages()) == 10


@pytest.fixture
def another_writes():
    """Another process that holds the lock, as long as the block lasts."""
    if connection.vendor == "postgresql":
        return another_session
    return partial(lock._on_this_machine, 0.0)


@contextmanager
def another_session():
    """Another session of PostgreSQL that holds the lock."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock.NUMBER])
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", [lock.NUMBER])
    other.close()


def test_two_do_not_write_at_once(another_writes, monkeypatch):
    monkeypatch.setattr(order, "MOST_SMALL", 0)
    parcel(a_source(), track("a"))

    with another_writes():
        assert flushes.flush(at=NOON) is None
        with pytest.raises(lock.Busy), lock.writing(wait=0.1):
            pass

    assert flushes.flush(at=NOON).new == 1
    with another_writes():
        assert compactions.gather_small() == 0
    assert compactions.gather_small() == 1


def test_a_database_from_a_backup_goes_on_behind_the_log():
    product = a_source()
    for number in range(3):
        parcel(product, track(str(number)))
        flushes.flush(at=NOON)
    assert open_log().written() == 3
    # The numbers of flushes begin anew in a restored database; the log has seen 1 to 3.
    parcel(product, track("0"), track("new"))

    flushed = flushes.flush(at=NOON)

    assert (flushed.events, flushed.new) == (2, 1)
    assert messages() == ["0", "1", "2", "new"]


def test_a_large_log_rests_between_flushes_unless_much_waits(monkeypatch, clock):
    now = [100.0]
    monkeypatch.setattr(jobs, "monotonic", lambda: now[0])
    monkeypatch.setattr(jobs, "_rests_until", 0.0)
    product = a_source()
    parcel(product, track("one"))

    jobs.rest(4_900_000)
    assert jobs.is_waiting()
    jobs.rest(100_000_000)
    assert not jobs.is_waiting()
    now[0] += 20
    assert jobs.is_waiting()

    jobs.rest(100_000_000)
    Parcel.objects.update(events=jobs.MOST_AT_REST + 1)
    assert jobs.is_waiting()


def test_the_worker_lets_the_log_rest_by_how_much_it_holds(monkeypatch, clock):
    rested = []
    monkeypatch.setattr(jobs, "rest", rested.append)
    parcel(a_source(), track("one"), track("two"))

    jobs.flush.call()

    assert rested == [2]


def test_the_worker_moves_what_waits_and_keeps_the_log_in_order(monkeypatch, clock):
    monkeypatch.setattr(order, "MOST_SMALL", 2)
    product = a_source()
    assert not jobs.is_waiting()
    for number in range(4):
        parcel(product, track(str(number)))
        assert jobs.is_waiting()
        jobs.flush.call()

    assert messages() == ["0", "1", "2", "3"]
    assert len(open_log().parts) < 4
    jobs.compact.call()
    assert order.unsorted(open_log()) == []
