import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import goals as verbs
from arbiter.outcomes.actions.goals import (
    FromElsewhere,
    GoalRetired,
    NotRetired,
    ReasonMissing,
    StatementMissing,
)
from arbiter.outcomes.queries import choices, goals
from tests.facts import fact_names, last_fact
from tests.world import APRIL, JANUARY, JULY, JUNE, MAY

WISH = "Fewer ships that wait"


def test_a_goal_is_stated_in_the_words_of_the_one_who_said_it(world):
    goal = verbs.state(
        customer=world.harbour,
        statement=f"  {WISH} ",
        stated_by=world.sam,
        category="productivity",
        contract=world.harbour_contract,
        pain="Every hour at anchor costs 900 EUR",
        by=world.ada,
        at=MAY,
    )

    assert (goal.statement, goal.whose_words, goal.stage) == (WISH, "customer", "adoption")
    fact = last_fact()
    assert (fact.name, fact.customer_id) == ("outcomes.goal_stated", world.harbour.pk)
    assert fact.details == {
        "category": "productivity",
        "contact": world.sam.pk,
        "on_behalf": True,
        "whose_words": "customer",
    }


def test_a_goal_that_a_contact_states_is_their_own(world):
    goal = verbs.state(customer=world.harbour, statement=WISH, by=world.uma, at=MAY)

    assert goal.stated_by == world.uma
    assert last_fact().by_kind == "contact"


def test_a_goal_may_belong_to_another_stage_than_the_present(world):
    goal = verbs.state(customer=world.harbour, statement=WISH, stage="", by=world.ada, at=MAY)

    assert goal.stage == ""


def test_a_goal_is_a_sentence_of_this_customers_people(world):
    with pytest.raises(StatementMissing):
        verbs.state(customer=world.harbour, statement=" ", by=world.ada, at=MAY)
    with pytest.raises(FromElsewhere) as refused:
        verbs.state(
            customer=world.harbour, statement=WISH, stated_by=world.dov, by=world.ada, at=MAY
        )
    assert refused.value.field == "stated_by"
    with pytest.raises(FromElsewhere) as refused:
        verbs.state(
            customer=world.harbour,
            statement=WISH,
            contract=world.quay_contract,
            by=world.ada,
            at=MAY,
        )
    assert refused.value.field == "contract"


@pytest.mark.parametrize("who", ["quinn", "otto", "dov"])
def test_only_those_in_reach_state_goals(world, who):
    with pytest.raises(NotAllowed):
        verbs.state(customer=world.harbour, statement=WISH, by=getattr(world, who), at=MAY)


def test_a_goal_is_retired_with_a_reason_and_comes_back(world):
    goal = world.faster_onboarding
    with pytest.raises(ReasonMissing):
        verbs.retire(goal=goal, reason=" ", by=world.ada, at=MAY)

    verbs.retire(goal=goal, reason="Crews come trained now", by=world.ada, at=MAY)

    with pytest.raises(GoalRetired):
        verbs.retire(goal=goal, reason="Again", by=world.ada, at=MAY)
    assert list(goals.retired(world.harbour)) == [goal]
    assert goal in goals.of(world.harbour, as_of=APRIL)
    assert goal not in goals.of(world.harbour, as_of=JUNE)

    verbs.restore(goal=goal, by=world.ada, at=JULY)

    with pytest.raises(NotRetired):
        verbs.restore(goal=goal, by=world.ada, at=JULY)
    assert goal in goals.of(world.harbour, as_of=JUNE)
    assert fact_names() == ["outcomes.goal_retired", "outcomes.goal_restored"]


def test_the_door_shows_the_goals_of_customers_in_reach(world):
    assert set(goals.visible_to(world.ada)) == {world.faster_onboarding, world.lower_support_cost}
    assert set(goals.visible_to(world.quinn)) == {world.more_bookings}
    assert goals.visible_to(world.otto).count() == 3
    assert permissions.may_edit_goal(world.ben, world.faster_onboarding)
    assert not permissions.may_edit_goal(world.otto, world.faster_onboarding)


def test_what_comes_first_by_priority_comes_first(world):
    world.lower_support_cost.priority = 1
    world.lower_support_cost.save()

    assert list(goals.of(world.harbour, as_of=MAY)) == [
        world.lower_support_cost,
        world.faster_onboarding,
    ]


def test_a_goal_that_was_learnt_later_did_not_stand_before(world):
    verbs.state(customer=world.harbour, statement=WISH, by=world.ada, at=JANUARY, recorded_at=MAY)

    assert goals.of(world.harbour, as_of=APRIL).count() == 2
    assert goals.of(world.harbour, as_of=MAY).count() == 3


def test_the_usual_kinds_of_goal_are_there(db):
    assert [slug for slug, _ in choices.categories()] == [
        "revenue",
        "cost",
        "time",
        "productivity",
        "risk",
        "talent",
        "roi",
        "other",
    ]
