from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Contact, Customer
from arbiter.outcomes.actions import goals, results, revisions, verdicts
from arbiter.outcomes.models import Awareness, Goal
from arbiter.outcomes.queries import attainment, past
from tests.outcomes.story import judge, leave, measure, revise, see, standing, tell
from tests.world import (
    APRIL,
    AUGUST,
    FEBRUARY,
    JANUARY,
    JULY,
    JUNE,
    MARCH,
    MAY,
    NEXT_YEAR,
)


def dispute(world, contact, *, at):
    """A file says that a contact disputed the result."""
    Awareness.objects.create(
        goal=world.faster_onboarding, contact=contact, at=at, recorded_at=at, state="disputed"
    )


# --- Measured ----------------------------------------------------------------------------------


def test_before_anything_is_known_a_goal_is_just_stated(world):
    found = standing(world, as_of=MAY)

    assert (found.progress, found.reached, found.missed, found.verdict) == (
        None,
        False,
        False,
        None,
    )
    assert (found.awareness, found.segment, found.judgement, found.helped) == (
        "not_told",
        "never_asked",
        "",
        "",
    )


def test_a_goal_without_any_agreement_stands_too(world):
    results.report(goal=world.more_bookings, value=Decimal(5), by=world.quinn, at=MAY)

    found = standing(world, goal=world.more_bookings, as_of=JUNE)

    assert (found.revision, found.progress, found.due_on) == (None, None, None)
    assert found.result.value == 5


def test_progress_is_told_against_the_agreement_that_stood(world):
    measure(world, 28, at=MARCH)
    revise(world, 28, at=MAY)

    assert standing(world, as_of=APRIL).progress == 0.5
    assert not standing(world, as_of=APRIL).reached
    assert standing(world, as_of=JUNE).progress == 1.0
    assert standing(world, as_of=JUNE).reached


def test_what_was_measured_but_nobody_judged_is_striped(world):
    measure(world, 28, at=MARCH)

    assert standing(world, as_of=APRIL).segment == "measured"


def test_a_goal_whose_day_has_passed_short_of_its_target_is_missed(world):
    measure(world, 28, at=MARCH)

    assert not standing(world, as_of=JULY).missed
    assert standing(world, as_of=AUGUST).missed
    assert standing(world, as_of=AUGUST).due


# --- Said --------------------------------------------------------------------------------------


def test_the_newest_verdict_counts_whoever_gave_it(world):
    judge(world, "achieved", by=world.dora, at=MARCH)
    judge(world, "partly", at=APRIL)

    found = standing(world, as_of=MAY)

    assert (found.judgement, found.verdict.contact.name) == ("partly", "Cleo Castro")
    assert [each.verdict for each in found.verdicts] == ["partly", "achieved"]


@pytest.mark.parametrize("who", ["dora", "cleo"])
def test_on_one_day_the_decider_or_the_one_who_stated_the_goal_outranks(world, who):
    judge(world, "not", by=getattr(world, who), at=MAY)
    judge(world, "achieved", by=world.uma, at=MAY + timedelta(hours=2))

    assert standing(world, as_of=JUNE).judgement == "not"


def test_an_achieved_verdict_confirms_for_a_year_and_is_celebrated_for_a_month(world):
    judge(world, "achieved", at=MAY, helped="partly")

    fresh = standing(world, as_of=MAY + timedelta(days=20))
    later = standing(world, as_of=JULY)
    old = standing(world, as_of=NEXT_YEAR)

    assert (fresh.confirmed, fresh.celebrate, fresh.segment) == (True, True, "achieved")
    assert (later.confirmed, later.celebrate) == (True, False)
    assert (old.confirmed, old.fresh, old.judgement) == (False, False, "achieved")
    assert old.segment == "never_asked"
    assert fresh.helped == "partly"


def test_not_achieved_is_disputed_and_missed_while_it_is_fresh(world):
    judge(world, "not", at=MAY)

    found = standing(world, as_of=JUNE)
    assert (found.disputed, found.missed, found.segment) == (True, True, "not")
    assert not standing(world, as_of=NEXT_YEAR).disputed


def test_a_dispute_after_the_verdict_unconfirms_it(world):
    judge(world, "achieved", at=MARCH)
    dispute(world, world.dora, at=MAY)

    assert standing(world, as_of=APRIL).confirmed
    found = standing(world, as_of=JUNE)
    assert (found.confirmed, found.disputed, found.segment) == (False, True, "disputed")
    assert found.awareness == "disputed"
    assert not standing(world, as_of=NEXT_YEAR).disputed


def test_a_verdict_after_the_dispute_settles_it(world):
    dispute(world, world.dora, at=MARCH)
    judge(world, "achieved", at=MAY)

    found = standing(world, as_of=JUNE)
    assert (found.confirmed, found.disputed, found.awareness) == (True, False, "agreed")


def test_a_dispute_older_than_the_verdict_that_counts_is_settled_even_if_nobody_agreed(world):
    dispute(world, world.dora, at=MARCH)
    judge(world, "too_early", at=MAY)

    assert not standing(world, as_of=JUNE).disputed
    assert standing(world, as_of=JUNE).segment == "too_early"


# --- Known -------------------------------------------------------------------------------------


def test_reached_and_nobody_knows_is_a_risk_until_someone_sees_it(world):
    measure(world, 14, at=MARCH)

    assert standing(world, as_of=MARCH).achieved_not_known
    tell(world, world.cleo, at=APRIL)
    found = standing(world, as_of=APRIL)
    assert found.achieved_not_known, "told is not known"
    assert found.awareness == "told"
    see(world, world.cleo, at=MAY)
    assert not standing(world, as_of=MAY).achieved_not_known
    assert standing(world, as_of=MAY).awareness == "seen"


def test_who_saw_it_half_way_does_not_know_that_it_is_reached(world):
    measure(world, 28, at=FEBRUARY)
    see(world, world.cleo, at=MARCH)
    measure(world, 14, at=APRIL)
    measure(world, 12, at=MAY)

    assert standing(world, as_of=JUNE).achieved_not_known


def test_who_saw_it_reached_still_knows_after_the_next_result(world):
    measure(world, 14, at=MARCH)
    see(world, world.cleo, at=APRIL)
    measure(world, 12, at=MAY)

    assert not standing(world, as_of=JUNE).achieved_not_known


def test_what_only_one_who_left_knew_is_not_known_any_more(world):
    measure(world, 14, at=MARCH)
    see(world, world.sam, at=APRIL)
    leave(world, world.sam, MAY)

    assert not standing(world, as_of=APRIL).achieved_not_known
    found = standing(world, as_of=JUNE)
    assert found.achieved_not_known
    assert (found.awareness, found.knows) == ("not_told", {})


def test_who_confirmed_before_the_number_was_in_knows(world):
    judge(world, "achieved", at=MARCH)
    measure(world, 14, at=APRIL)

    assert not standing(world, as_of=MAY).achieved_not_known


def test_who_judges_knows_and_who_says_too_early_does_not(world):
    measure(world, 14, at=MARCH)
    judge(world, "too_early", at=APRIL)
    assert standing(world, as_of=APRIL).achieved_not_known

    judge(world, "partly", by=world.dora, at=MAY)

    assert not standing(world, as_of=MAY).achieved_not_known
    assert standing(world, as_of=MAY).awareness == "agreed"


# --- Where value went elsewhere, and what grew old ------------------------------------------------


def test_a_missed_goal_is_not_offset_by_another_that_moved(world):
    judge(world, "not", at=MAY)
    measure(world, 7_000, at=MAY, goal=world.lower_support_cost)

    assert standing(world, as_of=JUNE).wrong_value == "missed"
    assert standing(world, goal=world.lower_support_cost, as_of=JUNE).wrong_value == ""


def test_a_missed_goal_alone_is_missed_and_not_wrong(world):
    judge(world, "not", at=MAY)
    measure(world, 20, at=MAY)

    assert standing(world, as_of=JUNE).wrong_value == ""


def test_a_goal_reached_over_the_customers_own_limit_is_wrong_value(world):
    measure(world, 14, at=MAY)
    measure(world, 4, at=APRIL, measure="Incidents a month")
    assert standing(world, as_of=MAY).wrong_value == ""

    measure(world, 9, at=JUNE, measure="Incidents a month")

    found = standing(world, as_of=JUNE)
    assert (found.wrong_value, found.guard.value) == ("guard", 9)


def test_a_goal_is_asked_anew_when_the_customer_moves_on_or_a_year_goes_by(world):
    assert standing(world, as_of=JUNE).stale == ""
    assert standing(world, as_of=NEXT_YEAR).stale == "age"

    world.faster_onboarding.stage = "onboarding"
    world.faster_onboarding.save()
    assert standing(world, as_of=JUNE).stale == "stage"

    revisions.reconfirm(goal=world.faster_onboarding, by=world.cleo, at=JUNE)
    assert standing(world, as_of=JUNE).stale == ""


# --- A customer's goals together -------------------------------------------------------------------


def test_the_leading_goal_is_by_priority_then_by_date(world):
    def lead():
        found = attainment.of_customers([world.harbour.pk], as_of=MAY)[world.harbour.pk]
        return found.lead.goal.key

    assert lead() == "faster_onboarding"
    world.lower_support_cost.priority = 1
    world.lower_support_cost.save()
    assert lead() == "lower_support_cost"


def test_counts_are_counts_and_never_an_average(world):
    measure(world, 14, at=MARCH)
    judge(world, "not", at=MAY, goal=world.lower_support_cost, by=world.dora)

    found = attainment.of_customers([world.harbour.pk], as_of=JUNE)[world.harbour.pk]

    assert found.segments == ["measured", "not"]
    assert (found.total, found.confirmed, found.disputed, found.partly) == (2, 0, 1, 0)
    assert (found.unjudged, found.due, found.achieved_not_known) == (1, 0, 1)
    assert (found.wrong_value, found.stale, found.to_celebrate) == (1, 0, 0)
    assert found.has_result
    assert found.moving
    assert found.last_verdict_at == MAY


def test_a_customer_without_goals_has_its_entry(world):
    goals.retire(goal=world.more_bookings, reason="Sold", by=world.quinn, at=MARCH)

    found = attainment.of_customers([world.quay.pk], as_of=JUNE)[world.quay.pk]

    assert (found.lead, found.total, found.segments, found.last_verdict_at) == (None, 0, [], None)
    assert not found.has_result
    assert not found.moving
    assert standing(world, goal=world.more_bookings, as_of=JUNE) is None


def test_what_was_recorded_later_changes_nothing_before(world):
    before = attainment.of_customers([world.harbour.pk], as_of=MAY)

    measure(world, 14, at=MARCH, recorded_at=JUNE)
    judge(world, "achieved", at=MARCH, recorded_at=JUNE)
    revise(world, 10, at=APRIL, recorded_at=JUNE)

    assert attainment.of_customers([world.harbour.pk], as_of=MAY) == before
    assert attainment.of_customers([world.harbour.pk], as_of=JUNE) != before


def port(world, number):
    """Another customer with a goal that was agreed, measured, reached, seen and judged."""
    customer = Customer.objects.create(name=f"Port {number}", owner=world.ada)
    rosa = Contact.objects.create(customer=customer, name="Rosa", role="sponsor")
    goal = goals.state(customer=customer, statement="Wait less", by=rosa, at=JANUARY)
    revisions.revise(
        goal=goal,
        measure="Hours",
        direction="down",
        baseline=Decimal(9),
        target=Decimal(3),
        due_on=date(2026, 5, 1),
        by=rosa,
        at=FEBRUARY,
    )
    results.report(goal=goal, value=Decimal(3), by=world.ada, at=MARCH)
    verdicts.give(goal=goal, contact=rosa, verdict="partly", by=rosa, at=APRIL)
    return customer


def test_one_customer_and_fifty_take_the_same_few_queries(world, django_assert_num_queries):
    ports = [port(world, number).pk for number in range(50)]

    with django_assert_num_queries(5):
        attainment.of_customers(ports[:1], as_of=JUNE)
    with django_assert_num_queries(5):
        found = attainment.of_customers(ports, as_of=JUNE)
        told = {
            (each.lead.verdict.contact.name, each.lead.goal.stated_by_name, each.partly)
            for each in found.values()
        }

    assert told == {("Rosa", "Rosa", 1)}
    assert len(found) == 50


def test_one_more_query_reads_the_story_of_those_reached_before_the_newest_result(
    world, django_assert_num_queries
):
    ports = [port(world, number).pk for number in range(50)]
    for goal in Goal.objects.filter(customer__in=ports):
        results.report(goal=goal, value=Decimal(2), by=world.ada, at=MAY)

    with django_assert_num_queries(6):
        found = attainment.of_customers(ports, as_of=JUNE)

    assert not any(each.achieved_not_known for each in found.values())


@pytest.mark.parametrize("as_of", [JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST])
def test_any_moment_is_told_from_the_whole_past_as_it_was_told_then(world, as_of):
    measure(world, 20, at=FEBRUARY)
    see(world, world.cleo, at=FEBRUARY)
    measure(world, 14, at=MARCH)
    tell(world, world.dora, at=MARCH)
    judge(world, "partly", at=APRIL)
    revise(world, 10, at=APRIL)
    measure(world, 12, at=MAY)
    measure(world, 9, at=MAY, recorded_at=JUNE)
    goals.retire(goal=world.lower_support_cost, reason="Another plan", by=world.ada, at=JUNE)
    leave(world, world.cleo, JULY)
    ids = [world.harbour.pk, world.quay.pk]

    whole = past.of_customers(ids, until=NEXT_YEAR, whole=True)

    assert attainment.told_from(whole, ids, as_of=as_of) == attainment.of_customers(
        ids, as_of=as_of
    )
