"""The same things said, in any order, again, late and in any pieces, give the same figures."""

import shutil
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arbiter.usage.actions import compactions, flushes
from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.log import order
from arbiter.usage.log.table import open_log
from arbiter.usage.queries import measured
from tests.usage.sending import NOON, a_source, parcel

AS_OF = NOON + timedelta(days=3)
USERS, VISITORS, CUSTOMERS = ("ana", "ben", "cleo"), ("x1", "x2"), ("harbour", "quay")

who = st.one_of(
    st.fixed_dictionaries({"userId": st.sampled_from(USERS)}),
    st.fixed_dictionaries({"anonymousId": st.sampled_from(VISITORS)}),
)
where = st.one_of(st.just({}), st.fixed_dictionaries({"groupId": st.sampled_from(CUSTOMERS)}))
when = st.integers(0, 60 * 24 * 40).map(lambda minutes: NOON - timedelta(minutes=minutes))
tracks = st.builds(
    lambda who, where, event, seats: {
        "type": "track", "event": event, "context": where, "properties": {"seats": seats}, **who
    },
    who, where, st.sampled_from(["Export", "Invoice Sent"]), st.integers(0, 9),
)  # fmt: skip
groups = st.builds(
    lambda user, customer: {"type": "group", "userId": user, "groupId": customer},
    st.sampled_from(USERS), st.sampled_from(CUSTOMERS),
)  # fmt: skip
links = st.builds(
    lambda user, visitor: {"type": "identify", "userId": user, "anonymousId": visitor, "traits": {}},
    st.sampled_from(USERS), st.sampled_from(VISITORS),
)  # fmt: skip
said = st.lists(st.tuples(st.one_of(tracks, tracks, groups, links), when), min_size=1, max_size=25)


def calls(pairs):
    """Each as it is sent: with an id and a time of its own."""
    return [
        {**call, "messageId": f"m{place}", "timestamp": at.isoformat()}
        for place, (call, at) in enumerate(pairs)
    ]


def figures():
    """What the measures say of everybody."""
    asked = {"as_of": AS_OF, "until": NOON.date()}
    with Embedded(megabytes=200, threads=1) as engine:
        asked["engine"] = engine
        return {
            "active": measured.active_users(**asked),
            "days": measured.active_by_period(per="day", since=date(2026, 4, 1), **asked),
            "states": measured.states(**asked),
            "seats": measured.property_per_period(
                event="Export", property="seats", per="month", since=date(2026, 4, 1), **asked
            ),
        }


def told(parcels):
    """The figures after these parcels: each a list of calls, and when; None stands for a flush in between."""
    with transaction.atomic():
        product = a_source()
        for each in parcels:
            if each is None:
                flushes.flush(at=AS_OF)
            else:
                parcel(product, *each[0], at=each[1])
        while flushes.flush(at=AS_OF) is not None:
            pass
        found = figures()
        transaction.set_rollback(True)
    shutil.rmtree(django_settings.EVENT_LOG, ignore_errors=True)
    return found


@st.composite
def ways(draw, sent):
    """The same calls another way: shuffled, some twice, in pieces that arrive when they like, with flushes in between."""
    again = draw(st.lists(st.sampled_from(sent), max_size=8))
    mixed = draw(st.permutations([*sent, *again]))
    parcels = []
    while mixed:
        size = draw(st.integers(1, 10))
        late = timedelta(minutes=draw(st.integers(0, 60 * 48)))
        parcels.append((mixed[:size], NOON + late))
        mixed = mixed[size:]
        if draw(st.booleans()):
            parcels.append(None)
    return parcels


@pytest.mark.sweep
@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), pairs=said)
def test_any_order_repetition_delay_and_splitting_gives_the_same_figures(db, data, pairs):
    sent = calls(pairs)

    another_way = told(data.draw(ways(sent)))

    assert another_way == told([(sent, NOON)])


@pytest.mark.django_db
def test_the_same_backwards_twice_and_in_pieces_gives_the_same_figures(db):
    sent = calls([
        ({"type": "track", "event": "Export", "anonymousId": "x1", "properties": {"seats": 3}}, NOON),
        ({"type": "identify", "userId": "ana", "anonymousId": "x1", "traits": {}}, NOON),
        ({"type": "group", "userId": "ana", "groupId": "harbour"}, NOON),
        ({"type": "track", "event": "Export", "userId": "ben", "context": {"groupId": "quay"}, "properties": {}}, NOON),
    ])  # fmt: skip
    backwards = [step for call in reversed(sent) for step in (([call, call], AS_OF), None)]

    found = told(backwards)

    assert found == told([(sent, NOON)])
    assert [tuple(row) for row in found["active"]] == [("harbour", 1), ("quay", 1)]


@pytest.mark.django_db
def test_putting_the_log_in_order_changes_no_figure(db):
    sent = calls([
        ({"type": "track", "event": "Export", "userId": user, "context": {"groupId": customer}, "properties": {"seats": 2}}, NOON - timedelta(days=day))
        for day, (user, customer) in enumerate([("ana", "harbour"), ("ben", "quay"), ("ana", "harbour"), ("cleo", "quay")] * 4)
    ])  # fmt: skip
    product = a_source()
    for call in sent:
        parcel(product, call)
        flushes.flush(at=NOON)
    before = figures()
    assert order.unsorted(open_log())

    compactions.compact(clock=lambda: AS_OF)

    assert figures() == before
