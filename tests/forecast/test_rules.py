"""Decisions of forecast: what comes next, how urgent, what is sealed, when a forecast is new."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.forecast import rules
from arbiter.forecast.rules import Situation
from tests.world import APRIL, JANUARY, JUNE, MARCH, MAY

INTENTS = tuple(rules.NOT_KNOWING)
SETTLED = Situation(intent="yes", contacts=2, goals=1, believed=True, days_left=200)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({}, ""),
        ({"sealed": True}, "log_belief"),
        ({"intent": "no"}, "call"),
        ({"intent": "not_sure"}, "follow_up"),
        ({"disputed": 1}, "settle_dispute"),
        ({"contacts": 0}, "add_contact"),
        ({"achieved_not_known": 1}, "tell_them"),
        ({"goals": 0}, "agree_goal"),
        ({"intent": "never_asked"}, "ask"),
        ({"intent": "never_asked", "goals": 0}, "agree_goal"),
        ({"intent": "never_asked", "goals": 0, "days_left": 30}, "ask"),
        ({"intent": "no_reply"}, "ask_again"),
        ({"only_friendly": True}, "ask_decision_maker"),
        ({"silent_decision_maker": True}, "ask_decision_maker"),
        ({"stale_goals": 2}, "re_ask_goal"),
        ({"unjudged": 1}, "ask_verdict"),
        ({"active_no_result": True}, "find_out"),
        ({"to_celebrate": 1}, "celebrate"),
        ({"believed": False}, "log_belief"),
        ({"believed": False, "days_left": None}, ""),
    ],
)
def test_the_next_step_follows_from_where_they_stand(change, step):
    now = Situation(**{**{name: getattr(SETTLED, name) for name in Situation.__slots__}, **change})

    assert rules.next_step(now) == step


@given(st.floats(1, 1e7), st.integers(0, 700), st.sampled_from(INTENTS), st.integers(0, 5))
def test_urgency_rises_with_money_and_with_nearness(arr, days, intent, goals):
    told = {"intent": intent, "goals": goals, "judged": 0}

    here = rules.urgency(arr=arr, days_left=days, **told)

    assert rules.urgency(arr=2 * arr + 1, days_left=days, **told) > here
    assert rules.urgency(arr=arr, days_left=days + 30, **told) < here


def test_urgency_falls_with_every_thing_that_is_known():
    known = [
        rules.urgency(arr=1_000.0, days_left=60, intent=intent, goals=2, judged=judged)
        for intent, judged in (("never_asked", 0), ("not_sure", 0), ("yes", 0), ("yes", 2))
    ]

    assert known == sorted(known, reverse=True)
    assert len(set(known)) == 4


def test_without_a_contract_nothing_is_urgent_and_without_an_amount_nearness_decides():
    nothing = rules.urgency(arr=9_000.0, days_left=None, intent="no", goals=0, judged=0)
    near, far = (
        rules.urgency(arr=None, days_left=days, intent="no", goals=0, judged=0) for days in (5, 300)
    )

    assert nothing == 0
    assert near > far > 0


@pytest.mark.parametrize(
    ("live", "opened", "believed", "sealed"),
    [
        ({7}, (), False, True),
        ({7}, (), True, False),
        ({7}, {7}, False, False),
        ({7, 8}, {7}, False, True),
        ((), (), False, False),
    ],
)
def test_an_answer_is_sealed_until_a_belief_is_logged_or_it_is_opened(
    live, opened, believed, sealed
):
    assert rules.is_sealed(live_answers=live, opened=opened, believed=believed) is sealed


@pytest.mark.parametrize(
    ("answers", "blind"),
    [((), True), ((MAY,), True), ((MARCH,), False), ((JANUARY,), True), ((JANUARY, MARCH), False)],
)
def test_a_belief_is_blind_before_the_first_answer_of_the_term(answers, blind):
    term = date(2026, 2, 1)

    assert rules.is_blind(recorded_at=APRIL, starts_on=term, answers_recorded=answers) is blind


@pytest.mark.parametrize(
    ("amounts", "currency"),
    [
        ([], ""),
        ([("EUR", 5), ("USD", 900), ("EUR", 5)], "EUR"),
        ([("EUR", 5), ("USD", 900)], "USD"),
        ([("USD", 5), ("EUR", 5)], "EUR"),
        ([("EUR", None)], "EUR"),
    ],
)
def test_the_main_currency_is_that_of_most_contracts(amounts, currency):
    assert rules.main_currency(amounts) == currency


def test_time_between_moments_is_told_in_months_and_never_negative():
    assert rules.months_between(JANUARY, APRIL) == pytest.approx(2.96, abs=0.01)
    assert rules.months_between(JUNE, MAY) == 0


def printed(days=3, months=2.5, *, anchor=1, method="m/1", **more):
    inputs = {"answers": [["yes", "user", days]], "goal_age_months": months, **more}
    return rules.fingerprint(inputs=inputs, anchor=anchor, method=method)


def test_time_alone_makes_a_new_forecast_by_the_week_and_later_by_the_month():
    assert printed(days=3) == printed(days=6)
    assert printed(days=3) != printed(days=7)
    assert printed(days=61) == printed(days=89)
    assert printed(days=61) != printed(days=90)
    assert printed(months=2.1) == printed(months=2.9)
    assert printed(months=2.1) != printed(months=3.0)


def test_whatever_else_is_known_makes_a_new_forecast():
    prints = {
        printed(),
        printed(anchor=2),
        printed(method="m/2"),
        printed(goals=1),
        rules.fingerprint(inputs={}, anchor=1, method="m/1"),
    }

    assert len(prints) == 5


@given(st.integers(0, 2_000))
def test_an_answer_never_grows_younger_in_the_fingerprint(days):
    later = rules._coarse_days(days + 1)

    assert later in (rules._coarse_days(days), rules._coarse_days(days) + 1)


def test_grace_is_a_week():
    assert timedelta(days=rules.GRACE_DAYS) == timedelta(weeks=1)
