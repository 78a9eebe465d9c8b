"""Days, scopes, and ways of doing business."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.metrics import rules
from arbiter.metrics.rules import BusinessModel


def test_a_day_ends_at_its_last_moment_in_utc():
    assert rules.end_of(date(2026, 6, 30)) == datetime(2026, 6, 30, 23, 59, 59, 999999, UTC)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 6, 30), 12, date(2025, 6, 30)),
        (date(2026, 2, 28), 12, date(2025, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2026, 6, 30), 1, date(2026, 5, 31)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 6, 15), 6, date(2025, 12, 15)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_a_month_end_leads_to_a_month_end(day, months, before):
    assert rules.months_before(day, months) == before


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_month_ends_are_in_order_and_none_lies_after_the_day(until, months):
    found = rules.month_ends(until, months)

    assert len(found) == months
    assert found == sorted(set(found))
    assert all(map(rules.is_month_end, found))
    assert found[-1] <= until
    assert (until - found[-1]).days < 31


def test_quarter_ends_are_the_last_days_of_quarters():
    assert rules.quarter_ends(date(2026, 6, 29), 3) == [
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 3, 31),
    ]
    assert rules.quarter_ends(date(2026, 6, 30), 1) == [date(2026, 6, 30)]


def test_scopes_are_everybody_then_the_segments_then_those_without_one():
    scopes = [rules.scope_of(""), rules.scope_of("smb"), rules.scope_of("Enterprise"), ""]

    told = [rules.scope_label(scope) for scope in rules.in_order(scopes)]

    assert told == ["All customers", "Enterprise", "smb", "No segment"]


@pytest.mark.parametrize("model", list(BusinessModel))
def test_every_business_model_is_told_in_words(model):
    assert model.label
    assert model.help.endswith(".")
    assert model.told.key == model.value
