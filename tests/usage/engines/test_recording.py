"""Months that were wholly recorded by a moment need not be asked when; the answers stay the same."""

from datetime import UTC, datetime, timedelta

from arbiter.usage.engines import recording
from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.log.table import open_log
from tests.usage.engines.logged import log_of
from tests.usage.expressions.tables import at, event


def users(engine, as_of):
    return sorted(engine.run(engine.events(as_of))["user_id"].to_pylist())


def test_an_empty_log_has_recorded_nothing():
    assert recording.by_month(open_log()) == {}


def test_what_was_recorded_later_is_not_known_in_any_month():
    log_of(
        event("2026-05-20", user="ana"),
        event("2026-06-02", user="dov"),
        event("2026-06-10", user="uma"),
    )
    # What comes late makes of a month that was whole one that is not.
    log_of(event("2026-05-21", user="kim", recorded=at("2026-06-20")))

    with Embedded() as engine:
        days = ("2026-05-19", "2026-05-31", "2026-06-05", "2026-06-15", "2026-06-21")
        assert [users(engine, at(day)) for day in days] == [
            [],
            ["ana"],
            ["ana", "dov"],
            ["ana", "dov", "uma"],
            ["ana", "dov", "kim", "uma"],
        ]


def test_a_month_that_was_wholly_recorded_is_read_without_asking_when():
    log_of(event("2026-05-20"), event("2026-06-10"), event("2026-06-20"))

    with Embedded() as engine:
        before, after = (
            engine.plan(engine.events(at(day)).count().as_table())
            for day in ("2026-06-15", "2026-06-30")
        )

    of_files = "Filters:"
    assert (of_files in before, of_files in after) == (True, False)


def test_a_moment_between_two_milliseconds_is_not_taken_for_the_one_before():
    moment = datetime(2026, 6, 1, 9, 0, 0, 1_900, UTC)
    written = event("2026-06-01") | {"recorded_at": moment}
    log = log_of(written)

    assert moment <= recording.by_month(log)["2026-06"] <= moment + timedelta(milliseconds=1)
    with Embedded(log=log) as engine:
        assert users(engine, moment - timedelta(microseconds=1)) == []
        assert users(engine, moment) == ["uma"]


def test_where_a_file_does_not_say_when_its_month_is_asked(monkeypatch):
    log = log_of(event("2026-06-01"))
    monkeypatch.setattr(recording, "_LAST", "max.unsaid")

    assert recording.by_month(log) == {"2026-06": None}
    with Embedded(log=log) as engine:
        assert users(engine, at("2026-06-02")) == ["uma"]
