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
    return usage.frame(tables, today=TODAY, seed=SEED)


def test_the_same_seed_gives_the_same_events(tables, events):
    again = usage.frame(tables, today=TODAY, seed=SEED)

    assert again.equals(events)


def test_no_event_is_told_twice(events):
    assert events["message_id"].is_unique().all()


def test_events_follow_the_logins_of_each_month(tables, events):
    rows = [row for row in tables.named_rows("signals") if row["name"] == "logins_30d"]
    row = next(row for row in rows if row["customer_id"] == "kestrel-aviation")
    until = datetime.fromisoformat(row["at"])
    of_kestrel = events.filter(pl.col("customer_id") == "kestrel-aviation")

    counted = of_kestrel.filter(pl.col("at").is_between(until - usage.MONTH, until)).height

    assert counted == round(float(row["value"]) / usage.LOGINS_AN_EVENT)


def test_who_is_still_here_works_with_it_to_the_day(tables, events):
    rows = tables.named_rows("contracts")
    gone = {row["customer_id"] for row in rows if row["decision"] == "churned"}
    last = dict(events.group_by("customer_id").agg(pl.col("at").max()).iter_rows())
    lately = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC) - timedelta(days=14)

    quiet = {key for key, at in last.items() if key not in gone and at < lately}

    assert len(quiet) < len(last) / 20


def test_nothing_happens_later_than_yesterday(events):
    today = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC)

    assert events["at"].max() < today


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
