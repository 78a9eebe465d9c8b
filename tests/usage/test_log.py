"""The event log: an open table that grows, is put in order, forgets on request, and that others can read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars
import pyarrow.parquet as pq
import pytest
from deltalake.exceptions import CommitFailedError
from django.conf import settings

from arbiter.usage.log import order
from arbiter.usage.log.columns import SCHEMA
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import Log, open_log, select
from tests.usage.sending import NOON, event, rows

MAY = datetime(2026, 5, 1, tzinfo=UTC)


def told(log):
    """Customer and message of every event, as DuckDB reads the files."""
    with duck() as connection:
        for settled in (True, False):
            log.show(connection, f"log_{settled}", settled=settled)
        every = "SELECT customer_id, message_id FROM (FROM log_True UNION ALL FROM log_False)"
        return sorted(connection.sql(every).fetchall(), key=str)


def test_there_is_no_log_before_the_first_events_and_reading_it_makes_none():
    log = open_log()

    assert (log.exists, log.version, log.rows, log.written()) == (False, -1, 0, 0)
    assert log.files(settled=True) == []
    assert told(log) == []
    assert (log.erase("true"), log.vacuum(hours=0)) == (0, 0)
    assert not Path(settings.EVENT_LOG).exists()


def test_events_are_parted_by_whether_they_are_settled_and_by_month():
    log = open_log()

    log.append(
        rows(
            event("a"),
            event("b", at=MAY),
            event("c", user=None, anonymous_id="x"),
            event("d", customer=None),
        ),
        number=1,
    )

    assert [(part.settled, part.month, part.rows) for part in log.parts] == [
        (False, "2026-06", 2),
        (True, "2026-05", 1),
        (True, "2026-06", 1),
    ]
    assert log.files(settled=True, months=["2026-05"]) == [log.parts[1].path]
    assert (log.rows, log.written()) == (4, 1)


def test_an_append_is_done_once_for_its_number():
    log = open_log()

    assert log.append(rows(event("a")), number=7)
    assert not open_log().append(rows(event("b")), number=7)
    assert log.append(rows(event("c")), number=8)
    assert [message for _, message in told(open_log())] == ["a", "c"]


def test_a_writer_that_slept_cannot_append_again(monkeypatch):
    open_log().append(rows(event("a")), number=1)
    asleep = open_log()
    assert asleep.written() == 1
    open_log().append(rows(event("b")), number=2)
    monkeypatch.setattr(Log, "anew", lambda self: None)

    with pytest.raises(CommitFailedError):
        asleep.append(rows(event("b")), number=2)

    assert open_log().rows == 2


def test_a_file_says_everything_in_the_types_of_the_schema():
    log = open_log()
    whole = event(
        "a", anonymous_id="anon", sent_at=NOON, properties='{"rows": 12}', at=NOON + timedelta(microseconds=1)
    )  # fmt: skip

    log.append(rows(whole, event("b"), source=3), number=1)

    with duck() as connection:
        found = connection.sql(select(log.files(settled=True))).to_arrow_table().cast(SCHEMA)
    first, second = found.sort_by("message_id").to_pylist()
    assert first == {
        "settled": True, "month": "2026-06", "customer_id": "harbour", "user_id": "ana", "anonymous_id": "anon",
        "kind": "track", "event": "Report Exported", "at": whole.at, "day": NOON.date(), "sent_at": NOON,
        "received_at": whole.received_at, "recorded_at": whole.received_at, "source": 3, "import_id": None,
        "message_id": "a", "message_hash": first["message_hash"], "properties": '{"rows": 12}',
    }  # fmt: skip
    assert (second["sent_at"], second["properties"]) == (None, None)
    assert first["message_hash"] != second["message_hash"]


def test_a_month_is_sorted_by_customer_and_time_into_one_file():
    log = open_log()
    for number, customers in enumerate((("quay", "harbour"), ("dunes", "quay"), ("harbour",)), 1):
        log.append(rows(*(event(f"{each}{number}", customer=each) for each in customers)), number=number)  # fmt: skip
    assert order.unsorted(log) == [(True, "2026-06")]

    order.sort(log, settled=True, month="2026-06")

    (path,) = log.files(settled=True)
    assert pq.read_table(path, columns=["message_id"], partitioning=None)["message_id"].to_pylist() == [
        "dunes2", "harbour1", "harbour3", "quay1", "quay2",
    ]  # fmt: skip
    assert order.unsorted(open_log()) == []
    assert open_log().written() == 3


def test_a_month_is_not_rewritten_over_events_that_came_meanwhile():
    open_log().append(rows(event("a"), event("b")), number=1)
    before = open_log()
    assert before.rows == 2
    open_log().append(rows(event("c")), number=2)

    with pytest.raises(CommitFailedError):
        order.sort(before, settled=True, month="2026-06")

    assert [message for _, message in told(open_log())] == ["a", "b", "c"]


def test_many_small_files_are_gathered_into_few(monkeypatch):
    monkeypatch.setattr(order, "MOST_SMALL", 3)
    log = open_log()
    for number in range(1, 6):
        log.append(rows(event(str(number)), event(f"may{number}", at=MAY)), number=number)
    assert order.crowded(log) == ["2026-05", "2026-06"]

    log.gather("2026-06", bytes_each=order.SMALL)

    assert len(log.files(settled=True, months=["2026-06"])) == 1
    assert order.crowded(log) == ["2026-05"]
    assert (log.rows, log.written()) == (10, 5)


def test_what_is_erased_is_gone_from_the_disk_and_nowhere_named():
    log = open_log()
    log.append(rows(event("a", user="ana"), event("b", user="ben"), event("c", user=None)), number=1)  # fmt: skip

    assert log.erase("md5(user_id) = '276b6c4692e78d4799c12ada515bc3e4'") == 1
    log.vacuum(hours=0)

    assert [message for _, message in told(open_log())] == ["b", "c"]
    left = [path for path in Path(settings.EVENT_LOG).rglob("*") if path.is_file()]
    assert all(b"ana" not in path.read_bytes() for path in left)
    assert open_log().written() == 1


def test_others_read_it_as_it_stands():
    open_log().append(rows(event("a"), event("b", customer=None)), number=1)

    found = polars.scan_delta(settings.EVENT_LOG).filter(polars.col("settled")).collect()

    assert found["message_id"].to_list() == ["a"]
    assert found.columns == SCHEMA.names


def test_a_log_at_an_address_is_read_through_arrow(tmp_path):
    log = Log(f"file://{tmp_path}/events")
    log.append(rows(event("a", customer="quay"), event("b"), event("c", customer=None)), number=1)
    log.append(rows(event("d", customer="quay"), event("e", customer="dunes")), number=2)

    assert not log.is_local
    assert order.unsorted(log) == [(True, "2026-06")]
    order.sort(log, settled=True, month="2026-06")
    assert order.unsorted(log) == []
    assert len(told(log)) == 5
