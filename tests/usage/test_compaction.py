"""Compaction: few sorted files, what is settled settled, what is over its time gone, and every event still there."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from arbiter.usage.actions import compactions, flushes
from arbiter.usage.log import order
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Alias, Membership
from tests.usage.sending import NOON, a_source, event, parcel, rows, track
from tests.usage.test_flush import messages

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=8)


def compact(at=NOON):
    """Put the log in order."""
    return compactions.compact(clock=lambda: at)


def told(settled):
    """Message, user, customer and when it was recorded of the settled or the other events."""
    with duck() as connection:
        open_log().show(connection, "log", settled=settled)
        return connection.sql(
            "SELECT message_id, user_id, customer_id, recorded_at FROM log ORDER BY ALL"
        ).fetchall()


def test_months_that_events_were_added_to_are_sorted_anew():
    product = a_source()
    for number, customer in enumerate(("quay", "harbour", "quay")):
        parcel(product, track(str(number), customer=customer), track(f"May {number}", at=NOON - timedelta(days=31)))  # fmt: skip
        flushes.flush(at=NOON)
    assert len(open_log().parts) == 6

    done = compact()

    assert (done.sorted, len(open_log().parts)) == (2, 2)
    assert len(messages()) == 6
    assert compact().sorted == 0


def test_what_came_meanwhile_is_let_in():
    product = a_source()
    for number, customer in enumerate(("quay", "harbour", "quay")):
        parcel(product, track(str(number), customer=customer))
        if number < 2:
            flushes.flush(at=NOON)
    parcel(product, track("meanwhile"))
    flushes.flush(at=NOON, most_events=1)

    compact()

    assert messages() == ["0", "1", "2", "meanwhile"]


def test_an_empty_log_is_in_order():
    assert compact() == compactions.Compacted(0, 0, 0, 0)
    assert compactions.gather_small() == 0


def test_small_files_are_gathered_when_they_are_many(monkeypatch):
    monkeypatch.setattr(order, "MOST_SMALL", 2)
    product = a_source()
    for number in range(4):
        parcel(product, track(str(number)))
        flushes.flush(at=NOON)

    assert compactions.gather_small() == 1

    assert len(open_log().parts) == 1
    assert messages() == ["0", "1", "2", "3"]


def test_an_event_is_settled_a_week_after_its_user_turned_out_to_have_one_customer():
    product = a_source()
    parcel(product, track("ana", user="ana", customer=None), track("own", user="ana"))
    parcel(product, track("ben", user="ben", customer=None))
    flushes.flush(at=NOON)
    Membership.objects.filter(user_key="ana").update(recorded_at=NOON + timedelta(hours=2))

    assert compact(NOON + timedelta(days=6)).settled == 0
    assert compact(LATER).settled == 1

    assert told(settled=True) == [
        ("ana", "ana", "harbour", NOON + timedelta(hours=2)),
        ("own", "ana", "harbour", NOON),
    ]
    assert told(settled=False) == [("ben", "ben", None, NOON)]
    assert compact(LATER).settled == 0


def test_a_user_at_two_customers_is_settled_at_neither():
    product = a_source()
    parcel(product, track("which", customer=None), track("a"), track("b", customer="quay"))
    flushes.flush(at=NOON)

    assert compact(LATER).settled == 0
    assert [row[0] for row in told(settled=False)] == ["which"]


def test_what_was_done_before_signing_in_is_settled_with_the_user():
    product = a_source()
    parcel(product, track("before", user=None, customer=None, anonymousId="x1"), track("after"))
    flushes.flush(at=NOON)
    Alias.objects.create(user_key="ana", other_key="x1", recorded_at=NOON + timedelta(hours=1))

    assert compact(LATER).settled == 1

    assert told(settled=True)[1] == ("before", "ana", "harbour", NOON + timedelta(hours=1))


def test_an_event_at_a_customer_by_nobody_is_settled_at_once():
    open_log().append(rows(event("cron", user=None), event("visitor", user=None, anonymous_id="x1")), number=1)  # fmt: skip

    assert [row[:3] for row in told(settled=True)] == [("cron", None, "harbour")]
    assert [row[:3] for row in told(settled=False)] == [("visitor", None, "harbour")]


def test_what_is_older_than_its_source_keeps_goes():
    short, long = a_source("Short", keep_days=30), a_source("Long")
    for source in (short, long):
        parcel(source, track(f"old {source.name}", at=NOON - timedelta(days=31)), track(f"new {source.name}"))  # fmt: skip
    flushes.flush(at=NOON)

    assert compact().expired == 1

    assert messages() == ["new Long", "new Short", "old Long"]


def test_old_files_stay_for_readers_and_go_in_the_end(monkeypatch):
    product = a_source()
    for number, customer in enumerate(("quay", "harbour", "quay")):
        parcel(product, track(str(number), customer=customer))
        flushes.flush(at=NOON)
    compact()
    assert len(list(Path(settings.EVENT_LOG).rglob("*.parquet"))) > 1
    monkeypatch.setattr(compactions, "HOURS_KEPT", 0)

    compact()

    files = Path(settings.EVENT_LOG).glob("settled=*/**/*.parquet")
    assert [str(file) for file in files] == open_log().files(settled=True)
