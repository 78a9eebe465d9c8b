"""A message of a source is one event, however often and in whatever company it comes."""

from datetime import timedelta

import pytest

from arbiter.usage.actions import flushes
from arbiter.usage.log import repeats
from arbiter.usage.log import rows as rows_of_log
from arbiter.usage.log.table import open_log
from tests.usage.sending import NOON, a_source, event, parcel, rows, track
from tests.usage.test_flush import messages


def test_a_message_counts_once_in_a_body_in_a_flush_and_across_flushes(db):
    product = a_source()
    parcel(product, track("a"), track("a", event="Sent again"))
    parcel(product, track("a"), track("b"))
    flushes.flush(at=NOON)
    parcel(product, track("b", at=NOON - timedelta(days=90)), track("c"))

    flushes.flush(at=NOON)

    assert messages() == ["a", "b", "c"]


def test_two_sources_may_use_the_same_message_id(db):
    parcel(a_source("Product"), track("a"))
    parcel(a_source("Site"), track("a"))

    flushes.flush(at=NOON)

    assert messages() == ["a", "a"]


def test_the_first_to_arrive_stays():
    found = rows(event("a", "First"), event("a", "Second"))

    assert found["event"].to_pylist() == ["First"]


@pytest.mark.parametrize("customer", ["harbour", None])
def test_two_messages_with_one_hash_are_two_messages(monkeypatch, customer):
    monkeypatch.setattr(rows_of_log, "md5", lambda *given, **told: Same())
    log = open_log()
    log.append(rows(event("a", customer=customer), event("b")), number=1)

    new = repeats.without(log, rows(event("b"), event("c"), event("a")))

    assert new["message_id"].to_pylist() == ["c"]


class Same:
    """A hash that tells nothing apart."""

    def digest(self):
        return b"1234567812345678"


def test_instants_are_kept_to_the_microsecond():
    moments = [NOON + timedelta(microseconds=each) for each in (0, 1, 999_999)]
    moments += [NOON.replace(year=2099, microsecond=123_457), NOON.replace(year=1969, microsecond=7)]  # fmt: skip

    found = rows(*(event(str(place), at=at, sent_at=at if place % 2 else None) for place, at in enumerate(moments)))  # fmt: skip

    assert found["at"].to_pylist() == moments
    assert found["sent_at"].to_pylist() == [None, moments[1], None, moments[3], None]


def test_rows_are_packed_on_the_way(monkeypatch):
    monkeypatch.setattr(rows_of_log, "_PACKED_AT", 2)

    found = rows_of_log.Rows()
    for some in ("ab", "bc", "cd", ""):
        found.add(1, [event(message) for message in some])

    assert found.table()["message_id"].to_pylist() == ["a", "b", "c", "d"]
