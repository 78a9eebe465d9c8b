"""The journal keeps what happened, in order, for good."""

import pytest
from django.db import DatabaseError, connection, transaction

from arbiter.foundation import guards, journal
from arbiter.foundation.models import Fact
from tests.world import APRIL, MARCH, MAY


def told(world, name="tests.harbour_greeted", **details):
    return journal.record(
        name, subject=world.harbour, by=world.ada, at=MARCH, customer=world.harbour.pk, **details
    )


def tamper(change: str) -> None:
    """Change the table as somebody with the database's password could: without its triggers."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(change)
    guards.install()


def test_a_line_says_who_what_when_and_to_what(world):
    fact = told(world, loudness=3)

    assert (fact.by_kind, fact.by_id) == ("person", world.ada.pk)
    assert (fact.subject_kind, fact.subject_id) == ("accounts.customer", world.harbour.pk)
    assert fact.customer_id == world.harbour.pk
    assert (fact.at, fact.recorded_at) == (MARCH, MARCH)
    assert fact.details == {"loudness": 3}


def test_what_was_learnt_later_keeps_both_dates(world):
    fact = journal.record(
        "tests.harbour_greeted", subject=world.harbour, by=world.cleo, at=MARCH, recorded_at=MAY
    )

    assert (fact.at, fact.recorded_at) == (MARCH, MAY)
    assert fact.by_kind == "contact"


def test_each_line_follows_from_the_one_before(world):
    first, second = told(world), told(world)

    assert first.hash != second.hash
    assert journal.verify() is None


def test_many_lines_at_once_make_the_same_chain(world):
    lines = [
        journal.Line("tests.counted", MARCH, "person", world.ada.pk, "accounts.customer", n)
        for n in range(3)
    ]
    journal.record_many(lines)
    told(world)

    assert Fact.objects.filter(name="tests.counted").count() == 3
    assert journal.verify() is None


def test_a_changed_line_is_found(world):
    told(world)
    changed = told(world)
    told(world)
    tamper(f"UPDATE foundation_fact SET data = '{{\"loudness\":11}}' WHERE id = {changed.pk}")

    assert journal.verify() == changed.pk


def test_a_removed_line_is_found(world):
    removed = told(world)
    after = told(world)
    tamper(f"DELETE FROM foundation_fact WHERE id = {removed.pk}")

    assert journal.verify() == after.pk


@pytest.mark.parametrize(
    "change", ["UPDATE foundation_fact SET name = 'x'", "DELETE FROM foundation_fact"]
)
def test_the_database_refuses_to_change_or_remove_a_line(world, change):
    told(world)

    with (
        pytest.raises(DatabaseError, match="kept for good"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert Fact.objects.filter(name="tests.harbour_greeted").count() == 1


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
def test_the_database_refuses_to_empty_the_journal(world):
    told(world)

    with (
        pytest.raises(DatabaseError, match="kept for good"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE foundation_fact")


def test_listeners_hear_of_lines_inside_the_transaction(world, monkeypatch):
    heard = []
    monkeypatch.setattr(journal, "_listeners", [heard.extend])

    told(world)

    assert [fact.name for fact in heard] == ["tests.harbour_greeted"]


def test_a_listener_that_fails_takes_the_line_with_it(world, monkeypatch):
    def fail(facts):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(journal, "_listeners", [fail])

    with pytest.raises(RuntimeError), transaction.atomic():
        told(world)

    assert not Fact.objects.filter(name="tests.harbour_greeted").exists()


def test_every_guarded_table_has_its_trigger(db):
    assert guards.missing(connection) == []


def test_a_lost_trigger_is_named(db):
    guards.remove(connection)

    assert "foundation_fact" in guards.missing(connection)
    guards.install()


def test_the_time_zone_a_date_was_given_in_does_not_matter(world):
    from datetime import timedelta, timezone

    elsewhere = APRIL.astimezone(timezone(timedelta(hours=9)))
    journal.record("tests.harbour_greeted", subject=world.harbour, by=world.ada, at=elsewhere)

    assert journal.verify() is None
