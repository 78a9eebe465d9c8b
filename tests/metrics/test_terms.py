"""Who was a customer on a day, who was lost, and of whom nobody knows."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from arbiter.metrics.picture.columns import NEVER
from arbiter.metrics.picture.terms import State, followers
from tests.metrics.company import JUNE, customer, noon, picture, term

pytestmark = pytest.mark.django_db

LAST_YEAR = (date(2025, 4, 1), date(2026, 3, 31))
THIS_YEAR = (date(2026, 4, 1), date(2027, 3, 31))


def state(day=JUNE, as_of=JUNE):
    return State(int(picture(as_of).on(day).state[0]))


def test_a_term_counts_from_its_first_day_to_its_last():
    term(customer("Harbour"), *LAST_YEAR, decision="churned")

    assert state(date(2025, 3, 31)) == State.NOT_YET
    assert state(date(2025, 4, 1)) == State.CUSTOMER
    assert state(date(2026, 3, 31)) == State.CUSTOMER
    assert state(date(2026, 4, 1)) == State.LOST


def test_a_decision_made_before_the_end_does_not_end_the_term():
    term(customer("Harbour"), *LAST_YEAR, decision="churned", decided_on=date(2025, 12, 1))

    assert state(date(2026, 3, 31)) == State.CUSTOMER


def test_a_term_that_ended_undecided_is_neither_kept_nor_lost():
    term(customer("Harbour"), *LAST_YEAR)

    assert state() == State.UNKNOWN
    assert np.isnan(picture().now.amount[0])


def test_a_loss_that_was_not_recorded_by_then_is_unknown():
    term(
        customer("Harbour"),
        *LAST_YEAR,
        decision="churned",
        recorded_at=datetime(2026, 7, 1, tzinfo=UTC),
    )

    assert state(as_of=JUNE) == State.UNKNOWN
    assert state(as_of=date(2026, 7, 1)) == State.LOST


def test_a_decision_of_a_later_day_is_not_known_even_if_recorded():
    term(
        customer("Harbour"),
        date(2025, 7, 1),
        date(2026, 6, 30),
        decision="renewed",
        decided_on=date(2026, 7, 3),
        recorded_at=noon(date(2026, 6, 1)),
    )

    assert not picture().terms["known"][0]


def test_a_renewal_without_a_following_term_is_carried_on_as_long_again():
    term(customer("Harbour"), *LAST_YEAR, arr=1000, new_arr=1200, decision="expanded")

    seen = picture(date(2027, 6, 30))

    assert seen.on(date(2026, 6, 30)).amount[0] == 1200
    assert seen.on(date(2027, 3, 31)).is_customer[0]
    assert seen.on(date(2027, 4, 1)).is_unknown[0]


def test_a_following_term_takes_the_place_of_the_one_before():
    harbour = customer("Harbour")
    term(harbour, *LAST_YEAR, arr=1000, new_arr=1200, decision="expanded")
    term(harbour, *THIS_YEAR, arr=1150)

    assert picture().now.amount[0] == 1150


def test_a_following_term_decides_one_that_nobody_decided():
    harbour = customer("Harbour")
    term(harbour, *LAST_YEAR)
    term(harbour, *THIS_YEAR)

    assert state() == State.CUSTOMER


def test_one_of_two_products_may_go_while_the_customer_stays():
    harbour = customer("Harbour")
    term(harbour, *LAST_YEAR, arr=300, product="Audit", decision="churned")
    term(harbour, *LAST_YEAR, arr=700, product="Close", decision="renewed")
    term(harbour, *THIS_YEAR, arr=700, product="Close")

    seen = picture()

    assert seen.on(date(2026, 3, 31)).amount[0] == 1000
    assert seen.now.is_customer[0]
    assert seen.now.amount[0] == 700


def test_money_of_which_nobody_knows_makes_the_customers_money_unknown():
    harbour = customer("Harbour")
    term(harbour, *LAST_YEAR, arr=300, product="Audit")
    term(harbour, date(2026, 1, 1), date(2026, 12, 31), arr=700, product="Close")

    seen = picture()

    assert seen.now.is_customer[0]
    assert np.isnan(seen.now.amount[0])


def test_who_came_back_is_a_customer_again():
    harbour = customer("Harbour")
    term(harbour, date(2024, 1, 1), date(2024, 12, 31), decision="churned")
    term(harbour, date(2026, 1, 1), date(2026, 12, 31))

    assert state(date(2025, 6, 30)) == State.LOST
    assert state() == State.CUSTOMER
    assert picture().lost_on[0] == NEVER


def test_a_term_is_followed_by_one_that_begins_near_its_end_and_names_no_other_product():
    customers = np.array([0, 0, 0, 1])
    start, end = np.array([0, 200, 366, 366]), np.array([365, 565, 731, 731])

    def found(*products):
        return followers(customers, start, end, np.array(products)).tolist()

    assert found(0, 0, 0, 0) == [2, -1, -1, -1]
    assert found(1, 2, 1, 1) == [2, -1, -1, -1]
    assert found(1, 2, 2, 1) == [-1, -1, -1, -1]


def test_of_two_terms_that_begin_together_that_of_the_same_product_follows():
    customers, start = np.array([0, 0, 0]), np.array([0, 366, 366])

    found = followers(customers, start, start + 365, np.array([2, 0, 2]))

    assert found.tolist() == [2, -1, -1]


def test_a_customer_without_contracts_is_looked_after_from_its_first_day_until_archived():
    customer("Early", since=date(2026, 7, 1))
    customer("Here", since=date(2026, 6, 30))
    customer("Untold")
    customer("Archived", archived_at=noon(JUNE))

    assert picture().current.tolist() == [False, True, True, False]
