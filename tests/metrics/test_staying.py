"""Customers kept and lost, and contracts renewed."""

from datetime import date

import pytest

from tests.metrics.company import JUNE, customer, leaves, measure, names, picture, stays, term

pytestmark = pytest.mark.django_db


def twenty():
    """Nineteen who stayed, one who left."""
    for number in range(19):
        stays(f"Kept {number}")
    leaves("Gone", arr=5000)


def test_retention_is_what_is_left_of_those_at_the_start():
    twenty()

    found = measure("customer_retention")

    told = found.estimate
    assert (told.value, told.n, found.count) == (0.95, 20, 19)
    assert (round(told.low, 3), round(told.high, 3)) == (0.764, 0.991)


def test_a_newcomer_who_left_is_no_loss_of_those_at_the_start():
    twenty()
    term(customer("Brief"), date(2025, 9, 1), date(2026, 2, 28), decision="churned")

    assert measure("customer_retention").estimate.n == 20


def test_who_is_lost_is_listed_by_what_they_paid():
    leaves("Small", arr=100)
    leaves("Large", arr=900)
    stays("Kept")
    seen = picture()

    assert names(measure("customer_retention", seen=seen), "lost", seen) == ["Large", "Small"]


def test_a_term_that_ended_undecided_is_left_out_and_listed():
    twenty()
    term(customer("Overdue"), date(2025, 4, 1), date(2026, 3, 31))
    seen = picture()

    found = measure("customer_retention", seen=seen)

    assert found.estimate.n == 20
    assert "1 customer is left out" in found.estimate.note
    assert names(found, "undecided", seen) == ["Overdue"]
    assert found.details["left_out"] == {"undecided": 1}


def test_churn_of_a_month_and_the_year_it_comes_to():
    for number in range(97):
        term(customer(f"Kept {number}"), date(2026, 1, 1), date(2026, 12, 31))
    for number in range(3):
        term(customer(f"Gone {number}"), date(2026, 1, 1), date(2026, 6, 15), decision="churned")

    month, year = measure("logo_churn_month"), measure("logo_churn_year")

    assert month.estimate.value == pytest.approx(0.03)
    assert year.estimate.value == pytest.approx(0.306, abs=5e-4)
    assert month.count == 3


def test_a_contract_of_several_years_is_not_due_before_its_last():
    twenty()
    term(customer("Long"), date(2025, 1, 1), date(2027, 12, 31))

    found = measure("renewal_rate")

    assert found.estimate.value == 0.95
    assert found.details["contracts"] == 20


def test_the_renewal_rate_by_amount_never_hides_a_loss_behind_growth():
    stays("Grown", arr=100, new_arr=900, decision="expanded")
    leaves("Gone", arr=100)

    assert measure("renewal_rate_amount").estimate.value == 0.5


def test_a_contraction_of_unknown_size_is_not_in_the_amounts():
    found = customer("Shrunk")
    term(found, date(2025, 4, 1), date(2026, 3, 31), arr=100, decision="contracted")
    leaves("Gone", arr=100)

    assert measure("renewal_rate").estimate.value == 0.5
    assert measure("renewal_rate_amount").estimate.n == 1


def test_nothing_due_is_said_and_not_counted_as_all_renewed():
    found = measure("renewal_rate")

    assert found.estimate.value is None
    assert "No contract was due." in found.estimate.note


def test_tenure_is_the_age_of_those_who_are_here():
    stays("Old", since=date(2024, 6, 30))
    stays("New", since=date(2026, 5, 31))
    leaves("Gone", since=date(2020, 1, 1))

    found = measure("tenure")

    assert found.estimate.n == 2
    assert found.estimate.value == pytest.approx((730 + 30) / 2 / (365.25 / 12))


def test_cohorts_count_those_whose_records_reach_back_to_their_beginning():
    term(customer("First"), date(2025, 8, 1), date(2026, 7, 31))
    term(customer("Second"), date(2025, 9, 1), date(2025, 12, 31), decision="churned")
    term(customer("Older", since=date(2020, 1, 1)), date(2025, 9, 1), date(2026, 8, 31))

    cohorts = measure("customer_retention").details["cohorts"]

    assert [row["label"] for row in cohorts["rows"]] == ["2025 Q3"]
    assert [cell["value"] for cell in cohorts["rows"][0]["cells"]] == [1.0, 1.0, 0.5, 0.5]
    assert cohorts["ages"] == ["start", "1 quarter", "2 quarters", "3 quarters"]


def test_who_came_back_is_not_lost_in_the_cohort():
    found = customer("Back")
    term(found, date(2025, 8, 1), date(2025, 9, 30), decision="churned")
    term(found, date(2026, 1, 1), date(2026, 12, 31))

    row = measure("customer_retention").details["cohorts"]["rows"][0]

    assert row["cells"][-1]["value"] == 1.0


def test_an_earlier_day_is_measured_with_what_was_known_then():
    leaves("Gone")
    stays("Kept")

    assert measure("customer_retention", date(2026, 3, 30)).estimate.n == 0
    assert measure("customer_retention", JUNE).estimate.value == 0.5
