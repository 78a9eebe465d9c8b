from arbiter.accounts.queries import customers
from arbiter.outcomes.actions import goals, revisions
from arbiter.outcomes.queries import coverage
from tests.world import JANUARY, JUNE, LAST_YEAR, MAY


def test_coverage_counts_customers_and_how_well_their_goals_are_put(
    world, django_assert_num_queries
):
    goals.state(
        customer=world.harbour,
        statement="Adopt the planner",
        whose_words="vendor",
        by=world.ada,
        at=MAY,
    )

    with django_assert_num_queries(3):
        found = coverage.of(customers.visible_to(world.mona), as_of=JUNE)

    assert found == coverage.Coverage(
        customers=2,
        with_goal=2,
        goals=4,
        in_their_words=3,
        in_our_words=1,
        measurable=2,
        dated=2,
        agreed=2,
    )


def test_only_the_agreement_that_stands_is_looked_at(world):
    revisions.revise(
        goal=world.faster_onboarding,
        direction="reach",
        measure="Do crews work alone after two weeks?",
        reason="A plain test is enough",
        by=world.ada,
        at=MAY,
    )

    found = coverage.of(customers.visible_to(world.ada), as_of=JUNE)

    assert (found.measurable, found.dated, found.agreed) == (2, 1, 1)


def test_before_anyone_said_anything_nothing_is_covered(world):
    found = coverage.of(customers.visible_to(world.ada), as_of=LAST_YEAR)

    assert (found.customers, found.with_goal, found.goals, found.measurable) == (1, 0, 0, 0)


def test_a_retired_goal_covers_nothing(world):
    goals.retire(goal=world.more_bookings, reason="Sold", by=world.quinn, at=MAY)

    assert coverage.of(customers.visible_to(world.quinn), as_of=JUNE).with_goal == 0
    assert coverage.of(customers.visible_to(world.quinn), as_of=JANUARY).with_goal == 1
