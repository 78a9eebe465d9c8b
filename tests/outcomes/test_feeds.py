"""Results from usage: an expression feeds a goal's measure month by month; the verdict stays the customer's."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation import journal
from arbiter.outcomes import jobs
from arbiter.outcomes.actions import feeds, goals, servings
from arbiter.outcomes.actions import results as reports
from arbiter.outcomes.actions.goals import GoalRetired
from arbiter.outcomes.models import Result, Verdict
from arbiter.outcomes.queries import attainment, results
from arbiter.outcomes.queries import feeds as read
from arbiter.outcomes.queries import servings as serving
from arbiter.usage.actions import behaviour_sets, features
from tests.facts import last_fact
from tests.usage.logged import did, done
from tests.world import APRIL, FEBRUARY, JUNE, MARCH, MAY

BILL = "Invoice Sent"
END_OF_MARCH, END_OF_APRIL, END_OF_MAY = (
    datetime.combine(day, time.max, UTC)
    for day in (date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31))
)


def connect(world, goal=None, **more):
    given = {"kind": "sum", "event": BILL, "property": "amount", "since": date(2026, 3, 9)}
    who = {"goal": goal or world.lower_support_cost, "by": world.ada, "at": MAY}
    return feeds.connect(**given | who | more)


def bill(at, amount, **told):
    return done(BILL, at=at, properties=f'{{"amount": {amount}}}', **told)


def told(goal, as_of=JUNE):
    """What stands of a goal's measure, by its day."""
    series = results.series([goal.pk], as_of=as_of).get(goal.pk, [])
    return {result.at: result.value for result in series}


@pytest.fixture
def billed(world):
    did(bill(MARCH, 100), bill(MARCH + timedelta(days=1), 20), bill(MAY, 50), bill(JUNE, 7))
    return world


def test_each_month_that_is_over_is_reported_at_its_end(billed):
    connect(billed)

    assert feeds.report(at=JUNE) == 3

    assert told(billed.lower_support_cost) == {
        END_OF_MARCH: 120,
        END_OF_APRIL: 0,
        END_OF_MAY: 50,
    }
    first = Result.objects.get(at=END_OF_MARCH)
    assert (first.provenance, first.reported_by, first.recorded_at) == ("usage", "usage", JUNE)
    assert first.evidence == "Usage: sum of amount of “Invoice Sent”, from 1 to 31 March 2026"
    assert last_fact().details["provenance"] == "usage"


def test_done_again_nothing_is_reported(billed):
    connect(billed)
    feeds.report(at=JUNE)

    assert feeds.report(at=JUNE + timedelta(days=1)) == 0


def test_what_came_late_corrects_the_month_and_the_earlier_report_is_kept(billed):
    connect(billed)
    feeds.report(at=JUNE)
    tomorrow = JUNE + timedelta(days=1)
    did(bill(MAY, 25, arrived=JUNE + timedelta(hours=1)))

    assert feeds.report(at=tomorrow) == 1

    assert told(billed.lower_support_cost)[END_OF_MAY] == 50
    assert told(billed.lower_support_cost, as_of=tomorrow)[END_OF_MAY] == 75


def test_somebody_s_own_correction_stands(billed):
    connect(billed)
    feeds.report(at=JUNE)
    later = JUNE + timedelta(hours=2)
    reports.report(
        goal=billed.lower_support_cost,
        value=Decimal(60),
        by=billed.dora,
        at=END_OF_MAY,
        recorded_at=later,
    )
    did(bill(MAY, 25, arrived=later))

    assert feeds.report(at=later + timedelta(days=1)) == 0


def test_a_verdict_is_still_the_customer_s(billed):
    connect(billed)
    feeds.report(at=JUNE)

    standing = attainment.of_goal(billed.lower_support_cost, as_of=JUNE)
    assert (standing.result.value, standing.verdict, standing.confirmed) == (50, None, False)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ({"kind": "count", "property": ""}, [2, 0, 1]),
        ({"kind": "max"}, [100, None, 50]),
        ({"kind": "ratio", "over_event": BILL}, [60, None, 50]),
        ({"kind": "ratio", "over_event": BILL, "over_property": "amount"}, [1, None, 1]),
        ({"kind": "ratio", "over_event": "Never"}, [None, None, None]),
    ],
)
def test_what_is_counted(billed, given, months):
    connect(billed, **given)
    feeds.report(at=JUNE)

    found = told(billed.lower_support_cost)
    assert [found.get(end) for end in (END_OF_MARCH, END_OF_APRIL, END_OF_MAY)] == months


def test_a_set_is_done_or_not(billed):
    twice = behaviour_sets.define(
        name="Three bills",
        rule={"of": [{"event": BILL, "times": 3}]},
        by=billed.ada,
        at=MARCH,
    )
    feed = connect(billed, kind="set", event="", property="", behaviour_set=twice)

    feeds.report(at=JUNE)

    assert list(told(billed.lower_support_cost).values()) == [0, 0, 1]
    assert read.words(feed) == "whether “Three bills” was completed: Invoice Sent at least 3 times"
    assert Result.objects.first().evidence.endswith(", by 31 March 2026 (1 = yes)")


def test_before_anything_was_known_nothing_is_said(billed):
    connect(billed, since=date(2026, 1, 1))
    connect(billed, goal=billed.more_bookings, by=billed.quinn)

    feeds.report(at=JUNE)

    assert min(told(billed.lower_support_cost)) == END_OF_MARCH
    assert told(billed.more_bookings) == {}


def test_disconnected_it_reports_no_more_and_what_was_reported_stays(billed):
    feed = connect(billed)
    feeds.report(at=JUNE)
    assert read.of_goals([billed.lower_support_cost.pk]) == {billed.lower_support_cost.pk: feed}

    feeds.disconnect(feed=feed, by=billed.ada, at=JUNE)

    assert last_fact().name == "outcomes.feed_disconnected"
    assert read.of(billed.lower_support_cost) is None
    assert feeds.report(at=JUNE + timedelta(days=40)) == 0
    assert len(told(billed.lower_support_cost)) == 3
    with pytest.raises(feeds.FeedGone):
        feeds.disconnect(feed=feed, by=billed.ada, at=JUNE)


def test_a_goal_is_fed_by_one_expression_at_a_time(billed):
    connect(billed)
    assert last_fact().name == "outcomes.feed_connected"

    with pytest.raises(feeds.FeedThere):
        connect(billed, kind="count")


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "magic"},
        {"event": " "},
        {"property": ""},
        {"kind": "max", "property": " "},
        {"kind": "ratio"},
        {"kind": "set"},
    ],
)
def test_an_unclear_feed_is_refused(world, given):
    with pytest.raises(feeds.FeedUnclear, match=r"\.$"):
        connect(world, **given)


def test_only_who_may_edit_a_goal_that_stands_feeds_it(world):
    with pytest.raises(NotAllowed):
        connect(world, by=world.quinn)
    goals.retire(goal=world.lower_support_cost, reason="Done", by=world.ada, at=MAY)
    with pytest.raises(GoalRetired):
        connect(world)


def test_the_job_reports(billed):
    connect(billed)

    jobs.report_usage.call()

    assert len(told(billed.lower_support_cost)) == 3


def test_people_choose_which_features_serve_a_goal(world):
    planning, search = (
        features.name(name=name, events=[name], by=world.ada, at=FEBRUARY)
        for name in ("Planning", "Search")
    )
    goal = world.faster_onboarding
    servings.choose(goal=goal, features=[search.pk, planning.pk], by=world.ada, at=MARCH)
    assert serving.of_goals([goal.pk]) == {goal.pk: [planning, search]}
    assert last_fact().name == "outcomes.goal_features_chosen"
    said = last_fact().pk

    servings.choose(goal=goal, features=[search.pk, planning.pk], by=world.ada, at=APRIL)
    assert last_fact().pk == said
    servings.choose(goal=goal, features=[search.pk], by=world.ada, at=APRIL)

    assert serving.of_goals([goal.pk]) == {goal.pk: [search]}
    assert journal.verify() is None
    with pytest.raises(servings.FeatureUnknown):
        servings.choose(goal=goal, features=[10_000], by=world.ada, at=APRIL)
    with pytest.raises(NotAllowed):
        servings.choose(goal=goal, features=[], by=world.quinn, at=APRIL)
