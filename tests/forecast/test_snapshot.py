"""What was known of a contract at a moment, from the facts recorded by then."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from arbiter.accounts.actions import contacts, contracts, customers
from arbiter.accounts.models import Contract, Signal
from arbiter.forecast.queries import open_contracts, snapshot
from arbiter.outcomes.actions import awareness, goals, results, revisions, verdicts
from arbiter.science.renewal import Answer, Known
from arbiter.voice.actions import answers, asks
from tests.science.renewal.contracts import contracts as invented
from tests.world import APRIL, JANUARY, JULY, JUNE, MARCH, MAY, NEXT_YEAR


def known(world, *, as_of=JUNE):
    """What was known of Harbour's contract."""
    (seen,) = snapshot.chunks(
        open_contracts.at(as_of, customer_ids=[world.harbour.pk]), as_of=as_of
    )
    return seen.known[0]


def say(contact, value, *, at=MAY, kind="intent", **more):
    return answers.give(contact=contact, kind=kind, value=value, by=contact, at=at, **more)


def judge(world, verdict, *, at=MAY, goal=None, by=None):
    by = by or world.cleo
    return verdicts.give(
        goal=goal or world.faster_onboarding, contact=by, verdict=verdict, by=by, at=at
    )


def measure(world, value, *, at=APRIL):
    return results.report(goal=world.faster_onboarding, value=Decimal(value), by=world.ada, at=at)


def test_of_a_customer_nobody_asked_only_the_goals_age_and_the_tenure_are_known(world):
    assert known(world) == Known(goal_age_months=5.0, renewals=0, lead_days=121)


def test_answers_come_with_role_and_age(world):
    say(world.dora, "not_sure", at=APRIL)
    say(world.uma, "yes", at=MAY)

    told = known(world).answers

    assert set(told) == {Answer("not_sure", "decision_maker", 61), Answer("yes", "user", 31)}


def test_what_was_said_later_or_learnt_later_is_not_known_yet(world):
    say(world.dora, "no", at=MARCH, recorded_at=MAY)

    assert known(world, as_of=APRIL).answers == ()
    assert known(world, as_of=MAY).answers != ()


def test_somebody_who_was_asked_a_week_ago_and_did_not_reply_is_silent(world):
    asks.put(contact=world.dora, kind="intent", channel="call", by=world.ada, at=MAY)

    assert not known(world, as_of=MAY + timedelta(days=6)).asked_no_reply
    assert known(world, as_of=MAY + timedelta(days=7)).asked_no_reply


def test_goals_that_are_due_or_judged_count(world):
    assert known(world, as_of=JULY).goals == 0
    judge(world, "partly")

    told = known(world, as_of=JUNE)
    later = known(world, as_of=JULY.replace(month=8))

    assert (told.goals, told.achieved, told.partly, told.missed) == (1, 0, 1, 0)
    assert (later.goals, later.partly) == (1, 1)


def test_a_due_goal_that_nobody_judged_counts_as_open(world):
    told = known(world, as_of=JULY.replace(month=8))

    assert (told.goals, told.judged) == (1, 0)


def test_too_early_judges_nothing(world):
    judge(world, "too_early")

    assert known(world).goals == 0


def test_a_miss_is_a_miss(world):
    judge(world, "not")

    assert (known(world).goals, known(world).missed) == (1, 1)


def test_a_reached_goal_counts_as_known_once_somebody_there_has_seen_it(world):
    measure(world, 14)
    before = known(world)
    awareness.see(goal=world.faster_onboarding, by=world.cleo, at=MAY)
    after = known(world)

    assert (before.measured, before.reached, before.reached_known) == (1, 1, 0)
    assert after.reached_known == 1


def test_the_goals_age_runs_from_the_last_agreement_or_confirmation(world):
    revisions.reconfirm(goal=world.faster_onboarding, by=world.cleo, at=MARCH)
    agreed = known(world)
    judge(world, "achieved", at=MAY)
    confirmed = known(world)

    assert agreed.goal_age_months == pytest.approx(3.0, abs=0.1)
    assert confirmed.goal_age_months == pytest.approx(1.0, abs=0.1)


def test_without_a_goal_its_age_is_unknown(world):
    for goal in (world.faster_onboarding, world.lower_support_cost):
        goals.retire(goal=goal, reason="Another plan", by=world.ada, at=MARCH)

    assert known(world).goal_age_months is None


def test_a_champion_who_left_is_missed_for_six_months(world):
    contacts.leave(contact=world.cleo, left_on=date(2026, 3, 1), by=world.ada, at=MARCH)

    assert not known(world, as_of=MARCH - timedelta(days=1)).departed
    assert known(world, as_of=APRIL).departed
    assert not known(world, as_of=MARCH + timedelta(days=190)).departed


def test_a_user_who_left_is_not(world):
    contacts.leave(contact=world.uma, left_on=date(2026, 3, 1), by=world.ada, at=MARCH)

    assert not known(world).departed


@pytest.mark.parametrize(
    ("since", "renewals"),
    [(date(2025, 10, 1), 0), (date(2025, 9, 1), 0), (date(2023, 10, 1), None), (None, None)],
)
def test_a_first_term_is_told_from_one_whose_history_no_file_told(world, since, renewals):
    customers.edit(customer=world.harbour, since=since, by=world.ada, at=MARCH)

    assert known(world).renewals == renewals


def test_renewals_on_file_are_counted(world):
    earlier = Contract.objects.create(
        customer=world.harbour, starts_on=date(2024, 10, 1), ends_on=date(2025, 9, 30)
    )
    contracts.decide(
        contract=earlier, decision="renewed", decided_on=date(2025, 9, 1), by=world.ada, at=JANUARY
    )

    assert known(world).renewals == 1


def test_scores_are_the_mean_of_each_persons_newest_answer(world):
    say(world.dora, "10", kind="nps", scale="0-10", at=MARCH)
    say(world.dora, "4", kind="nps", scale="0-10", at=MAY)
    say(world.uma, "9", kind="nps", scale="0-10", at=MAY)
    say(world.uma, "7", kind="csat", scale="1-7", at=MAY)

    assert (known(world).nps, known(world).csat) == (6.5, 5.0)


def test_a_score_of_nothing_is_an_answer(world):
    say(world.dora, "0", kind="nps", scale="0-10")
    Signal.objects.create(customer=world.harbour, name="nps", at=MAY, recorded_at=MAY, value=9)

    assert known(world).nps == 0


@pytest.mark.parametrize(("value", "scale"), [("eleven", "0-10"), ("11", "0-10"), ("-1", "0-10")])
def test_a_score_off_its_scale_is_no_score(world, value, scale):
    from arbiter.voice.models import Answer as Said

    Said.objects.create(
        contact=world.dora, kind="nps", value=value, scale=scale, at=MAY, recorded_at=MAY
    )

    assert known(world).nps is None


@pytest.mark.parametrize(
    ("name", "value", "field", "seen"),
    [
        ("nps", 8, "nps", 8),
        ("nps", 42, "nps", None),
        ("csat", 4.5, "csat", 4.5),
        ("csat", 9, "csat", None),
        ("usage_level", -1.5, "usage_level", -1.5),
        ("usage_trend", 0.5, "usage_trend", 0.5),
        ("tickets_critical", 2, "critical_tickets", 2),
        ("price_increase", 0.07, "price_increase", 0.07),
    ],
)
def test_dated_numbers_of_a_file_count_for_a_year(world, name, value, field, seen):
    Signal.objects.create(
        customer=world.harbour, name=name, at=JANUARY, recorded_at=JANUARY, value=value
    )

    fresh, old = known(world), _much_later(world)

    assert getattr(fresh, field) == seen
    assert getattr(old, field) is None


def _much_later(world):
    Contract.objects.filter(pk=world.harbour_contract.pk).update(ends_on=date(2028, 1, 1))
    return known(world, as_of=NEXT_YEAR)


def test_archived_customers_and_decided_contracts_are_not_forecast(world):
    contracts.decide(contract=world.harbour_contract, decision="renewed", by=world.ada, at=MAY)
    customers.archive(customer=world.quay, by=world.olga, at=MAY)

    assert [each.key for each in open_contracts.at(APRIL)] == ["harbour-1", "quay-1"]
    assert open_contracts.at(JUNE) == []
    assert (open_contracts.count(APRIL), open_contracts.count(JUNE)) == (2, 0)


def test_an_ended_contract_without_a_decision_is_overdue(world):
    when = NEXT_YEAR - timedelta(days=200)

    late = open_contracts.overdue(when, customer_ids=[world.harbour.pk, world.quay.pk])

    assert [each.key for each in late] == ["harbour-1"]


@given(invented())
def test_what_was_known_comes_back_from_storage_as_it_was(known):
    assert snapshot.known_from(snapshot.inputs_of(known)) == known


def test_storage_leaves_out_what_is_unknown_and_keeps_a_zero_that_was_told():
    assert snapshot.inputs_of(Known()) == {}
    assert snapshot.inputs_of(replace(Known(), renewals=0, nps=0)) == {"renewals": 0, "nps": 0}
