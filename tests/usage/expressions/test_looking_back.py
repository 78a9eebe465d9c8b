"""Month-ends of the past: four weeks each, and only what was recorded by then."""

from datetime import date

import pytest

from arbiter.usage.expressions import looking_back
from tests.usage.expressions.tables import EVENTS, at, event, rows

APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)


def looked(log, ends=(APRIL, MAY)):
    """Users and events by the last day of the month."""
    found = rows(looking_back.month_ends(EVENTS, ends=ends), events=log)
    return {str(row["until"]): (row["users"], row["events"]) for row in found}


@pytest.mark.parametrize(("day", "counted"), [
    ("2026-03-31", {"2026-04-30": (0, 0)}),
    ("2026-04-02", {"2026-04-30": (0, 0)}),
    ("2026-04-03", {"2026-04-30": (1, 1)}),
    ("2026-04-30", {"2026-04-30": (1, 1)}),
    ("2026-05-03", {"2026-05-31": (0, 0)}),
    ("2026-05-04", {"2026-05-31": (1, 1)}),
    ("2026-06-01", {}),
])  # fmt: skip
def test_an_event_counts_for_the_last_four_weeks_of_its_month(day, counted):
    assert looked([event(day)]) == counted


def test_people_are_counted_once_and_events_of_nobody_known_count_as_events():
    log = [event("2026-05-20"), event("2026-05-21"), event("2026-05-21", user=None)]

    assert looked([*log, event("2026-05-21", user="cleo", kind="identify")]) == {
        "2026-05-31": (1, 3)
    }


def test_what_was_recorded_later_counts_for_no_month_and_is_known_from_then():
    late = event("2026-04-20", recorded=at("2026-05-02"))

    (found,) = rows(looking_back.month_ends(EVENTS, ends=[APRIL, MAY]), events=[late])

    assert (found["users"], found["events"]) == (0, 0)
    assert found["known_from"] == at("2026-05-02")


def test_there_is_a_month():
    with pytest.raises(ValueError, match="at least one month"):
        looking_back.month_ends(EVENTS, ends=[])
