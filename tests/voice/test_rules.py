"""What an answer means."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.voice import rules
from arbiter.voice.rules import Arrival, IntentState

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ALL = frozenset({"yes", "no", "not_sure"})
STATES = st.sampled_from(list(IntentState))


@pytest.mark.parametrize(
    ("people", "together"),
    [
        ([], "never_asked"),
        (["never_asked", "never_asked"], "never_asked"),
        (["never_asked", "no_reply"], "no_reply"),
        (["yes", "no_reply", "never_asked"], "yes"),
        (["yes", "not_sure"], "not_sure"),
        (["yes", "not_sure", "no"], "no"),
    ],
)
def test_a_no_outweighs_a_not_sure_which_outweighs_every_yes(people, together):
    assert rules.customer_state(IntentState(state) for state in people) == together


@given(st.lists(STATES, min_size=1))
def test_a_customer_is_in_a_state_that_one_of_its_people_is_in(people):
    assert rules.customer_state(people) in people


@given(st.lists(STATES), st.lists(STATES))
def test_one_more_person_never_makes_a_no_better(people, more):
    if rules.customer_state(people) == IntentState.NO:
        assert rules.customer_state([*people, *more]) == IntentState.NO


def test_an_answer_counts_for_a_year_and_within_the_term():
    assert rules.counts_from(NOON, None) == NOON - timedelta(days=365)
    assert rules.counts_from(NOON, date(2026, 3, 1)) == datetime(2026, 3, 1, tzinfo=UTC)
    assert rules.counts_from(NOON, date(2020, 3, 1)) == NOON - timedelta(days=365)


@pytest.mark.parametrize(
    ("roles", "friendly"),
    [
        ([], False),
        (["champion"], True),
        (["champion", "user", "other"], True),
        (["champion", "decision_maker"], False),
        (["procurement"], False),
    ],
)
def test_only_friendly_means_that_nobody_who_decides_was_reached(roles, friendly):
    assert rules.only_friendly(roles) is friendly


@pytest.mark.parametrize(
    ("arrival", "reason"),
    [
        (Arrival(NOON), ""),
        (Arrival(NOON, trap="http://spam"), "cannot see"),
        (Arrival(NOON, user_agent="Mozilla/5.0 safelinks.protection.outlook.com"), "gateway"),
        (Arrival(NOON, user_agent="Mimecast URL Defense"), "gateway"),
        (Arrival(NOON, delivered_at=NOON - timedelta(seconds=9)), "seconds of delivery"),
        (Arrival(NOON, delivered_at=NOON - timedelta(seconds=10)), ""),
        (Arrival(NOON, delivered_at=NOON + timedelta(seconds=5)), ""),
        (Arrival(NOON, values=ALL, options=ALL), "every answer"),
        (Arrival(NOON, values=frozenset({"yes", "no"}), options=ALL), ""),
    ],
)
def test_what_looks_like_a_machine_says_why(arrival, reason):
    found = rules.machine_like(arrival)

    assert reason in found
    assert bool(reason) == bool(found)


@given(st.text(), st.text())
def test_two_contacts_never_share_the_number_of_a_form(nonce, what):
    theirs = {rules.submission_of(contact, nonce, what) for contact in (1, 2, 12)}

    assert len(theirs) == 3
    assert all(len(number) == 64 for number in theirs)
