"""What customers want, what they got, and what they know of."""

from datetime import date

import pytest

from arbiter.voice.actions import asks
from tests.metrics.company import measure, names, picture
from tests.outcomes.story import judge, see
from tests.outcomes.story import measure as report
from tests.world import FEBRUARY, JANUARY, MARCH, MAY

AUGUST = date(2026, 8, 31)
JUNE = date(2026, 6, 30)


def test_a_customer_with_a_goal_is_covered(world):
    world.more_bookings.delete()
    seen = picture()

    found = measure("goal_coverage", seen=seen)

    assert (found.estimate.value, found.count, found.estimate.n) == (0.5, 1, 2)
    assert names(found, "without_goal", seen) == ["Quay"]
    assert found.details["by_amount"]["value"] == pytest.approx(48 / 68)


def test_goals_go_stale_after_a_year(world):
    assert measure("goals_fresh", JUNE).count == 3
    assert measure("goals_fresh", date(2027, 1, 31)).count == 0


def test_whose_words_a_goal_is_in(world):
    type(world.faster_onboarding).objects.filter(pk=world.more_bookings.pk).update(
        whose_words="vendor"
    )
    seen = picture()

    found = measure("goals_in_their_words", seen=seen)

    assert (found.count, found.estimate.n) == (2, 3)
    assert names(found, "in_our_words", seen) == ["Quay"]


def test_a_due_goal_that_nobody_was_asked_about_is_counted_and_told_apart(world):
    seen = picture(AUGUST)

    found = measure("confirmed_outcomes", seen=seen)

    assert (found.estimate.value, found.estimate.n) == (0, 1)
    assert found.details["never_asked"] == 1
    assert names(found, "never_asked", seen) == ["Harbour"]


def test_asked_and_silent_is_asked(world):
    asks.put(contact=world.cleo, kind="verdict", channel="call", by=world.ada, at=MAY)
    seen = picture(AUGUST)

    found = measure("confirmed_outcomes", seen=seen)

    assert found.details["asked"] == 1
    assert names(found, "not_confirmed", seen) == ["Harbour"]


def test_a_fresh_achieved_verdict_on_a_due_goal_confirms(world):
    judge(world, "achieved", at=MAY)

    assert measure("confirmed_outcomes", AUGUST).estimate.value == 1
    assert measure("confirmed_outcomes", JUNE).estimate.n == 0


def test_a_verdict_on_a_goal_that_is_not_due_confirms_nothing_due(world):
    judge(world, "achieved", at=MAY, goal=world.lower_support_cost)

    assert measure("confirmed_outcomes", AUGUST).estimate.value == 0


def test_reached_without_anyone_there_knowing(world):
    report(world, 14, at=MARCH)
    seen = picture()

    unknown, known = measure("achieved_not_known", seen=seen), measure("awareness", seen=seen)

    assert (unknown.estimate.value, unknown.estimate.n) == (1, 1)
    assert names(unknown, "not_known", seen) == ["Harbour"]
    assert known.estimate.value == 0


def test_whoever_saw_it_knows(world):
    report(world, 14, at=MARCH)
    see(world, world.cleo, at=MAY)

    assert measure("awareness").estimate.value == 1
    assert measure("achieved_not_known").estimate.value == 0


def test_nothing_reached_is_said_and_no_share(world):
    report(world, 30, at=FEBRUARY)

    found = measure("awareness")

    assert found.estimate.value is None
    assert found.estimate.note == "No goal is reached by its measure."


def test_what_was_learnt_later_is_not_known_before(world):
    report(world, 14, at=JANUARY, recorded_at=MAY)

    assert measure("awareness", date(2026, 4, 30)).estimate.n == 0
    assert measure("awareness", date(2026, 5, 31)).estimate.n == 1
