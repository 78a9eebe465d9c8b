"""Which customers did something lately."""

from datetime import timedelta

import pytest

from arbiter.usage.queries import happened
from tests.usage.logged import did, done
from tests.world import APRIL, JUNE, MAY

pytestmark = pytest.mark.django_db


def lately(*events, since=MAY - timedelta(days=1), until=JUNE):
    return [
        (each.customer_key, each.event, each.at)
        for each in happened.lately(events, since=since, until=until)
    ]


def test_without_a_log_or_a_name_nothing_happened():
    assert lately("Training finished") == []
    assert lately() == []


def test_the_newest_of_each_event_comes_by_customer():
    later = MAY + timedelta(days=2)
    did(
        done("Training finished", at=MAY),
        done("Training finished", at=later),
        done("Ticket closed", at=MAY, customer="alder"),
        done("Login", at=MAY),
    )

    assert lately("Training finished", "Ticket closed") == [
        ("alder", "Ticket closed", MAY),
        ("harbour", "Training finished", later),
    ]


def test_what_is_older_or_was_not_known_yet_is_left_out():
    did(done("Ticket closed", at=APRIL), done("Ticket closed", at=MAY, arrived=JUNE))

    assert lately("Ticket closed", until=JUNE - timedelta(days=1)) == []
    assert lately("Ticket closed") == [("harbour", "Ticket closed", MAY)]
