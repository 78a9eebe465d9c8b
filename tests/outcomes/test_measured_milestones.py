"""Steps whose evidence is a set of behaviours: usage finds them done, and a person has the last word."""

from datetime import date, timedelta

import pytest

from arbiter.accounts.actions import customers
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.outcomes import jobs
from arbiter.outcomes.actions import goals, measured_milestones
from arbiter.outcomes.actions import milestones as verbs
from arbiter.outcomes.actions.milestones import EvidenceRetired
from arbiter.outcomes.models import Milestone
from arbiter.outcomes.queries import measured_milestones as read
from arbiter.outcomes.queries import outlet
from arbiter.usage.actions import behaviour_sets, snapshots
from arbiter.usage.models import Completion
from tests.facts import fact_names, last_fact
from tests.usage.logged import did, done
from tests.world import APRIL, JULY, JUNE, MARCH, MAY, TODAY

TWICE = {"of": [{"event": "Plan Made", "times": 2}]}
THRICE = {"of": [{"event": "Plan Made", "times": 3}]}


@pytest.fixture
def plans(world):
    world.plans = behaviour_sets.define(name="Two plans", rule=TWICE, by=world.ada, at=MARCH)
    return world


def add(world, **more):
    given = {"customer": world.harbour, "title": "Planning by themselves", "by": world.ada}
    return verbs.add(**given | {"at": MARCH, "behaviour_set": world.plans} | more)


def complete(world, at, found=None):
    """Write down what counting usage would have found."""
    return Completion.objects.create(
        customer=world.harbour, behaviour_set=found or world.plans, first_at=at
    )


def test_counted_usage_finishes_the_step_on_the_day_of_the_completion(plans):
    step = add(plans, side="theirs", goal=plans.faster_onboarding)
    did(done("Plan Made", at=APRIL), done("Plan Made", at=MAY))
    assert not read.any_found(TODAY)
    snapshots.perform(at=TODAY, clock=lambda: TODAY)
    assert read.any_found(TODAY)

    assert measured_milestones.finish(at=TODAY) == 1

    step.refresh_from_db()
    assert (step.done_at, step.is_measured, step.evidence) == (MAY, True, plans.plans)
    said = last_fact()
    assert (said.name, said.by_id) == ("outcomes.milestone_reached", Person.objects.system().pk)
    assert said.details == {
        "goal": plans.faster_onboarding.pk,
        "measured": True,
        "set": plans.plans.pk,
        "side": "theirs",
    }
    assert (said.at, said.recorded_at) == (MAY, TODAY)
    assert journal.verify() is None


def test_done_again_nothing_is_finished(plans):
    add(plans)
    complete(plans, MAY)
    measured_milestones.finish(at=JUNE)
    said = last_fact().pk

    assert measured_milestones.finish(at=JULY) == 0
    assert last_fact().pk == said


def test_what_a_person_finished_stays_their_word(plans):
    step = add(plans)
    verbs.finish(milestone=step, by=plans.ada, at=APRIL)
    complete(plans, MAY)

    assert measured_milestones.finish(at=JUNE) == 0

    step.refresh_from_db()
    assert (step.done_at, step.is_measured) == (APRIL, False)


def test_opened_again_it_stays_open_for_that_completion(plans):
    step = add(plans)
    completion = complete(plans, MAY)
    measured_milestones.finish(at=JUNE)
    step.refresh_from_db()

    verbs.reopen(milestone=step, by=plans.ada, at=JUNE)

    assert (step.done_at, step.measured_at) == (None, None)
    assert measured_milestones.finish(at=JULY) == 0
    # The same completion, counted anew with an event that came late.
    Completion.objects.filter(pk=completion.pk).update(first_at=APRIL)
    assert measured_milestones.finish(at=JULY) == 0


def test_a_completion_after_it_was_opened_again_finishes_it(plans):
    step = add(plans)
    complete(plans, MAY)
    measured_milestones.finish(at=MAY)
    step.refresh_from_db()
    verbs.reopen(milestone=step, by=plans.ada, at=MAY + timedelta(days=1))
    stricter = behaviour_sets.revise(
        behaviour_set=plans.plans, name="Three plans", rule=THRICE, by=plans.ada, at=MAY
    )
    complete(plans, JUNE, stricter)

    assert measured_milestones.finish(at=JULY) == 1

    step.refresh_from_db()
    assert (step.done_at, step.evidence) == (JUNE, stricter)


def test_the_version_that_is_looked_for_now_counts(plans):
    add(plans)
    complete(plans, APRIL)
    behaviour_sets.revise(
        behaviour_set=plans.plans, name="Three plans", rule=THRICE, by=plans.ada, at=MAY
    )

    assert measured_milestones.finish(at=JUNE) == 0


def test_a_completion_that_is_yet_to_come_finishes_nothing(plans):
    add(plans)
    complete(plans, JULY)

    assert measured_milestones.finish(at=JUNE) == 0


def test_steps_without_evidence_or_of_what_was_set_aside_are_left_alone(plans):
    complete(plans, MAY)
    add(plans, behaviour_set=None)
    add(plans, goal=plans.faster_onboarding)
    add(plans, customer=plans.quay, by=plans.quinn)
    goals.retire(goal=plans.faster_onboarding, reason="Sold", by=plans.ada, at=MAY)

    assert measured_milestones.finish(at=JUNE) == 0


def test_a_customer_in_the_archive_is_left_alone(plans):
    complete(plans, MAY)
    add(plans)
    customers.archive(customer=plans.harbour, by=plans.ada, at=MAY)

    assert measured_milestones.finish(at=JUNE) == 0


def test_what_changed_since_it_was_looked_for_is_left_alone(plans, monkeypatch):
    step = add(plans)
    complete(plans, MAY)
    found = read.found(JUNE)
    monkeypatch.setattr(read, "found", lambda _as_of: found)
    verbs.finish(milestone=step, by=plans.ada, at=MAY)

    assert measured_milestones.finish(at=JUNE) == 0
    assert fact_names()[-1] == "outcomes.milestone_reached"
    assert "measured" not in last_fact().details


def test_another_day_from_a_file_is_not_what_we_measured(plans):
    step = add(plans)
    complete(plans, MAY)
    measured_milestones.finish(at=JUNE)

    Milestone.objects.update(done_at=APRIL)

    step.refresh_from_db()
    assert not step.is_measured


def test_a_set_that_is_not_looked_for_is_no_evidence(plans):
    behaviour_sets.retire(behaviour_set=plans.plans, by=plans.ada, at=APRIL)

    with pytest.raises(EvidenceRetired, match="not looked for"):
        add(plans)


def test_the_journal_knows_the_set_a_step_was_given(plans):
    add(plans, due_on=date(2026, 6, 1))

    assert last_fact().details["set"] == plans.plans.pk


def test_all_that_waits_is_found_in_one_question(plans, django_assert_num_queries):
    complete(plans, MAY)
    for _ in range(5):
        add(plans)

    with django_assert_num_queries(1):
        assert len(read.found(JUNE)) == 5


def test_the_job_finishes_what_was_found(plans):
    step = add(plans)
    complete(plans, MAY)
    assert jobs.is_milestone_found()

    jobs.finish_milestones.call()

    step.refresh_from_db()
    assert step.is_measured
    assert not jobs.is_milestone_found()


def test_files_carry_the_day_it_was_done_and_what_found_it_done():
    assert set(outlet.MILESTONES.columns) >= {
        "done_at",
        "behaviour_set_id",
        "measured_at",
        "reopened_at",
    }
