"""Money and numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.tables.amounts import (
    COMMA,
    POINT,
    NumberEvidence,
    read_amount,
    read_number,
)
from arbiter.connectors.tables.currencies import currency_in_header
from arbiter.connectors.tables.dates import Unreadable


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("1200", "1200", None),
        ("1,200.50", "1200.50", None),
        ("USD 1,200.00", "1200.00", "USD"),
        ("1,200.00 usd", "1200.00", "USD"),
        ("€1.200,50", "1200.50", "EUR"),
        ("1.200,50 €", "1200.50", "EUR"),
        ("1 200,50", "1200.50", None),
        ("1\u202f200,50\u00a0€", "1200.50", "EUR"),
        ("1'200.50 CHF", "1200.50", "CHF"),
        ("£12,000,000", "12000000", "GBP"),
        ("$1,200.50", "1200.50", None),
        ("US$ 1,200.50", "1200.50", "USD"),
        ("(1,200.50)", "-1200.50", None),
        ("-€5.50", "-5.50", "EUR"),
        ("€-5.50", "-5.50", "EUR"),
        ("−5", "-5", None),
        ("0,0", "0.0", None),
        (".5", "0.5", None),
    ],
)
def test_every_usual_form_of_an_amount_is_read(cell, value, currency):
    amount = read_amount(cell)

    assert amount.value == Decimal(value)
    assert amount.currency == currency


def test_the_decimal_mark_decides_only_what_is_doubtful():
    assert read_amount("1,200", POINT).value == 1200
    assert read_amount("1,200", COMMA).value == Decimal("1.200")
    assert read_amount("1.200", COMMA).value == 1200
    assert read_amount("1,5", POINT).value == Decimal("1.5")
    assert read_amount("0.125", COMMA).value == Decimal("0.125")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12k", "shortened"),
        ("1.2M", "shortened"),
        ("$1,200/yr", "mixes an amount and a period"),
        ("100 per month", "mixes an amount and a period"),
        ("abc", "not an amount"),
        ("1,20,0", "not an amount"),
        ("1.2.3", "not an amount"),
        ("EUR 5 USD", "not an amount"),
        ("(5", "not an amount"),
        ("=2+2", "not an amount"),
        ("5%", "not an amount"),
        ("12.000.0", "not an amount"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_reason(cell, says):
    with pytest.raises(Unreadable, match=says) as fault:
        read_amount(cell)

    assert fault.value.remedy


def test_a_plain_number_has_no_currency():
    with pytest.raises(Unreadable, match="not a plain number"):
        read_number("5 EUR")


@pytest.mark.parametrize(
    ("cells", "delimiter", "decimal"),
    [
        (["1,200.50", "900"], ",", POINT),
        (["1.200,50", "900"], ",", COMMA),
        (["1,200", "900.50"], ",", POINT),
        (["1.200", "900,50"], ",", COMMA),
        (["1,200,000"], ";", POINT),
        (["1,200"], ",", POINT),
        (["1.200"], ";", COMMA),
        (["1.200"], ",", None),
        (["1,200"], ";", None),
        (["1200"], ",", POINT),
        (["€1.200,50", "$1,200.50"], ",", POINT),
    ],
)
def test_a_whole_column_settles_the_decimal_mark_or_leaves_it_open(cells, delimiter, decimal):
    evidence = NumberEvidence()
    for cell in cells:
        evidence.see(cell)

    assert evidence.decimal(delimiter) == decimal


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ARR (EUR)", "EUR"),
        ("ARR in usd", "USD"),
        ("Montant €", "EUR"),
        ("ARR", None),
        ("EUR or USD", None),
    ],
)
def test_a_header_may_name_the_currency(header, code):
    assert currency_in_header(header) == code


@given(value=st.decimals(-10_000_000, 10_000_000, places=2))
def test_amounts_are_read_back_in_both_conventions(value):
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert read_amount(english).value == value
    assert read_amount(german).value == value
