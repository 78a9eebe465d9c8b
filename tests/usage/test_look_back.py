"""The past of usage becomes signals of its month-ends, as it was known then."""

from datetime import UTC, datetime, timedelta

import pytest

from arbiter.accounts.models import Signal
from arbiter.foundation.models import Fact, Person
from arbiter.metrics.models import Computation
from arbiter.usage import jobs
from arbiter.usage.actions import event_files, look_back, snapshots
from arbiter.usage.models import LookBack, Source
from arbiter.usage.rules.months import Month
from tests.usage.logged import daily, did, done
from tests.world import JUNE

DAY = timedelta(days=1)
USERS, EVENTS = "usage_active_users_28d", "usage_events_28d"
MAY, APRIL, MARCH, FEBRUARY = (Month(2026, number).end for number in (5, 4, 3, 2))
"""Harbour's contract runs through the whole of 2026; now is the middle of June."""


def look(at=JUNE):
    return look_back.perform(at=at, clock=lambda: at)


def told(name=USERS, customer="harbour"):
    """What is told of a number, by its moment."""
    found = Signal.objects.filter(customer__key=customer, name=name).order_by("at")
    return {signal.at: signal.value for signal in found}


def test_each_past_month_end_is_told_as_it_was_known_then(world):
    did(
        *daily(until=MARCH - DAY, days=3),
        done(at=MARCH - DAY, user="vic"),
        done(at=APRIL - DAY, user="vic"),
    )

    assert look() == 6

    assert told() == {MARCH: 2, APRIL: 1, MAY: 0}
    assert told(EVENTS) == {MARCH: 4, APRIL: 1, MAY: 0}
    assert all(signal.recorded_at == signal.at for signal in Signal.objects.all())


def test_what_was_recorded_after_a_month_does_not_count_for_it(world):
    did(
        done(at=MARCH - DAY),
        done(at=MARCH - DAY, user="vic", arrived=APRIL - DAY),
        done(at=FEBRUARY - DAY, user="wes", arrived=APRIL + DAY),
    )

    look()

    assert told() == {MARCH: 1, APRIL: 0, MAY: 0}


def test_only_the_last_four_weeks_of_a_month_count(world):
    first = MARCH.replace(day=1)
    did(*daily(until=first + 3 * DAY, days=4))

    look()

    assert told(EVENTS)[MARCH] == 1


def test_nothing_is_told_of_who_had_no_contract_unless_there_were_events(world):
    world.harbour_contract.ends_on = APRIL.date() - DAY
    world.harbour_contract.save()
    did(done(at=MARCH - DAY), done(at=MAY - DAY), done(at=MARCH - DAY, customer="nobody"))

    look()

    assert told() == {MARCH: 1, MAY: 1}
    assert Signal.objects.count() == 4


def test_done_again_it_changes_nothing_and_says_nothing(world):
    did(done(at=MARCH - DAY))
    look()
    before = list(Signal.objects.values())

    assert look(JUNE + DAY) == 0

    assert list(Signal.objects.values()) == before
    assert Fact.objects.filter(name="usage.looked_back").count() == 1


def test_what_was_told_of_a_moment_by_anybody_else_stays(world):
    other = {"customer": world.harbour, "name": USERS, "value": 9}
    Signal.objects.create(**other, at=APRIL, recorded_at=APRIL + DAY)
    Signal.objects.create(**other, at=MARCH, recorded_at=MARCH, import_id=3)
    did(done(at=MARCH - DAY), done(at=APRIL - DAY))

    look()

    assert told() == {MARCH: 9, APRIL: 9, MAY: 0}
    assert told(EVENTS) == {MARCH: 1, APRIL: 1, MAY: 0}


def test_the_newest_month_end_is_what_the_nightly_counting_tells_of_that_day(world):
    did(
        *daily(until=MAY - DAY / 24, days=40),
        *daily(until=MAY - 3 * DAY, days=9, user="vic"),
        done(at=MAY - DAY, user=None, anonymous_id="a9"),
    )
    night = MAY + timedelta(hours=1)
    snapshots.perform(at=night, clock=lambda: night)
    counted = {name: told(name)[MAY] for name in (USERS, EVENTS)}
    Signal.objects.all().delete()

    look()

    assert {name: told(name)[MAY] for name in (USERS, EVENTS)} == counted


def test_at_most_three_years_are_told(world):
    world.harbour_contract.starts_on = datetime(2020, 1, 1, tzinfo=UTC).date()
    world.harbour_contract.save()
    did(done(at=datetime(2021, 1, 5, tzinfo=UTC)))

    look()

    assert len(told()) == 36
    assert min(told()) == Month(2023, 6).end


def test_what_may_have_expired_is_not_taken_back(world):
    Source.objects.create(name="Product", kind="segment", key_hash="x", keep_days=60, made_at=MARCH)
    for when in (FEBRUARY, MAY):
        Signal.objects.create(
            customer=world.harbour, name=USERS, at=when, recorded_at=when, value=5
        )
    did(done(at=MARCH - DAY))

    look()

    assert told() == {FEBRUARY: 5, MARCH: 1, APRIL: 0, MAY: 0}


def test_a_file_makes_the_past_be_told_and_taken_back_leaves_none(world, tmp_path):
    rows = "message_id,at,customer_id,user_id,event\na,2026-03-20,harbour,ana,Login\n"
    (tmp_path / "events.csv").write_text(rows)
    system = Person.objects.system()
    assert not jobs.is_look_back_wanted()

    event_files.store([tmp_path / "events.csv"], by=system, at=JUNE, import_id=7)
    assert jobs.is_look_back_wanted()
    look()
    assert told() == {MARCH: 1, APRIL: 0, MAY: 0}
    event_files.remove(import_id=7, at=JUNE)
    look()

    assert not jobs.is_look_back_wanted()
    assert not Signal.objects.exists()


def test_wanted_twice_it_is_done_once_and_the_first_night_wants_it(world, clock):
    jobs.snapshot.call()
    jobs.snapshot.call()
    look_back.mark(at=JUNE)

    jobs.look_back.call()

    assert LookBack.objects.count() == 1
    assert not jobs.is_look_back_wanted()
    jobs.snapshot.call()
    assert not jobs.is_look_back_wanted()


def test_the_metrics_of_past_months_are_measured_anew(world):
    Computation.objects.all().delete()
    did(done(at=MARCH - DAY))

    look()

    assert Computation.objects.filter(finished_at=None).exists()


@pytest.mark.parametrize("breaks", [RuntimeError("The disk is full.")])
def test_a_look_back_that_breaks_says_why(world, monkeypatch, breaks):
    def broken(**_):
        raise breaks

    look_back.mark(at=JUNE)
    monkeypatch.setattr(look_back.looking_back, "past", broken)

    with pytest.raises(RuntimeError):
        look()

    assert "The disk is full." in LookBack.objects.get().problem
