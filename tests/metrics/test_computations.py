"""All measures are computed when it is wanted and each night, and nothing is done twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Customer
from arbiter.foundation import journal
from arbiter.foundation.permissions import NotAllowed
from arbiter.metrics import catalogue, jobs
from arbiter.metrics.actions import computations, presets, rates, snapshots
from arbiter.metrics.models import Computation, MeasureSnapshot, NameList
from arbiter.metrics.queries import computations as read
from arbiter.metrics.queries import snapshots as stored
from arbiter.metrics.rules import BusinessModel, end_of
from tests.facts import last_fact
from tests.world import JUNE, MAY

NIGHT = timedelta(days=1)


@pytest.fixture(autouse=True)
def _few_months(monkeypatch):
    """Two month-ends are as good as twenty-five."""
    monkeypatch.setattr(computations, "MONTHS", 2)


def perform(at=JUNE):
    return computations.perform(at=at, clock=lambda: at)


def test_the_month_ends_yesterday_and_today_are_measured(world):
    perform()

    assert stored.days() == [date(2026, 6, 1), date(2026, 5, 31), date(2026, 4, 30)]
    assert stored.newest_day() == date(2026, 6, 1)


def test_a_second_run_stores_nothing_new(world):
    assert perform() > 0
    computations.want(by=world.olga, at=JUNE)

    assert perform() == 0


def test_wanted_twice_is_done_once(world):
    first = computations.want(by=world.olga, at=MAY)

    assert computations.want(by=world.abe, at=JUNE) == first
    assert last_fact().name == "metrics.computation_wanted"


def test_only_who_may_change_settings_has_all_computed_anew(world):
    with pytest.raises(NotAllowed):
        computations.want(by=world.ada, at=JUNE)


def test_progress_is_told_while_it_runs(world, monkeypatch):
    seen, store = [], snapshots.store

    def looked_at(picture, **more):
        seen.append(read.under_way())
        return store(picture, **more)

    monkeypatch.setattr(snapshots, "store", looked_at)
    computations.want(by=world.olga, at=JUNE)
    assert read.under_way().state == "waiting"

    perform()

    assert [(each.state, each.done, each.total) for each in seen] == [
        ("running", 1, 4),
        ("running", 2, 4),
        ("running", 3, 4),
    ]
    assert seen[0].step == "Read 2 of 2 customers"
    assert seen[1].is_under_way
    assert read.under_way() is None
    assert (read.newest().state, read.newest().done) == ("done", 4)


def test_what_is_wanted_while_it_runs_waits_for_the_next_time(world, monkeypatch):
    store = snapshots.store

    def meanwhile(picture, **more):
        computations.mark_wanted(at=JUNE)
        return store(picture, **more)

    monkeypatch.setattr(snapshots, "store", meanwhile)
    perform()

    assert read.is_wanted()
    assert Computation.objects.filter(finished_at=None).count() == 1


def test_a_run_that_broke_says_so_and_is_tried_again(world, monkeypatch):
    computations.want(by=world.olga, at=JUNE)
    with monkeypatch.context() as broken:
        broken.setattr(snapshots, "store", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            perform()

    assert read.newest().state == "failed"
    assert Computation.objects.get().problem.startswith("ZeroDivisionError")
    assert perform() > 0


def test_what_was_wanted_when_it_broke_is_done_the_next_time(world, monkeypatch):
    perform()
    world.more_bookings.delete()
    computations.mark_wanted(at=JUNE)
    with monkeypatch.context() as broken:
        broken.setattr(snapshots, "store", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            perform()

    perform()

    assert stored.figure("goal_coverage", date(2026, 4, 30)).version == 2


def test_one_that_a_dead_worker_left_is_finished_by_the_next(world):
    left = Computation.objects.create(wanted_at=MAY, started_at=MAY)

    perform()

    left.refresh_from_db()
    assert left.finished_at == JUNE


def test_a_night_measures_only_what_was_not_over_the_last_time(world):
    perform()

    perform(at=JUNE + NIGHT)

    told = Computation.objects.order_by("-pk").first()
    # One step to read, and the two days that were not over.
    assert told.total == 3
    assert stored.newest_day() == date(2026, 6, 2)


def test_a_measure_that_is_new_is_measured_for_the_months_before_too(world):
    perform()
    MeasureSnapshot.objects.filter(measure="nps", as_of=end_of(date(2026, 4, 30))).delete()

    perform(at=JUNE + NIGHT)

    assert stored.figure("nps", date(2026, 4, 30)) is not None


def test_old_days_go_and_month_ends_stay(world):
    perform()
    later = JUNE + timedelta(days=60)

    perform(at=later)

    assert stored.days() == [
        later.date(),
        later.date() - NIGHT,
        date(2026, 6, 30),
        date(2026, 5, 31),
        date(2026, 4, 30),
    ]
    assert not NameList.objects.filter(as_of=end_of(date(2026, 6, 1))).exists()


def test_what_much_has_changed_is_measured_anew_and_the_days_between_go(world):
    perform()
    computations.mark_wanted(at=JUNE)
    later = JUNE + timedelta(days=70)
    harbours = MeasureSnapshot.objects.filter(
        measure="goal_coverage", scope="", as_of=end_of(date(2026, 4, 30))
    )
    assert harbours.count() == 1
    world.more_bookings.delete()

    perform(at=later)

    assert harbours.count() == 2
    assert stored.days() == [
        later.date(),
        later.date() - NIGHT,
        date(2026, 7, 31),
        date(2026, 6, 30),
        date(2026, 5, 31),
        date(2026, 4, 30),
    ]


def test_where_the_last_customer_went_nothing_is_left(world):
    perform()
    computations.mark_wanted(at=JUNE)
    Customer.objects.all().delete()

    perform(at=JUNE + 3 * NIGHT)

    assert stored.days() == []


def test_old_computations_go(world, monkeypatch):
    monkeypatch.setattr(computations, "KEPT_COMPUTATIONS", 1)
    Computation.objects.create(wanted_at=MAY, started_at=MAY, finished_at=MAY)

    perform()

    assert [each.started_at for each in Computation.objects.all()] == [JUNE]


def test_an_empty_installation_has_nothing_to_measure(db):
    assert perform() == 0
    assert stored.newest_day() is None
    assert not jobs.is_wanted()


def test_the_first_customer_makes_the_first_computation_wanted(world, clock):
    assert jobs.is_wanted()

    jobs.compute.call()

    assert not jobs.is_wanted()
    assert stored.newest_day() == JUNE.date()


def test_an_import_a_rate_and_the_business_model_make_numbers_old(world):
    perform()
    for name in ("connectors.import_finished", "connectors.import_undone"):
        Computation.objects.all().delete()
        journal.record(name, subject=world.company, by=world.olga, at=JUNE)
        assert read.is_wanted()

    Computation.objects.all().delete()
    presets.choose(business_model="monthly", by=world.olga, at=JUNE)
    assert read.is_wanted()

    Computation.objects.all().delete()
    rates.set_rate(
        currency="USD", per_unit=Decimal(1), valid_from=JUNE.date(), by=world.olga, at=JUNE
    )
    assert read.is_wanted()


def test_a_single_fact_about_a_customer_waits_for_the_night(world):
    perform()

    journal.record("accounts.customer_edited", subject=world.harbour, by=world.ada, at=JUNE)

    assert not read.is_wanted()


def test_every_measure_of_the_catalogue_that_fits_is_stored(world):
    perform()

    found = stored.board(JUNE.date())
    fitting = {each.name for each in catalogue.everything() if each.fits(BusinessModel.CONTRACT)}
    assert found.keys() == fitting
