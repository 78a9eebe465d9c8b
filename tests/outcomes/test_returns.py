from decimal import Decimal

import pytest

from arbiter.outcomes.actions import investments
from arbiter.outcomes.queries import returns
from tests.outcomes.story import measure, revise
from tests.world import JUNE, LAST_YEAR, MARCH, MAY


def spend(world, amount, *, at=MAY, currency="EUR", goal=None):
    investments.state(
        customer=world.harbour,
        amount=Decimal(amount),
        currency=currency,
        goal=goal,
        by=world.ada,
        at=at,
    )


def test_agreed_value_against_price_and_effort_by_hand(world):
    measure(world, 3_000, at=MAY, goal=world.lower_support_cost)
    spend(world, 5_000, goal=world.lower_support_cost)
    spend(world, 7_000)

    found = returns.of_customer(world.harbour, as_of=JUNE)

    assert (found.value, found.price, found.effort) == (72_000, 48_000, 12_000)
    assert found.roi == pytest.approx(0.2)
    [one] = found.goals
    assert (one.goal.key, one.value, one.effort) == ("lower_support_cost", 72_000, 5_000)


def test_without_an_agreed_worth_there_is_no_return_to_tell(world):
    measure(world, 14, at=MAY)

    found = returns.of_customer(world.harbour, as_of=JUNE)

    assert (found.goals, found.roi) == ((), None)


def test_effort_older_than_a_year_is_paid_off(world):
    spend(world, 9_000, at=LAST_YEAR.replace(month=5))

    assert returns.of_customer(world.harbour, as_of=JUNE).effort == 0


def test_other_currencies_are_named_and_never_converted(world):
    measure(world, 3_000, at=MAY, goal=world.lower_support_cost)
    revise(world, 14, at=MARCH, money_per_unit=Decimal(100), currency="USD")
    measure(world, 32, at=MAY)
    spend(world, 100, currency="GBP")

    found = returns.of_customer(world.harbour, as_of=JUNE)

    assert (found.currency, found.value, found.effort) == ("EUR", 72_000, 0)
    assert found.left_out == ("USD", "GBP")


def test_a_customer_without_anything_has_nothing_to_tell(world):
    world.quay_contract.delete()

    found = returns.of_customer(world.quay, as_of=JUNE)

    assert (found.currency, found.price, found.roi, found.left_out) == ("", 0, None, ())
