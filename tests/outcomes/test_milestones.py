from datetime import date

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes.actions import milestones as verbs
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.actions.milestones import AlreadyReached, NotReached, TitleMissing
from arbiter.outcomes.queries import milestones
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def add(world, title, **more):
    return verbs.add(customer=world.harbour, title=title, by=world.ada, at=MAY, **more)


def test_steps_stand_in_the_order_they_were_added_unless_placed(world):
    add(world, "Plan imported", side="ours", due_on=date(2026, 6, 1), goal=world.faster_onboarding)
    add(world, "First crew trained", side="theirs")
    add(world, "Kick-off", position=0)

    assert [step.title for step in milestones.of(world.harbour)] == [
        "Kick-off",
        "Plan imported",
        "First crew trained",
    ]


def test_the_journal_knows_the_goal_and_the_side(world):
    add(world, "Plan imported", side="ours", goal=world.faster_onboarding)

    assert last_fact().details == {
        "due_on": None,
        "goal": world.faster_onboarding.pk,
        "side": "ours",
    }


def test_a_step_has_a_name_and_a_goal_of_this_customer(world):
    with pytest.raises(TitleMissing):
        add(world, " ")
    with pytest.raises(FromElsewhere):
        add(world, "Plan", goal=world.more_bookings)
    with pytest.raises(NotAllowed):
        verbs.add(customer=world.harbour, title="Plan", by=world.quinn, at=MAY)


def test_a_step_is_finished_opened_again_and_removed(world):
    step = add(world, "Plan imported")

    verbs.finish(milestone=step, by=world.ada, at=JUNE)
    assert step.done_at == JUNE
    with pytest.raises(AlreadyReached):
        verbs.finish(milestone=step, by=world.ada, at=JUNE)

    verbs.reopen(milestone=step, by=world.ada, at=JUNE)
    with pytest.raises(NotReached):
        verbs.reopen(milestone=step, by=world.ada, at=JUNE)

    verbs.remove(milestone=step, by=world.ada, at=JUNE)
    assert not milestones.of(world.harbour)
    assert fact_names() == [
        "outcomes.milestone_added",
        "outcomes.milestone_reached",
        "outcomes.milestone_reopened",
        "outcomes.milestone_removed",
    ]


def test_the_door_shows_steps_of_customers_in_reach(world):
    step = add(world, "Plan imported")

    assert list(milestones.visible_to(world.ben)) == [step]
    assert not milestones.visible_to(world.quinn)
