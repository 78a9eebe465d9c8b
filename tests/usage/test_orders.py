"""Orders are read from the event log, as they were known at a moment."""

from datetime import timedelta

import pytest

from arbiter.usage.queries import orders
from tests.usage.logged import did, done
from tests.world import APRIL, JUNE, MAY

ASKED = {"event": "Order Completed", "amount_property": "total"}
pytestmark = pytest.mark.django_db


def bought(amount, *, at, **told):
    return done("Order Completed", at=at, properties=f'{{"total": {amount}}}', **told)


def test_without_a_log_there_are_no_orders():
    assert list(orders.everything(**ASKED, until=JUNE)) == []


def test_orders_come_by_customer_and_time():
    did(bought(20, at=MAY), bought(10, at=APRIL), bought(5, at=MAY, customer="alder"), done(at=MAY))

    found = list(orders.everything(**ASKED, until=JUNE))

    assert [(each.customer_key, each.at, each.amount) for each in found] == [
        ("alder", MAY, 5.0),
        ("harbour", APRIL, 10.0),
        ("harbour", MAY, 20.0),
    ]


def test_what_arrived_later_was_not_known():
    did(bought(20, at=APRIL, arrived=JUNE))

    assert list(orders.everything(**ASKED, until=JUNE - timedelta(days=1))) == []
    assert [each.recorded_at for each in orders.everything(**ASKED, until=JUNE)] == [JUNE]
