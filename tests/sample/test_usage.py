"""The events of the sample company agree with the rest of its story."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from arbiter.sample import SEED, usage
from arbiter.sample.company import found
from arbiter.sample.days import Days
from tests.sample.conftest import TODAY


@pytest.fixture(scope="module")
def tables():
    return found(Days(TODAY), seed=SEED)


@pytest.fixture(scope="module")
def events(tables) -> pl.DataFrame:
    return usage.frame(tables, seed=SEED)


def test_the_same_seed_gives_the_same_events(tables, events):
    again = usage.frame(tables, seed=SEED)

    assert again.equals(events)


def test_no_event_is_told_twice(events):
    assert events["message_id"].is_unique().all()


def test_events_follow_the_logins_of_each_month(tables, events):
    rows = [row for row in tables.named_rows("signals") if row["name"] == "logins_30d"]
    expected = sum(round(float(row["value"]) / usage.LOGINS_AN_EVENT) for row in rows)

    assert events.height == expected


def test_nothing_happens_later_than_yesterday(events):
    today = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC)

    assert events["at"].max() < today - timedelta(days=1)


def test_whoever_left_does_nothing_a_month_later(tables, events):
    left = {
        row["contact_id"]: datetime.fromisoformat(row["left_on"]).replace(tzinfo=UTC)
        for row in tables.named_rows("contacts")
        if row["left_on"]
    }
    last = dict(events.group_by("user_id").agg(pl.col("at").max()).iter_rows())

    late = {who for who, day in left.items() if who in last and last[who] > day + usage.MONTH}

    assert left.keys() & last.keys()
    assert not late


def test_only_what_was_bought_is_used(tables, events):
    bought = {row["customer_id"]: row["product"] for row in tables.named_rows("contracts")}
    invoicing = {key for key, product in bought.items() if product == "Invoicing"}

    done = set(events.filter(pl.col("customer_id").is_in(invoicing))["event"])

    assert "Invoice Sent" in done
    assert "Leak Found" not in done
    assert (
        events.filter(pl.col("event") == "Invoice Sent")["properties"].str.contains("amount").all()
    )
