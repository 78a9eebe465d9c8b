"""How numbers, money and days are said."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from arbiter.ui import wording

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1840000", "€1.84m"),
        ("1900000", "€1.9m"),
        ("571000", "€571k"),
        ("12345.67", "€12.3k"),
        ("9999.49", "€9,999"),
        ("950", "€950"),
        ("0", "€0"),
        ("999999.99", "€1m"),
        ("999500000", "€1bn"),
        ("23400000000", "€23.4bn"),
        ("-412000", "−€412k"),
        (None, "unknown"),
    ],
)
def test_money_is_short(amount, said):
    assert wording.money(amount, "EUR") == said


def test_long_money_is_in_whole_units_and_exact_money_to_the_cent():
    assert wording.money_long(Decimal("184000.50"), "GBP") == "£184,001"
    assert wording.money_exact(Decimal("184000.5"), "USD") == "$184,000.50"
    assert wording.money_exact(Decimal("184000"), "JPY") == "¥184,000"
    assert wording.money_exact(Decimal("-0.01"), "EUR") == "−€0.01"
    assert wording.money_exact(None, "EUR") == "unknown"


def test_a_currency_without_a_symbol_is_said_by_its_code():
    assert wording.money_long(1200, "CHF") == "CHF\N{NO-BREAK SPACE}1,200"


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_exact_money_loses_no_cent(amount):
    shown = wording.money_exact(amount, "EUR")

    assert Decimal(shown.removeprefix("€").replace(",", "")) == amount


@given(st.decimals(min_value=10_000, max_value=10**12, places=2))
def test_short_money_is_within_half_a_per_cent(amount):
    shown = wording.money(amount)
    size = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}[shown.rstrip("n")[-1]]

    assert abs(Decimal(shown.rstrip("kmbn")) * size - amount) <= amount * Decimal("0.005")


@pytest.mark.parametrize(
    ("proportion", "said"),
    [
        (0.74, "74%"),
        (Decimal("0.745"), "75%"),
        (0, "0%"),
        (1, "100%"),
        (0.004, "under 1%"),
        (0.996, "over 99%"),
        (1.3, "130%"),
        (-0.05, "−5%"),
        (None, "unknown"),
        (float("nan"), "unknown"),
    ],
)
def test_a_percentage_never_claims_a_false_none_or_all(proportion, said):
    assert wording.percent(proportion) == said


def test_a_small_base_is_counted_not_turned_into_a_percentage():
    assert wording.share(5, 8) == "5 of 8"
    assert wording.share(0, 19) == "0 of 19"
    assert wording.share(63, 100) == "63%"
    assert wording.share(0, 0) == "–"


def test_a_range_of_proportions_has_one_sign():
    assert wording.percents(0.58, 0.864) == "58–86%"
    assert wording.percents(None, 0.8) == "unknown"


def test_numbers_keep_their_decimals_and_use_a_true_minus():
    assert wording.number(Decimal("1234.50")) == "1,234.5"
    assert wording.number(100) == "100"
    assert wording.number(-6) == "−6"
    assert wording.number(0.1 + 0.2) == "0.3"
    assert wording.number(Decimal("1E+3")) == "1,000"
    assert wording.signed(13) == "+13"
    assert wording.signed(-6) == "−6"
    assert wording.signed(0) == "0"


def test_a_word_is_not_a_number():
    with pytest.raises(ValueError, match="'many' is not a number"):
        wording.number("many")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1.9", "%", "1.9%"),
        (6.1, "days", "6.1 days"),
        (40000, "€", "€40,000"),
        (40000, "EUR", "€40,000"),
        ("40000.5", "EUR", "€40,000.50"),
        (3, "", "3"),
        (None, "days", "unknown"),
    ],
)
def test_a_measure_is_said_with_its_unit(value, unit, said):
    assert wording.measured(value, unit) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 2, 4), "4 Feb"),
        (date(2027, 2, 4), "4 Feb"),
        (date(2027, 8, 4), "4 Aug 2027"),
        (date(2025, 12, 9), "9 Dec 2025"),
        (None, "no date"),
    ],
)
def test_a_day_has_its_year_where_it_could_be_mistaken(when, said):
    assert wording.day(when, TODAY) == said


def test_a_day_without_a_reference_has_its_year():
    assert wording.day(TODAY) == "21 Nov 2026"


def test_a_moment_is_a_day_where_the_reader_is():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    with timezone.override("Asia/Tokyo"):
        assert wording.day(late, TODAY) == "22 Nov"
        assert wording.days_from(late, TODAY) == "tomorrow"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (75, "in 75 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "yesterday"),
        (-18, "18 days ago"),
        (1200, "in 1,200 days"),
    ],
)
def test_days_are_counted_from_the_day_given(days, said):
    assert wording.days_from(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (6, "6 days ago"),
        (20, "20 days ago"),
        (35, "5 weeks ago"),
        (244, "8 months ago"),
        (800, "2 years ago"),
    ],
)
def test_long_ago_is_said_roughly(days, said):
    assert wording.ago(TODAY - timedelta(days=days), TODAY) == said


def test_what_never_happened_is_never():
    assert wording.ago(None, TODAY) == "never"
    assert wording.days_from(None, TODAY) == "no date"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dana Whitfield", "DW"),
        ("Norrvik", "N"),
        ("Ana María de la Cruz", "AC"),
        ("jean-luc", "JL"),
        ("", "?"),
        ("(", "?"),
    ],
)
def test_initials_are_the_first_and_the_last(name, letters):
    assert wording.initials(name) == letters


@pytest.mark.parametrize(
    ("things", "one"),
    [
        ("customers", "customer"),
        ("contracts due", "contract due"),
        ("lost contracts", "lost contract"),
        ("avoidable losses", "avoidable loss"),
        ("renewals learnt from", "renewal learnt from"),
        ("people", "person"),
        ("companies", "company"),
        ("days", "day"),
        ("hours per tasks", "hour per tasks"),
        ("% of invoices", "% of invoices"),
        ("batches", "batch"),
        ("bus", "bus"),
        ("loss", "loss"),
        ("analysis", "analysis"),
        ("kg", "kg"),
        ("", ""),
    ],
)
def test_one_of_many_is_said_in_the_singular(things, one):
    assert wording.one_of(things) == one
    assert wording.noun(1, things) == one
    assert (
        wording.noun(2, things) == wording.noun(0, things) == wording.noun(None, things) == things
    )
