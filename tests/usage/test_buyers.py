"""Where people buy for themselves, each user is a customer."""

from datetime import timedelta

import pytest

from arbiter.usage.actions import flushes
from arbiter.usage.actions import sources as actions
from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.expressions import activity
from arbiter.usage.models import Membership, Source
from tests.facts import last_fact
from tests.usage.sending import NOON, a_source, parcel, track

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def shop(db):
    return a_source("Shop", users_are_customers=True)


def counted():
    with Embedded() as engine:
        asked = activity.active_users(engine.events(LATER), until=LATER.date())
        return {row["customer_id"]: row["users"] for row in engine.run(asked).to_pylist()}


def test_an_event_without_a_group_is_its_users_own(shop):
    parcel(shop, track("m1", user="ana", customer=None), track("m2", user="ben", customer=None))

    flushes.flush(at=LATER)

    assert counted() == {"ana": 1, "ben": 1}


def test_a_group_that_is_named_is_the_customer(shop):
    parcel(shop, track("m1", user="ana", customer="harbour"))

    flushes.flush(at=LATER)

    assert counted() == {"harbour": 1}
    assert not Membership.objects.filter(customer_key="ana").exists()


def test_what_a_visitor_did_before_signing_in_becomes_theirs(shop):
    visited = track("m1", customer=None) | {"userId": None, "anonymousId": "visitor"}
    known = {"type": "identify", "userId": "ana", "anonymousId": "visitor", "messageId": "m2"}
    parcel(shop, visited)
    parcel(shop, known | {"timestamp": NOON.isoformat()})

    flushes.flush(at=LATER)

    assert counted() == {"ana": 1}


def test_elsewhere_a_user_is_nobodys_customer(db):
    parcel(a_source(), track("m1", user="ana", customer=None))

    flushes.flush(at=LATER)

    assert counted() == {}


def test_who_sets_a_source_up_says_whose_the_events_are(world):
    source, _ = actions.make(name="Shop", kind="server", by=world.olga, at=NOON)

    actions.change(source=source, users_are_customers=True, by=world.olga, at=LATER)

    assert Source.objects.get(pk=source.pk).users_are_customers
    assert last_fact().details == {"fields": ["users_are_customers"]}
