from decimal import Decimal

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes.actions import goals
from arbiter.outcomes.actions import results as verbs
from arbiter.outcomes.actions.goals import GoalRetired
from arbiter.outcomes.actions.results import ResultInFuture, ResultThere
from arbiter.outcomes.queries import results
from tests.facts import fact_names, last_fact
from tests.outcomes.story import measure
from tests.world import APRIL, JUNE, MARCH, MAY


def test_a_result_says_where_it_came_from(world):
    ours = measure(world, 30, at=MARCH, evidence="Crew plan, page 2")
    theirs = verbs.report(goal=world.faster_onboarding, value=Decimal(28), by=world.cleo, at=APRIL)

    assert (ours.provenance, ours.reported_by) == ("csm", "ada@lighthouse.test")
    assert (theirs.provenance, theirs.reported_by) == ("customer", "cleo")


def test_the_journal_holds_the_value_and_of_what_it_is(world):
    measure(world, 30, at=MARCH)
    own = last_fact().details
    measure(world, 5, at=MARCH, measure="Incidents a month")
    guard = last_fact().details
    measure(world, 80, at=MARCH, measure="Happy crews")

    assert own == {"of": "own", "provenance": "csm", "value": "30"}
    assert guard["of"] == "guard"
    assert last_fact().details["of"] == "other"


def test_the_goals_own_measure_may_be_called_by_its_name(world):
    assert measure(world, 30, at=MARCH, measure="Days until a new crew works alone").measure == ""


def test_the_newest_of_each_measure_is_read_for_many_goals_at_once(
    world, django_assert_num_queries
):
    measure(world, 30, at=MARCH)
    measure(world, 21, at=MAY)
    measure(world, 5, at=APRIL, measure="Incidents a month")
    measure(world, 8_000, at=APRIL, goal=world.lower_support_cost)

    with django_assert_num_queries(1):
        found = results.latest(
            [world.faster_onboarding.pk, world.lower_support_cost.pk], as_of=JUNE
        )

    values = {
        (goal, name): result.value
        for goal, measured in found.items()
        for name, result in measured.items()
    }
    assert values == {
        (world.faster_onboarding.pk, ""): 21,
        (world.faster_onboarding.pk, "Incidents a month"): 5,
        (world.lower_support_cost.pk, ""): 8_000,
    }


def test_a_correction_of_a_moment_replaces_its_value_once_it_is_known(world):
    measure(world, 30, at=MARCH)
    measure(world, 33, at=MARCH, recorded_at=MAY)
    goal = world.faster_onboarding

    def told(as_of):
        return [each.value for each in results.series([goal.pk], as_of=as_of)[goal.pk]]

    assert told(APRIL) == [30]
    assert told(MAY) == [33]
    assert results.latest([goal.pk], as_of=JUNE)[goal.pk][""].value == 33


def test_the_same_result_twice_is_one(world):
    first = measure(world, 30, at=MARCH)

    assert measure(world, 30, at=MARCH) == first
    assert fact_names() == ["outcomes.result_reported"]
    with pytest.raises(ResultThere):
        measure(world, 31, at=MARCH)


def test_nothing_is_measured_before_its_time(world):
    with pytest.raises(ResultInFuture) as refused:
        measure(world, 14, at=JUNE, recorded_at=MAY)

    assert refused.value.field == "at"


def test_a_goal_set_aside_is_not_measured(world):
    goals.retire(goal=world.faster_onboarding, reason="Done", by=world.ada, at=MARCH)

    with pytest.raises(GoalRetired):
        measure(world, 14, at=MAY)


def test_only_those_in_reach_report(world):
    with pytest.raises(NotAllowed):
        verbs.report(goal=world.faster_onboarding, value=Decimal(1), by=world.quinn, at=MAY)
