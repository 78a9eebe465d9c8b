"""Counting on from what is remembered gives what counting everything anew gives, whatever comes in any night."""

import shutil
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from arbiter.usage.actions import flushes, snapshots
from arbiter.usage.models import (
    BehaviourSet,
    Completion,
    Feature,
    FeatureStanding,
    SnapshotRun,
    UsageStanding,
)
from arbiter.usage.queries import measured
from tests.usage.logged import did, done
from tests.usage.sending import a_source, parcel
from tests.world import JUNE, MARCH

NIGHT = JUNE.replace(hour=1)
NAMES = ("Invoice Sent", "Report Run", "Export")
RULES = (
    {"of": [{"event": "Invoice Sent", "times": 2}, {"event": "Export"}]},
    {"of": [{"event": "Invoice Sent"}, {"event": "Export"}], "need": 1, "per": "week", "consecutive": 2},
    {"of": [{"event": "Report Run"}], "per": "month", "consecutive": 2},
    {"of": [{"event": "Export"}], "per": "day"},
)  # fmt: skip
AT_HARBOUR = {"context": {"groupId": "harbour"}}
FORGOTTEN = ("until", "as_of", "told", "told_on")
"""What says when a row was written, not what it says."""

calls = st.builds(
    lambda who, where, name: {**who, **where, "type": "track", "event": name},
    st.sampled_from([{"userId": "ana"}, {"userId": "ben"}, {"anonymousId": "x1"}]),
    st.sampled_from([{}, {"context": {"groupId": "harbour"}}, {"context": {"groupId": "quay"}}]),
    st.sampled_from(NAMES),
)
groups = st.builds(
    lambda user, customer: {"type": "group", "userId": user, "groupId": customer},
    st.sampled_from(["ana", "ben"]), st.sampled_from(["harbour", "quay"]),
)  # fmt: skip
links = st.builds(
    lambda user: {"type": "identify", "userId": user, "anonymousId": "x1", "traits": {}},
    st.sampled_from(["ana", "ben"]),
)
ages = st.one_of(st.integers(-1, 40), st.integers(-30, 24 * 120))
said = st.lists(st.tuples(st.one_of(calls, calls, calls, groups, links), ages), max_size=6)
later = st.integers(0, 40) | st.sampled_from([0, 0, 1, 7, 28, 84])
nights = st.lists(st.tuples(later, said), min_size=2, max_size=5)


def install():
    """Two features that share an event, and sets of every kind."""
    for name, events in (("Bills", ["Invoice Sent", "Export"]), ("Out", ["Export", "Report Run"])):
        Feature.objects.create(name=name, events=events, made_at=MARCH)
    for place, rule in enumerate(RULES):
        BehaviourSet.objects.create(
            name=f"Set {place}", rule=rule, means_value=not place, made_at=MARCH
        )


def stand():
    """All that was counted."""
    rows = UsageStanding.objects.order_by("pk").values()
    return {
        "customers": [{k: v for k, v in row.items() if k not in FORGOTTEN} for row in rows],
        "features": sorted(FeatureStanding.objects.values_list(
            "customer", "feature", "users", "events", "active_days", "events_before", "last_on"
        )),
        "sets": sorted(Completion.objects.values_list("customer", "behaviour_set", "first_at", "met")),
    }  # fmt: skip


def send(product, told, at, number):
    """Have calls arrive at a moment: each happened some hours before, or has a clock that runs ahead."""
    bodies = [
        {**call, "messageId": f"m{number}.{place}", "timestamp": (at - timedelta(hours=age)).isoformat()}
        for place, (call, age) in enumerate(told)
    ]  # fmt: skip
    if bodies:
        parcel(product, *bodies, at=at)
        while flushes.flush(at=at) is not None:
            pass


def perform(at):
    return snapshots.perform(at=at, clock=lambda: at)


def counted_each_night(told):
    """What stands after counting on from night to night, and then after counting the same night anew."""
    with transaction.atomic():
        install()
        product, at = a_source(), NIGHT
        for number, (days, calls) in enumerate(told):
            at += timedelta(days=days, minutes=10)
            send(product, calls, at - timedelta(minutes=5), number)
            perform(at)
        on = stand()
        last = SnapshotRun.objects.order_by("-as_of").first()
        SnapshotRun.objects.all().delete()
        assert last.until == (at - timedelta(days=1)).date()
        perform(at)
        anew = stand()
        transaction.set_rollback(True)
    shutil.rmtree(django_settings.EVENT_LOG, ignore_errors=True)
    return on, anew


@pytest.mark.sweep
@pytest.mark.usefixtures("world")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=nights)
@example(told=[(0, [({"type": "track", "event": "Export", "userId": "ana"}, 30)]),
               (1, [({"type": "group", "userId": "ana", "groupId": "quay"}, 0)]),
               (1, [({"type": "group", "userId": "ana", "groupId": "harbour"}, 0)])])  # fmt: skip
def test_counting_on_gives_what_counting_anew_gives(told):
    before = snapshots.ANEW_AFTER
    snapshots.ANEW_AFTER = timedelta(days=10_000)
    try:
        on, anew = counted_each_night(told)
    finally:
        snapshots.ANEW_AFTER = before

    assert on == anew


@pytest.mark.usefixtures("world")
def test_who_turns_out_to_be_somebody_else_is_not_two_people():
    visit = {"type": "track", "event": "Export", "anonymousId": "x1"} | AT_HARBOUR
    link = {"type": "identify", "anonymousId": "x1", "traits": {}}
    told = [[(visit, 2), (link | {"userId": "ben"}, 1)], [(link | {"userId": "ana"}, 0)], []]

    on, anew = counted_each_night([(1, each) for each in told])

    assert on == anew
    assert on["customers"][0]["users_28d"] == 1


@pytest.mark.usefixtures("world")
def test_a_quiet_year_empties_every_window_as_counting_anew_does():
    track = {"type": "track", "userId": "ana"} | AT_HARBOUR
    told = [({**track, "event": name}, age) for name in NAMES for age in (2, 30, 900, 1500)]

    on, anew = counted_each_night([(0, told), (3, []), (3, [])])

    assert on == anew
    assert [row["events_28d"] for row in on["customers"]] == [6, 0]


@pytest.mark.usefixtures("world")
def test_a_row_says_what_the_measures_say_of_the_same_day():
    install()
    events = [
        done(NAMES[(day + who) % 3], at=NIGHT - timedelta(days=day * (who + 2)), user=f"user {who}")
        for who in range(5)
        for day in range(20)
    ]
    did(*events, *(done(at=NIGHT - timedelta(days=day), user=None) for day in range(9)))
    perform(NIGHT)
    asked = {"as_of": NIGHT, "until": (NIGHT - timedelta(days=1)).date()}

    row = UsageStanding.objects.get(customer__key="harbour")

    assert row.users_28d == measured.active_users(**asked)[0].users
    assert row.frequency == pytest.approx(measured.stickiness(**asked)[0].stickiness)
    lives = measured.state_counts(**asked)[0]
    people = (row.users_new, row.users_returning, row.users_dormant)
    assert people == (lives.new, lives.returning, lives.dormant)
    line = measured.trend(**asked)[0]
    assert (row.trend, row.trend_low, row.trend_high) == pytest.approx(
        (line.slope, line.low, line.high)
    )
    assert row.trend_weeks == line.weeks
