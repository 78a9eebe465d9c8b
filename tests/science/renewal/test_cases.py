"""What is known as columns, and decided renewals: names aligned, weights fair, nonsense refused."""

import numpy as np
import pytest

from arbiter.science.renewal import Cases, Known, cases, features, history, joined, of_features
from tests.science.renewal.contracts import STRANGER, said
from tests.science.renewal.pasts import EMPTY, past

HEALTHY = Known(segment="Small", lead_days=30, signals=(("health_score", 80.0), ("seats", 4.0)))


def test_columns_hold_what_is_known_and_nan_where_nothing_is():
    seen = cases([HEALTHY, STRANGER])

    assert (seen.x == features([HEALTHY, STRANGER])).all()
    assert seen.segment.tolist() == ["Small", ""]
    assert seen.signal_names == ("health_score", "seats")
    np.testing.assert_array_equal(seen.lead_days, [30, np.nan])
    np.testing.assert_array_equal(seen.signals, [[80, 4], [np.nan, np.nan]])


def test_a_number_that_is_none_counts_as_unknown():
    seen = cases([Known(signals=(("health_score", float("inf")),))])

    assert np.isnan(seen.signals).all()


def test_parts_are_joined_by_the_names_of_their_signals():
    whole = joined(
        [cases([HEALTHY]), cases([said("yes")]), cases([Known(signals=(("seats", 9.0),))])]
    )

    assert whole.signal_names == ("health_score", "seats")
    np.testing.assert_array_equal(whole.signals, [[80, 4], [np.nan, np.nan], [np.nan, 9]])
    assert len(joined([])) == 0


def test_values_of_an_unknown_signal_are_unknown():
    assert np.isnan(cases([HEALTHY]).values_of(["horoscope"])).all()


def test_some_rows_are_those_rows():
    whole = cases([HEALTHY, STRANGER, said("no")])

    assert (whole.take([2, 0]).x == whole.x[[2, 0]]).all()
    assert len(whole.take(np.array([True, False, True]))) == 2


@pytest.mark.parametrize(
    "columns",
    [
        {"x": np.zeros((1, 3))},
        {"segment": np.array(["a", "b"])},
        {"lead_days": np.zeros(2)},
        {"signals": np.zeros((1, 1))},
        {"signals": np.zeros((1, 2)), "signal_names": ("a", "a")},
    ],
)
def test_columns_that_do_not_fit_are_refused(columns):
    whole = of_features(features([STRANGER]))
    right = {name: getattr(whole, name) for name in Cases.__dataclass_fields__}

    with pytest.raises(ValueError, match=r"\."):
        Cases(**(right | columns))


def test_each_renewal_weighs_one_and_half_after_two_years():
    looks = [Known(lead_days=180), Known(lead_days=90), Known(lead_days=90)]

    told = history(
        looks, renewed=[1, 1, 0], renewal=["a", "a", "b"], customer=[1, 1, 1], age_months=[0, 0, 24]
    )

    assert told.weight.tolist() == [0.5, 0.5, 0.5]
    assert (told.renewals, told.churns, told.customers) == (2, 1, 1)


def test_counts_are_of_renewals_not_of_rows():
    told = past(12)

    assert (len(told), told.renewals, told.customers) == (36, 12, 6)
    assert told.weight.sum() == pytest.approx(12)
    assert (EMPTY.renewals, EMPTY.churns, len(EMPTY.weight)) == (0, 0, 0)


@pytest.mark.parametrize(
    "columns",
    [
        {"renewed": [1, 1, 1]},
        {"renewed": [1, 0.5]},
        {"age_months": [0, -1]},
        {"age_months": [0, np.nan]},
        {"customer": [1]},
        {"renewal": [7, 7], "renewed": [0, 1]},
    ],
)
def test_a_history_that_cannot_be_is_refused(columns):
    right = {"renewed": [1, 1], "renewal": [1, 2], "customer": [1, 2], "age_months": [0, 0]}

    with pytest.raises(ValueError, match=r"\."):
        history([STRANGER, STRANGER], **(right | columns))
