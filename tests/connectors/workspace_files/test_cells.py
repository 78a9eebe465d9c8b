"""A cell has one canonical text: read again, it stays as it is; what cannot be read says what to write."""

import doctest
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.workspace_files import cells
from arbiter.connectors.workspace_files.cells import Reader, Unreadable
from arbiter.foundation import outlet
from arbiter.foundation.actions import named

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize("module", [cells, outlet, named])
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES))
def test_an_instant_is_the_same_moment_in_utc(moment):
    text = cells.instant(moment.isoformat())

    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == moment
    assert cells.instant(text) == text == outlet.text_of(moment.astimezone(UTC))


@given(st.decimals(-(10**8), 10**8, places=6, allow_nan=False))
def test_a_decimal_keeps_its_value_and_its_text(number):
    text = cells.decimal(6).one(f"{number:f}")

    assert Decimal(text) == number
    assert cells.decimal(6).one(text) == text == outlet.text_of(Decimal(text))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_measured_number_keeps_its_value(number):
    text = cells.measured(repr(number))

    assert float(text) == number
    assert cells.measured(text) == text


@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="\0", exclude_categories=("Cs",)),
            min_size=1,
            max_size=5,
        )
    )
)
def test_a_list_of_keys_comes_apart_as_it_was_put_together(keys):
    keys = sorted({key.strip() for key in keys} - {""})

    assert cells.parted(outlet.listed(keys)) == keys
    assert cells.keys(outlet.listed(keys)) == outlet.listed(keys)


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        ("2026-02-28T12:00:00.5+02:00", "2026-02-28T10:00:00.500000Z"),
        ("2026-02-28t12:00:00z", "2026-02-28T12:00:00Z"),
        ("2026-02-28 12:00:00.1234567Z", "2026-02-28T12:00:00.123456Z"),
    ],
)
def test_rfc_3339_in_all_its_spellings(spelled, text):
    assert cells.instant(spelled) == text


@pytest.mark.parametrize(
    "spelled",
    [
        "2026-02-30T00:00:00Z",
        "2026-02-28T24:01:00Z",
        "0001-01-01T00:00:00+10:00",
        "1772280000",
        "now",
    ],
)
def test_what_is_no_instant_is_refused(spelled):
    with pytest.raises(Unreadable):
        cells.instant(spelled)


@pytest.mark.parametrize(
    "spelled", ["1_000", "１２", "1e3", "0x10", "", "1,5", "--1", "NaN", "Infinity"]
)
def test_what_is_no_decimal_is_refused(spelled):
    with pytest.raises(Unreadable):
        cells.decimal(6).one(spelled)


@pytest.mark.parametrize("spelled", ["1234567890.1234567", "9" * 16, "9" * 40])
def test_a_number_with_more_digits_than_are_kept_is_refused(spelled):
    with pytest.raises(Unreadable, match=r"digits\. Round it"):
        cells.decimal(6).one(spelled)


@pytest.mark.parametrize("spelled", ["123456789012345", "-1234567890.5", "0.000001", "1500000000"])
def test_a_number_of_up_to_fifteen_digits_is_kept_as_it_is(spelled):
    assert cells.decimal(6).one(spelled) == spelled


def test_an_amount_beyond_all_bounds_is_refused():
    with pytest.raises(Unreadable, match="more than any amount"):
        cells.decimal(2).one("100000000000000")


def test_only_spaces_are_nothing_and_others_stay():
    texts, bad = Reader(cells.text()).read(["\u00a0", " a ", "\t"])

    assert (texts, bad) == (["", " a ", ""], [])


def test_a_reader_reads_each_spelling_once_and_bad_ones_every_time():
    reader = Reader(cells.Kind(cells.day))
    reader.read(["2026-01-01", ""])

    texts, bad = reader.read(["2026-01-01", "soon", "2026-01-02"])

    assert texts == ["2026-01-01", "", "2026-01-02"]
    assert [place for place, _ in bad] == [1]
