"""Erasing: a person's or a customer's events are gone from the log, the inbox and the disk."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from arbiter.foundation.models import Fact
from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import compactions, erasing, erasures, flushes
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Alias, Membership, Parcel, SnapshotRun
from tests.usage.sending import NOON, a_source, parcel, track
from tests.usage.test_flush import messages

SOON = NOON + timedelta(minutes=1)


@pytest.fixture
def product(world):
    """What people of two customers did: some of it in the log, some still in the inbox."""
    product = a_source()
    parcel(product, track("ana 1", user="ana-r"), track("ben 1", user="ben-s", customer="quay"))
    parcel(product, track("ana 2", user=None, customer=None, anonymousId="visitor-7"))
    flushes.flush(at=NOON)
    parcel(product, {"type": "alias", "userId": "ana-r", "previousId": "visitor-7", "messageId": "x"})  # fmt: skip
    parcel(product, track("ana 3", user="ana-r"), track("ben 2", user="ben-s", customer=None))
    return product


def left():
    """All bytes of the log's folder."""
    return b"".join(path.read_bytes() for path in Path(settings.EVENT_LOG).rglob("*") if path.is_file())  # fmt: skip


def test_a_person_is_forgotten_under_every_name(product, world):
    assert erasures.erase_user(user="ana-r", by=world.olga, at=SOON) == 4

    assert messages() == ["ben 1", "ben 2"]
    assert not any(name in left() for name in (b"ana-r", b"visitor-7"))
    assert not Parcel.objects.exists()
    assert not Membership.objects.filter(user_key="ana-r").exists()
    assert not Alias.objects.exists()
    fact = Fact.objects.get(name="usage.user_erased")
    assert (fact.by_id, fact.details) == (world.olga.pk, {"events": 4})


@pytest.mark.parametrize(
    ("erase", "whom"),
    [(erasures.erase_user, {"user": "ana-r"}), (erasures.erase_customer, {"key": "quay"})],
)
def test_usage_is_counted_anew_after_an_erasure(product, world, erase, whom):
    erase(**whom, by=world.olga, at=SOON)

    assert (SnapshotRun.objects.get().wanted_at, SnapshotRun.objects.get().whole) == (SOON, True)


def test_a_customer_is_erased_with_what_its_people_did_without_saying_where(product, world):
    assert erasures.erase_customer(key="quay", by=world.olga, at=SOON) == 2

    assert {"ben 1", "ben 2"}.isdisjoint(messages())
    assert b"ben-s" not in left()
    assert not Membership.objects.filter(customer_key="quay").exists()
    fact = Fact.objects.get(name="usage.customer_erased")
    assert (fact.customer_id, fact.details) == (world.quay.pk, {"events": 2})


def test_a_customer_that_is_not_on_file_can_be_erased(product, world):
    parcel(product, track("lost", customer="who knows", user="dan"))

    assert erasures.erase_customer(key="who knows", by=world.olga, at=SOON) == 1
    assert Fact.objects.get(name="usage.customer_erased").customer_id is None


def test_old_files_are_gone_at_once(product, world):
    compactions.compact(clock=lambda: SOON)

    erasures.erase_user(user="ana-r", by=world.olga, at=SOON)

    files = Path(settings.EVENT_LOG).glob("settled=*/**/*.parquet")
    log = open_log()
    assert sorted(map(str, files)) == sorted(log.files(settled=True) + log.files(settled=False))


def test_only_who_may_change_settings_may_erase(product, world):
    with pytest.raises(NotAllowed):
        erasures.erase_user(user="ana-r", by=world.ada, at=SOON)
    with pytest.raises(NotAllowed):
        erasures.erase_customer(key="quay", by=world.ada, at=SOON)


def test_what_comes_after_a_request_to_forget_is_kept(product, world):
    parcel(product, track("back again", user="ana-r", at=SOON), at=SOON + timedelta(seconds=1))

    erasures.erase_user(user="ana-r", by=world.olga, at=SOON)

    assert messages() == ["back again", "ben 1", "ben 2"]


def test_a_request_to_forget_that_a_source_sends_is_carried_out(product, db):
    flushes.flush(at=NOON)
    hook = a_source("Hook", kind="webhook")
    parcel(hook, body=b'{"type": "delete", "userId": "ana-r", "messageId": "d"}', at=SOON)
    Parcel.objects.filter(source=hook).update(dialect="webhook")

    flushes.flush(at=SOON)

    assert messages() == ["ben 1", "ben 2"]
    assert b"ana-r" not in left()
    assert not Membership.objects.filter(user_key="ana-r").exists()
    assert Fact.objects.get(name="usage.user_erased").details == {"events": 4}
    assert SnapshotRun.objects.get().whole


def test_two_people_at_one_computer_are_two_people(db):
    links = [("ana", "shared"), ("ben", "shared"), ("ana", "phone"), ("phone", "tablet")]
    for user, other in links:
        Alias.objects.create(user_key=user, other_key=other, recorded_at=NOON)

    assert erasing.names_of("ana") == ["ana", "phone", "shared", "tablet"]
    assert erasing.names_of("tablet") == ["ana", "ben", "phone", "shared", "tablet"]
    assert erasing.names_of("nobody") == ["nobody"]
