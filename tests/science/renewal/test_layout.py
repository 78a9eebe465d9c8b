"""The columns beside the table: which there are, and what stands in them."""

import numpy as np
import pytest

from arbiter.science.renewal import Known, cases, history
from arbiter.science.renewal.layout import Layout, Scale, doublings, layout_of, rows
from arbiter.science.renewal.terms import EFFECTS, TERMS
from tests.science.renewal.contracts import said
from tests.science.renewal.pasts import EMPTY, past


def of(known, **columns):
    count = len(known)
    usual = {"renewed": [1] * count, "renewal": range(count), "customer": range(count)}
    return history(known, age_months=[0] * count, **(usual | columns))


def test_a_past_with_segments_leads_and_signals_has_columns_for_them():
    layout = layout_of(past(40))

    assert layout.columns[2 + len(TERMS) :] == (
        "segment:Enterprise",
        "segment:Public",
        "segment:Small",
        "lead_30",
        "lead_180",
        "temperature_by_lead",
        "signal:health_score",
        "signal:health_score:missing",
    )
    assert layout.sds.tolist() == [0.35, 0.35, 0.35, 0.2, 0.2, 0.1, 0.25, 0.125]
    assert layout.parts[-3:] == ("segment", "lead", "signal:health_score")


def test_a_past_at_ninety_days_has_no_columns_for_leads():
    assert layout_of(past(10, leads=(90,))).leads == ()
    assert layout_of(past(10, leads=(90, 30))).leads == (30,)


def test_no_past_has_no_columns():
    assert layout_of(EMPTY) == Layout()
    assert Layout().parts == layout_of(EMPTY).parts


def test_of_many_segments_the_most_frequent_are_kept():
    names = [f"S{n:02}" for n in range(50)] + ["S49", "S48"]

    kept = layout_of(of([Known(segment=name) for name in names])).segments

    assert len(kept) == 40
    assert {"S48", "S49", "S00"} <= set(kept)
    assert "S47" not in kept


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([1.0] * 20, False),
        ([float(n) for n in range(9)], False),
        ([float(n) for n in range(10)], True),
    ],
)
def test_a_signal_counts_once_ten_renewals_know_it_and_its_values_differ(values, kept):
    looks = [Known(signals=(("logins", value),)) for value in values]

    found = layout_of(of(looks)).signals

    assert [scale.name for scale in found] == ["logins"] * kept


def test_of_many_signals_the_best_known_are_kept():
    names = [f"s{n:02}" for n in range(62)]
    looks = [
        Known(signals=tuple((name, float(row)) for name in names[: 62 - (row >= 20)]))
        for row in range(40)
    ]

    kept = [scale.name for scale in layout_of(of(looks)).signals]

    assert len(kept) == 60
    assert "s61" not in kept


def test_of_more_than_four_signals_each_is_expected_to_tell_less():
    many = Layout(signals=tuple(Scale(f"s{n}", 0.0, 1.0, False) for n in range(16)))

    assert many.sds.tolist() == [0.125] * 16


def test_a_signal_is_counted_in_standard_deviations_and_freaks_are_capped():
    layout = Layout(signals=(Scale("logins", 10.0, 2.0, True),))
    looks = [Known(signals=(("logins", value),)) for value in (12.0, 10.0, 900.0)]

    z = rows(cases([*looks, Known()]), layout)

    assert z[:, -2:].tolist() == [[1, 0], [0, 0], [3, 0], [0, 1]]


def test_a_signal_that_was_always_known_has_no_column_for_missing():
    layout = Layout(signals=(Scale("logins", 10.0, 2.0, False),))

    assert rows(cases([Known()]), layout)[0, -1] == 0
    assert layout.columns[-1] == "signal:logins"


@pytest.mark.parametrize(
    ("days", "short", "long", "doubled"),
    [
        (90, 0, 0, 0),
        (180, 0, 1, 1),
        (30, 1, 0, -np.log2(3)),
        (400, 0, 1, 1),
        (5, 1, 0, -np.log2(3)),
        (None, 0, 0, 0),
        (127.28, 0, 0.5, 0.5),
    ],
)
def test_a_lead_between_two_counts_for_both(days, short, long, doubled):
    layout = Layout(leads=(30, 180))

    z = rows(cases([Known(answers=said("no").answers, lead_days=days)]), layout)[0]

    assert z[-3:] == pytest.approx([short, long, doubled * z[1]], abs=1e-4)
    assert doublings(np.array([np.nan if days is None else days])) == pytest.approx(
        doubled, abs=1e-4
    )


def test_the_first_columns_are_those_of_the_first_day():
    known = [said("no"), Known(segment="Small")]

    z = rows(cases(known), Layout(segments=("Small",)))

    assert (z[:, 0] == 1).all()
    assert z[:, 1] == pytest.approx(z[:, 2:-1] @ EFFECTS)
    assert z[:, -1].tolist() == [0, 1]
