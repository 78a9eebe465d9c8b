"""A customer between two terms: the last is decided, the next has not begun, and they are not without a contract."""

from datetime import date
from decimal import Decimal

import pytest

from arbiter.accounts.actions import contracts
from arbiter.forecast.actions import standings
from tests.portal.test_letter import text
from tests.workspace.customer_page import page
from tests.world import JUNE, OCTOBER

NEXT = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 9, 30), "currency": "EUR"}


@pytest.fixture
def decided(client, world):
    """Harbour renewed in June, four months before its term ends; Ada looks."""
    contracts.decide(contract=world.harbour_contract, decision="renewed", by=world.ada, at=JUNE)
    client.force_login(world.ada)
    return client


def agree(world, **more):
    contracts.add(customer=world.harbour, arr=Decimal(52_000), by=world.ada, at=JUNE, **NEXT | more)
    standings.rebuild(as_of=JUNE)


def test_the_customer_page_shows_the_term_to_come(decided, world):
    agree(world)

    read = page(decided, world.harbour)

    assert "€52,000 a year" in read
    assert "Renewed until 30 Sep 2027, from 1 Oct" in read
    assert "the next term begins 1 Oct" in read
    assert "No open contract" not in read


@pytest.mark.parametrize("where", ["/customers/", "/"])
def test_the_lists_show_it(decided, world, where):
    agree(world)

    read = text(decided.get(where))

    assert "Renewed until 30 Sep 2027" in read
    assert "from 1 Oct" in read
    assert "€52,000" in read
    assert "No contract" not in read


def test_without_a_next_term_there_is_none(decided, world):
    standings.rebuild(as_of=JUNE)

    assert "No open contract" in page(decided, world.harbour)
    assert "No contract" in text(decided.get("/customers/"))


def test_a_first_term_that_is_still_to_begin_renews_nothing(decided, world):
    world.harbour_contract.delete()
    agree(world)

    assert "Until 30 Sep 2027, from 1 Oct" in page(decided, world.harbour)
    assert "Until 30 Sep 2027" in text(decided.get("/customers/"))


@pytest.mark.parametrize(
    ("ends_on", "told"), [(date(2026, 9, 30), "Leaves 30 Sep"), (date(2026, 5, 31), "Left 31 May")]
)
def test_of_who_decided_to_leave_the_day_is_told(client, world, ends_on, told):
    world.harbour_contract.ends_on = ends_on
    world.harbour_contract.save()
    leaving = {"decision": "churned", "churn_cause": "ours", "churn_reason": "Too slow"}
    contracts.decide(contract=world.harbour_contract, by=world.ada, at=JUNE, **leaving)
    standings.rebuild(as_of=JUNE)
    client.force_login(world.ada)

    assert told in page(client, world.harbour)
    assert "they decided to leave" in page(client, world.harbour)
    assert told in text(client.get("/customers/"))
    assert told in text(client.get("/"))


def test_once_it_has_begun_it_is_the_contract_of_the_page(decided, world, clock):
    agree(world)
    clock.set(OCTOBER)
    standings.rebuild(as_of=OCTOBER)
    decided.force_login(world.ada)

    assert "Renews 30 Sep 2027" in page(decided, world.harbour)
    assert "Renewed until" not in text(decided.get("/customers/"))
