"""Usage is counted from the log into rows and signals: what is new, what has moved, and as it was known."""

from datetime import timedelta

import pytest

from arbiter.accounts.actions import signals as numbers
from arbiter.accounts.models import Customer, Signal
from arbiter.foundation.permissions import NotAllowed
from arbiter.usage import jobs
from arbiter.usage.actions import behaviour_sets, features, snapshots, wanted
from arbiter.usage.models import Completion, FeatureStanding, SnapshotRun, UsageStanding
from arbiter.usage.queries import counting, runs, standings
from tests.facts import last_fact
from tests.kept import once
from tests.usage.logged import daily, did, done
from tests.world import APRIL, JUNE, MARCH, MAY

NIGHT = JUNE.replace(hour=1)
YESTERDAY = JUNE - timedelta(days=1)
DAY = timedelta(days=1)
TWO_BILLS = {"of": [{"event": "Invoice Sent", "times": 2}]}


def perform(at=NIGHT):
    return snapshots.perform(at=at, clock=lambda: at)


def row(customer):
    return UsageStanding.objects.get(customer=customer)


def watch(world):
    """A feature each for bills and reports, and a set that means value; the night's run is nobody's wish."""
    world.invoicing = features.name(
        name="Invoicing", events=["Invoice Sent", "Invoice Paid"], by=world.ada, at=MARCH
    )
    world.reports = features.name(name="Reports", events=["Report Run"], by=world.ada, at=MARCH)
    world.bills_twice = behaviour_sets.define(
        name="Two bills", rule=TWO_BILLS, means_value=True, by=world.ada, at=MARCH
    )
    SnapshotRun.objects.all().delete()


def use():
    """Uma of Harbour on each of the last ten days, Vic on two of them and long before."""
    did(
        *daily(until=YESTERDAY, days=10),
        *daily(until=YESTERDAY - 5 * DAY, days=2, user="vic", name="Report Run"),
        done("Invoice Paid", at=MARCH, user="vic"),
    )


@pytest.fixture
def busy(world):
    """The log and what is watched in it, not counted yet."""
    watch(world)
    use()
    return world


def count_once(world):
    watch(world)
    use()
    perform()
    return world


@pytest.fixture
def counted(world):
    """The rows that were counted; the log may be gone."""
    return once(count_once, world)


def test_a_customer_s_row_counts_its_people_their_events_and_its_seats(counted):
    found = row(counted.harbour)
    assert (found.users_1d, found.users_7d, found.users_28d, found.events_28d) == (1, 2, 2, 12)
    assert (found.seats, found.adoption) == (40, 0.05)
    assert (found.users_new, found.users_returning, found.users_dormant) == (1, 1, 0)
    assert found.frequency == pytest.approx((10 + 2) / (2 * 28))
    assert found.weekly[-2:] == [3, 9]
    assert (found.first_at, found.last_at) == (MARCH, YESTERDAY)
    assert found.until == YESTERDAY.date()


def test_features_tell_breadth_and_how_many_a_person_uses(counted):
    assert (row(counted.harbour).breadth, row(counted.harbour).per_person) == (1.0, 1.0)
    use = standings.uses_of(counted.harbour.pk)
    assert (use[counted.invoicing.pk].users, use[counted.invoicing.pk].events) == (1, 10)
    assert use[counted.reports.pk].last_on == (YESTERDAY - 5 * DAY).date()
    assert use[counted.reports.pk].active_days == 2


def test_the_first_value_is_told_by_the_set_that_means_it(counted):
    done_at = YESTERDAY - 8 * DAY
    assert Completion.objects.values_list("customer", "first_at").get() == (
        counted.harbour.pk,
        done_at,
    )
    assert row(counted.harbour).first_value_at == done_at


def test_who_does_nothing_has_a_row_of_nothing(counted):
    idle = row(counted.quay)
    assert (idle.users_28d, idle.first_at, idle.adoption, idle.trend) == (0, None, None, None)
    assert not Signal.objects.filter(customer=counted.quay).exists()


def test_the_numbers_are_signals_of_their_day(counted):
    told = {signal.name: signal for signal in Signal.objects.filter(customer=counted.harbour)}
    assert set(told) == {
        "usage_active_users_28d",
        "usage_events_28d",
        "usage_adoption",
        "usage_breadth",
        "usage_trend",
    }
    assert told["usage_active_users_28d"].value == 2
    assert told["usage_adoption"].at.date() == YESTERDAY.date()
    assert {signal.recorded_at for signal in told.values()} == {NIGHT}


def test_what_hardly_changed_is_not_told_again_before_a_week_is_over(busy):
    perform()
    before = Signal.objects.count()

    perform(NIGHT + DAY)
    assert Signal.objects.filter(name="usage_active_users_28d").count() == 1
    perform(NIGHT + 7 * DAY)

    assert Signal.objects.filter(name="usage_active_users_28d").count() == 2
    assert Signal.objects.count() >= 2 * before


def test_done_again_at_the_same_moment_nothing_changes(busy):
    perform()
    before = list(UsageStanding.objects.values()), list(Signal.objects.values())

    perform()

    assert (list(UsageStanding.objects.values()), list(Signal.objects.values())) == before


def test_only_who_has_new_events_or_moves_with_the_days_is_counted_again(busy):
    perform()
    did(done(at=YESTERDAY, customer="quay", user="dov", arrived=NIGHT + DAY / 24))

    assert perform(NIGHT + DAY / 2) == 1
    assert row(busy.quay).users_28d == 1
    assert row(busy.harbour).as_of == NIGHT


def test_with_the_next_day_windows_move_and_the_past_is_kept(busy):
    perform()
    first = row(busy.harbour)

    assert perform(NIGHT + 7 * DAY) == 2
    SnapshotRun.objects.update(whole=False)
    assert perform(NIGHT + 14 * DAY) == 2

    later = row(busy.harbour)
    assert later.users_7d == 0
    assert (later.first_at, later.last_at) == (first.first_at, first.last_at)
    assert later.first_value_at == first.first_value_at


def test_a_moved_window_asks_the_log_of_nobody(busy, monkeypatch):
    perform()
    asked = []
    monkeypatch.setattr(counting, "whole", lambda *told: asked.append(told))
    monkeypatch.setattr(counting, "more", lambda *told: asked.append(told))

    assert perform(NIGHT + DAY) == 1

    assert asked == []
    moved = row(busy.harbour)
    assert (moved.until, moved.users_1d, moved.users_28d) == (NIGHT.date(), 0, 2)
    assert moved.weekly[-2:] == [5, 7]
    assert Completion.objects.count() == 1
    assert moved.first_value_at is not None


def test_of_who_is_quiet_only_what_changed_is_written(busy):
    perform()
    perform(NIGHT + DAY)
    seen = list(FeatureStanding.objects.order_by("pk").values_list("pk", "events"))

    perform(NIGHT + 2 * DAY)

    assert row(busy.quay).until == YESTERDAY.date()
    assert list(FeatureStanding.objects.order_by("pk").values_list("pk", "events")) == seen


def test_new_events_are_added_to_what_is_remembered_of_a_customer(busy, monkeypatch):
    perform()
    asked = []
    monkeypatch.setattr(counting, "whole", lambda *told: asked.append(told))
    early = done(at=MARCH - DAY, user="wes", arrived=NIGHT + DAY / 2)
    did(early, done(at=NIGHT + DAY / 2, user="uma"))

    assert perform(NIGHT + DAY) == 1

    assert asked == []
    found = row(busy.harbour)
    assert (found.users_new, found.users_returning, found.users_dormant) == (1, 1, 1)
    assert (found.first_at, found.last_at) == (MARCH - DAY, NIGHT + DAY / 2)


def test_counting_never_goes_back_by_what_is_remembered(busy):
    wanted.want(by=busy.ada, at=JUNE)
    perform(JUNE)

    assert perform(JUNE + DAY / 24) == 2

    assert SnapshotRun.objects.latest("pk").whole
    assert row(busy.harbour).until == YESTERDAY.date()


def test_what_arrives_later_does_not_change_what_was_known(busy):
    did(done(at=YESTERDAY, user="wes", arrived=NIGHT + DAY))
    perform()
    then = Signal.objects.get(name="usage_active_users_28d")
    assert (then.value, row(busy.harbour).users_28d) == (2, 2)

    perform(NIGHT + 2 * DAY)

    assert row(busy.harbour).users_28d == 3
    then.refresh_from_db()
    assert (then.value, then.recorded_at) == (2, NIGHT)


def test_a_new_customer_a_new_segment_and_new_seats_are_counted(busy):
    perform()
    Customer.objects.create(key="pier", name="Pier")
    Customer.objects.filter(pk=busy.quay.pk).update(segment="Small")
    busy.harbour_contract.seats = 10
    busy.harbour_contract.save()

    assert perform() == 3

    assert row(busy.quay).segment == "Small"
    assert row(busy.harbour).adoption == 0.2
    assert row(busy.harbour).first_value_at is not None


def test_a_set_defined_later_is_looked_for_in_the_whole_past(busy):
    perform()
    paid = behaviour_sets.define(
        name="Paid", rule={"of": [{"event": "Invoice Paid"}]}, by=busy.ada, at=NIGHT
    )
    assert runs.is_wanted()

    perform(NIGHT + DAY / 24)

    assert Completion.objects.get(behaviour_set=paid).first_at == MARCH
    assert not runs.is_wanted()


def test_a_set_of_a_segment_is_nobody_else_s(busy):
    small = behaviour_sets.define(
        name="Small bills", rule=TWO_BILLS, segment="Small", by=busy.ada, at=MARCH
    )
    perform()

    assert not Completion.objects.filter(behaviour_set=small).exists()


def test_who_keeps_a_set_up_is_looked_at_again_when_days_go_by(busy):
    monthly = behaviour_sets.define(
        name="Monthly", rule=TWO_BILLS | {"per": "month"}, by=busy.ada, at=MARCH
    )
    perform()
    assert Completion.objects.get(behaviour_set=monthly).met

    perform(NIGHT + 40 * DAY)
    perform(NIGHT + 41 * DAY)

    assert not Completion.objects.get(behaviour_set=monthly).met


def test_wanted_it_is_counted_up_to_today(busy):
    did(done(at=NIGHT, user="wes"))
    wanted.want(by=busy.ada, at=JUNE)
    assert last_fact().name == "usage.snapshot_wanted"

    perform(JUNE)

    assert runs.newest_day() == JUNE.date()
    assert row(busy.harbour).users_1d == 1
    told = Signal.objects.get(customer=busy.harbour, name="usage_active_users_28d")
    assert told.at == JUNE


def test_wanted_twice_it_is_done_once(busy):
    first = wanted.want(by=busy.ada, at=MAY)
    wanted.mark(at=MAY)
    assert wanted.want(by=busy.olga, at=JUNE) == first

    perform(JUNE)

    assert SnapshotRun.objects.count() == 1
    assert runs.newest().state == "done"


def test_an_observer_has_nothing_counted(world):
    with pytest.raises(NotAllowed):
        wanted.want(by=world.otto, at=JUNE)


def test_progress_is_told_while_it_runs(busy, monkeypatch):
    seen, write = [], numbers.write

    def written(*told, **more):
        seen.append(runs.under_way())
        return write(*told, **more)

    monkeypatch.setattr(numbers, "write", written)
    perform()

    assert seen[0].state == "running"
    assert 0 < seen[0].done < seen[0].total
    assert seen[0].step == "Looked who did “Two bills”"


def test_a_run_that_broke_says_so_and_the_next_finishes(busy, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(counting, "whole", lambda *told, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            perform()
    assert runs.newest().state == "failed"

    assert perform(NIGHT + DAY) == 2


def test_groups_of_customers_are_counted_as_all_at_once(busy, monkeypatch):
    perform()
    before = list(UsageStanding.objects.order_by("pk").values())
    uses = list(FeatureStanding.objects.values_list("customer", "feature", "users"))
    monkeypatch.setattr(snapshots, "AT_ONCE", 1)
    SnapshotRun.objects.all().delete()

    assert perform() == 2

    assert list(UsageStanding.objects.order_by("pk").values()) == before
    assert list(FeatureStanding.objects.values_list("customer", "feature", "users")) == uses


def test_figures_sum_up_everybody_and_each_segment(busy):
    Customer.objects.filter(pk=busy.quay.pk).update(segment="Small")
    perform()

    whole = standings.whole()
    assert (whole.customers, whole.using, whole.users, whole.seats) == (2, 1, 2, 40)
    assert whole.adoption.value == 0.05
    assert standings.segments() == ["Small"]
    assert standings.whole("Small").using == 0
    assert standings.whole("Large") is None
    names = [figure.feature.name for figure in standings.by_feature()]
    assert names == ["Invoicing", "Reports"]
    assert [figure.segment for figure in standings.by_segment(busy.reports)] == ["", "Small"]
    assert standings.by_feature()[0].means["times"]["value"] == 10


def test_the_job_counts_when_it_is_wanted(world):
    assert not jobs.is_snapshot_wanted()
    wanted.want(by=world.ada, at=JUNE)
    assert jobs.is_snapshot_wanted()

    jobs.snapshot.call()

    assert runs.newest_day() == JUNE.date()
    assert not jobs.is_snapshot_wanted()


def test_before_anything_was_sent_there_are_rows_of_nothing(world):
    assert perform() == 2

    assert not UsageStanding.objects.exclude(events_28d=0).exists()
    assert standings.whole().share.value == 0
    assert APRIL < NIGHT
