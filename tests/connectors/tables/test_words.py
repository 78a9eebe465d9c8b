"""Chances, choices, intervals, keys and the guard for formulas."""

import doctest
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.salesforce import ids
from arbiter.connectors.tables import choices, currencies, headers, keys, periods, writing
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.periods import per_year, shifted
from arbiter.connectors.tables.reading import open_table
from arbiter.connectors.tables.shares import FRACTION, PERCENT, ShareEvidence, read_share


@pytest.mark.parametrize("module", [choices, currencies, headers, ids, keys, periods, writing])
def test_the_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("cells", "scale"),
    [
        (["85%"], PERCENT),
        (["0.85", "1"], FRACTION),
        (["85", "1"], PERCENT),
        (["1", "0"], None),
        (["0.5", "60"], None),
        (["0"], PERCENT),
    ],
)
def test_a_whole_column_settles_the_scale_of_chances_or_leaves_it_open(cells, scale):
    evidence = ShareEvidence()
    for cell in cells:
        evidence.see(cell)

    assert evidence.scale == scale


def test_chances_are_read_on_their_scale():
    assert read_share("85%", FRACTION) == Decimal("0.85")
    assert read_share("85", PERCENT) == Decimal("0.85")
    assert read_share("0,85", FRACTION) == Decimal("0.85")
    for cell in ("120", "-5%", "high"):
        with pytest.raises(Unreadable):
            read_share(cell, PERCENT)


@pytest.mark.parametrize(
    ("status", "decision"),
    [
        ("Renewed", "renewed"), ("Closed-Lost", "churned"), ("gekündigt", "churned"), ("Downgraded", "contracted"),
        ("Upsell", "expanded"), ("At Risk", "open"), ("Contracted", None), ("Closed Won", None), ("Expired", None),
    ],
)  # fmt: skip
def test_only_clear_statuses_are_decisions(status, decision):
    assert choices.decision_of(status) == decision


def test_yes_and_no_are_read_in_several_languages():
    assert [choices.read_boolean(word) for word in ("Yes", "WAHR", "oui", "0", "nein")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    with pytest.raises(Unreadable):
        choices.read_boolean("maybe")


@pytest.mark.parametrize(
    ("interval", "times"),
    [("month", 12), ("Monthly", 12), ("every 3 months", 4), ("1 year", 1), ("2 years", Decimal("0.5")),
     ("week", 52), ("semi-annual", 2), ("3 Monate", 4)],
)  # fmt: skip
def test_a_billing_interval_is_so_often_a_year(interval, times):
    assert per_year(interval) == times


def test_a_month_without_that_day_gives_its_last():
    from datetime import date

    assert shifted(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert shifted(date(2028, 2, 29), -12) == date(2027, 2, 28)


@given(name=st.text(max_size=400))
def test_a_key_is_stable_short_and_the_same_for_any_case_or_spacing(name):
    key = keys.key_of(name)

    assert len(key) <= keys.LONGEST
    assert keys.key_of(f"  {name}  ") == key
    assert bool(key) == bool(name.strip())


@pytest.mark.parametrize("address", ["not a domain", "localhost", "@", "http://", "a..b"])
def test_what_is_no_domain_gives_none(address):
    assert keys.domain_of(address) == ""


def test_an_id_of_15_characters_and_one_of_18_are_one():
    assert ids.unified("0015g00000Nc7yK") == ids.unified("0015g00000Nc7yKAAR")
    assert ids.unified("0015g00000nc7yk") != ids.unified("0015g00000Nc7yK")
    assert ids.unified("hand-written") == "hand-written"


def test_rejected_rows_come_back_with_the_reason_and_no_formula(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text('Customer,ARR\nHarbour,1\n=HYPERLINK("x"),-5\n')
    sheet = io.StringIO()

    count = writing.write_rejected(open_table(path), {3: "line 3: no"}, sheet)

    assert count == 1
    assert (
        sheet.getvalue()
        == 'Customer,ARR,rejected_line,rejected_reason\n"\'=HYPERLINK(""x"")",-5,3,line 3: no\n'
    )
