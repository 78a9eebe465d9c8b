from datetime import date
from decimal import Decimal

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.outcomes.actions import goals
from arbiter.outcomes.actions import revisions as verbs
from arbiter.outcomes.actions.goals import FromElsewhere, GoalRetired, ReasonMissing
from arbiter.outcomes.actions.revisions import CurrencyMissing, NobodyAgreed
from arbiter.outcomes.queries import revisions
from tests.facts import last_fact
from tests.outcomes.story import revise
from tests.world import APRIL, FEBRUARY, JUNE, MARCH, MAY


def current(goal, as_of):
    return revisions.current([goal.pk], as_of=as_of).get(goal.pk)


def test_the_latest_target_counts_and_the_earlier_one_is_kept(world):
    revise(world, 10, at=MARCH)
    revise(world, 7, at=MAY)

    assert current(world.faster_onboarding, FEBRUARY).target == 14
    assert current(world.faster_onboarding, APRIL).target == 10
    assert current(world.faster_onboarding, JUNE).target == 7
    kept = revisions.history(world.faster_onboarding, as_of=JUNE)
    assert [revision.target for revision in kept] == [7, 10, 14]


def test_an_agreement_learnt_later_did_not_stand_before(world):
    revise(world, 10, at=MARCH, recorded_at=MAY)

    assert current(world.faster_onboarding, APRIL).target == 14
    assert current(world.faster_onboarding, MAY).target == 10


def test_the_journal_holds_the_numbers_and_who_agreed_but_no_words(world):
    revise(world, 10, at=MARCH, agreed_by=world.dora)

    assert last_fact().name == "outcomes.goal_revised"
    assert last_fact().details == {
        "baseline": "42",
        "contact": world.dora.pk,
        "due_on": "2026-07-31",
        "on_behalf": True,
        "target": "10",
    }


def test_the_first_agreement_needs_no_reason_and_every_later_one_does(world):
    verbs.revise(goal=world.more_bookings, measure="Berths", by=world.quinn, at=MARCH)

    with pytest.raises(ReasonMissing) as refused:
        verbs.revise(goal=world.more_bookings, measure="Berths", by=world.quinn, at=MAY)
    assert refused.value.field == "reason"


def test_what_a_unit_is_worth_needs_its_currency(world):
    with pytest.raises(CurrencyMissing):
        revise(world, 10, at=MARCH, money_per_unit=Decimal(100))

    assert revise(world, 10, at=MARCH, money_per_unit=Decimal(100), currency="EUR").pk


def test_a_term_of_another_name_is_a_mistake(world):
    with pytest.raises(TypeError, match="goal_id"):
        revise(world, 10, at=MARCH, goal_id=1)


def test_only_a_contact_of_this_customer_agrees(world):
    with pytest.raises(FromElsewhere):
        revise(world, 10, at=MARCH, agreed_by=world.dov)


def test_a_goal_set_aside_is_not_revised(world):
    goals.retire(goal=world.faster_onboarding, reason="Done", by=world.ada, at=MARCH)

    with pytest.raises(GoalRetired):
        revise(world, 10, at=MAY)
    with pytest.raises(GoalRetired):
        verbs.reconfirm(goal=world.faster_onboarding, by=world.cleo, at=MAY)


def test_an_agreement_belongs_to_the_stage_in_which_it_was_made(world):
    goal = world.faster_onboarding
    assert revise(world, 10, at=MARCH).stage == "adoption"

    goal.customer.stage = "value"

    assert verbs.reconfirm(goal=goal, by=world.cleo, at=MAY).stage == "value"


def test_that_it_is_still_right_is_the_same_agreement_dated_anew(world):
    revision = verbs.reconfirm(goal=world.faster_onboarding, by=world.cleo, at=MAY)

    kept = current(world.faster_onboarding, JUNE)
    assert kept == revision
    assert (kept.target, kept.due_on, kept.guard_limit) == (14, date(2026, 7, 31), 4)
    assert (kept.reason, kept.agreed_by, kept.at) == (verbs.STILL_RIGHT, world.cleo, MAY)
    assert kept.key != "faster_onboarding-1"
    assert revisions.history(world.faster_onboarding, as_of=JUNE).count() == 2
    assert last_fact().name == "outcomes.goal_reconfirmed"
    assert last_fact().by_kind == "contact"


def test_a_colleague_names_the_contact_who_said_that_it_is_still_right(world):
    with pytest.raises(NobodyAgreed) as refused:
        verbs.reconfirm(goal=world.faster_onboarding, by=world.ada, at=MAY)
    assert refused.value.field == "agreed_by"

    verbs.reconfirm(goal=world.faster_onboarding, agreed_by=world.dora, by=world.ada, at=MAY)

    assert current(world.faster_onboarding, JUNE).agreed_by == world.dora


def test_a_goal_without_any_measure_can_be_still_right(world):
    verbs.reconfirm(goal=world.more_bookings, by=world.dov, at=MAY)

    assert current(world.more_bookings, JUNE).measure == ""


@pytest.mark.parametrize("who", ["quinn", "otto", "dov"])
def test_only_those_in_reach_agree(world, who):
    person = getattr(world, who)

    with pytest.raises(NotAllowed):
        verbs.revise(goal=world.faster_onboarding, reason="x", by=person, at=MAY)
    with pytest.raises(NotAllowed):
        verbs.reconfirm(goal=world.faster_onboarding, by=person, at=MAY)
