"""What became of the money of those who were customers at the start."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from arbiter.metrics.actions import rates
from tests.metrics.company import JUNE, customer, leaves, measure, names, picture, stays, term

pytestmark = pytest.mark.django_db


def three():
    stays("Grown", arr=100, new_arr=150, decision="expanded")
    stays("Shrunk", arr=60, new_arr=40, decision="contracted")
    leaves("Gone", arr=40)


def test_growth_of_one_never_offsets_the_loss_of_another():
    three()

    gross, net = measure("gross_revenue_retention"), measure("net_revenue_retention")

    assert gross.estimate.value == pytest.approx(0.7)
    assert net.estimate.value == pytest.approx(0.95)
    assert gross.estimate.effective_n == pytest.approx(2.63, abs=0.01)


def test_the_way_from_start_to_end_adds_up():
    three()

    way = measure("net_revenue_retention").details["movement"]

    told = {name: way[name] for name in ("start", "churn", "contraction", "expansion", "end")}
    assert told == {"start": 200, "churn": 40, "contraction": 20, "expansion": 50, "end": 190}


def test_each_part_of_the_way_opens_to_names():
    three()
    seen = picture()
    found = measure("gross_revenue_retention", seen=seen)

    assert names(found, "lost", seen) == ["Gone"]
    assert names(found, "contracted", seen) == ["Shrunk"]
    assert names(found, "expanded", seen) == ["Grown"]
    assert found.behind["contracted"].value.tolist() == [20]


def test_money_without_a_rate_is_counted_apart_and_named():
    three()
    stays("Abroad", arr=1000, currency="USD")

    found = measure("gross_revenue_retention")

    assert found.estimate.value == pytest.approx(0.7)
    assert found.estimate.n == 3
    assert found.details["money"]["left_out"] == [
        {"currency": "USD", "contracts": 1, "amount": 1000.0}
    ]
    assert "1,000 USD (1 contract)" in found.estimate.note
    assert "Of 1 more the amount cannot be told." in found.estimate.note


def test_with_a_rate_it_is_counted_in_the_company_s_currency(world):
    dollars("0.5", date(2020, 1, 1), by=world.olga)
    stays("Home", arr=500)
    leaves("Abroad", arr=1000, currency="USD")

    found = measure("gross_revenue_retention")

    assert found.currency == "EUR"
    assert found.estimate.value == 0.5
    assert found.details["money"]["left_out"] == []


def test_a_move_of_the_rate_is_not_growth(world):
    dollars("0.5", date(2020, 1, 1), by=world.olga)
    dollars("2", date(2026, 1, 1), by=world.olga)
    stays("Abroad", arr=1000, currency="USD")
    stays("Too", arr=1000, currency="USD")

    assert measure("net_revenue_retention").estimate.value == 1.0


def test_a_rate_that_has_not_begun_does_not_count(world):
    dollars("0.5", date(2026, 7, 1), by=world.olga)
    stays("Abroad", arr=1000, currency="USD")

    assert not measure("net_revenue_retention", JUNE).estimate.is_known


def dollars(per_unit, valid_from, *, by):
    rates.set_rate(
        currency="USD",
        per_unit=Decimal(per_unit),
        valid_from=valid_from,
        by=by,
        at=datetime(2026, 6, 1, tzinfo=UTC),
    )


def test_an_amount_that_nobody_told_leaves_the_customer_out():
    three()
    stays("Untold", arr=None)

    found = measure("net_revenue_retention")

    assert found.estimate.n == 3
    assert found.details["money"]["customers_without_amount"] == 1


def test_new_customers_never_count():
    three()
    term(customer("New"), date(2026, 1, 1), date(2026, 12, 31), arr=10_000)

    assert measure("net_revenue_retention").estimate.value == pytest.approx(0.95)


def test_one_customer_has_no_interval_and_says_why():
    stays("Alone")

    told = measure("net_revenue_retention").estimate

    assert (told.value, told.low, told.high) == (1.0, None, None)
    assert told.note


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 10_000)), min_size=1, max_size=8))
def test_the_money_of_a_cohort_is_that_of_its_customers(paid):
    with transaction.atomic():
        for number, (before, after) in enumerate(paid):
            name = f"C{number}"
            if after:
                decision = "expanded" if after > before else "contracted"
                stays(name, arr=before, new_arr=after, decision=decision)
            else:
                leaves(name, arr=before)
        way = measure("net_revenue_retention").details["movement"]
        gross = measure("gross_revenue_retention").estimate
        transaction.set_rollback(True)

    start, end = (sum(amounts) for amounts in zip(*paid, strict=True))
    assert (way["start"], way["end"]) == (start, end)
    assert gross.value == pytest.approx(sum(min(pair) for pair in paid) / start)
    assert gross.value <= 1
