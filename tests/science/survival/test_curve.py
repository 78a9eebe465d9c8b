"""The survival curve against lifelines, against a textbook, and without censoring against counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times
from scipy.integrate import quad
from statsmodels.duration.survfunc import SurvfuncRight

from arbiter.science.interval import wilson
from arbiter.science.survival import kaplan_meier

SPELLS = st.lists(
    st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 11)), min_size=1, max_size=60
).map(lambda rows: [(end, seen, min(entry, end - 1)) for end, seen, entry in rows])

# Freireich et al. (1963), weeks in remission under 6-MP: the example of most textbooks.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def columns(rows):
    return tuple(map(np.array, zip(*rows, strict=True)))


def test_the_textbook_s_remissions():
    curve = kaplan_meier(WEEKS, RELAPSED)

    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    expected = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert curve.survival == pytest.approx(expected, abs=5e-5)
    assert curve.median.value == 23
    assert (curve.n, curve.longest) == (21, 35)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("truncated", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_curve_and_its_ends_are_those_of_lifelines(seed, truncated, level):
    random = np.random.default_rng(seed)
    ends, seen = random.integers(1, 30, 120), random.random(120) < 0.6
    entry = np.minimum(random.integers(0, 12, 120), ends - 1) if truncated else None
    theirs = KaplanMeierFitter(alpha=1 - level).fit(ends, seen, entry=entry)

    ours = kaplan_meier(ends, seen, entry=entry, level=level)

    table = theirs.survival_function_at_times(ours.time).to_numpy()
    assert ours.survival == pytest.approx(table, abs=1e-9)
    bounds = theirs.confidence_interval_.reindex(ours.time).to_numpy()
    inside = ours.survival > 0
    assert ours.low[inside] == pytest.approx(bounds[inside, 0], abs=1e-9)
    assert ours.high[inside] == pytest.approx(bounds[inside, 1], abs=1e-9)


def test_the_median_and_its_ends_are_those_of_lifelines():
    random = np.random.default_rng(1)
    ends, seen = random.exponential(20, 200).round(1) + 0.1, random.random(200) < 0.7
    theirs = KaplanMeierFitter().fit(ends, seen)
    bounds = median_survival_times(theirs.confidence_interval_).to_numpy().ravel()

    median = kaplan_meier(ends, seen).median

    assert median.value == theirs.median_survival_time_
    assert (median.low, median.high) == pytest.approx(tuple(bounds))


def test_the_restricted_mean_is_the_area_and_its_error_that_of_statsmodels_curve():
    curve = kaplan_meier(WEEKS, RELAPSED)
    area, _ = quad(lambda week: curve.at(week).value, 0, 30, points=curve.time, limit=200)

    mean = curve.restricted_mean(30)

    assert mean.value == pytest.approx(area, abs=1e-6)
    theirs = SurvfuncRight(WEEKS, RELAPSED)
    right = [
        quad(lambda week: curve.at(week).value, t, 30, points=curve.time)[0] for t in curve.time
    ]
    terms = theirs.n_events / (theirs.n_risk * (theirs.n_risk - theirs.n_events))
    se = np.sqrt(np.sum(np.array(right) ** 2 * terms))
    assert (mean.high - mean.low) / 2 == pytest.approx(1.959964 * se, rel=1e-4)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=40))
def test_without_censoring_it_is_the_share_that_lasted_longer(ends):
    curve = kaplan_meier(ends, [1] * len(ends))

    counted = [np.mean(np.array(ends) > time) for time in curve.time]

    assert curve.survival == pytest.approx(counted, abs=1e-12)
    assert curve.restricted_mean(9).value == pytest.approx(np.mean(ends))


@given(SPELLS)
def test_the_curve_falls_within_its_ends_and_they_within_none_and_all(rows):
    ends, seen, entries = columns(rows)
    curve = kaplan_meier(ends, seen, entry=entries)

    assert (np.diff(curve.survival) <= 1e-12).all()
    assert (curve.low >= 0).all()
    assert (curve.low <= curve.survival + 1e-12).all()
    assert (curve.survival <= curve.high + 1e-12).all()
    assert (curve.high <= 1).all()


@given(SPELLS)
def test_censoring_later_never_lowers_the_curve(rows):
    ends, seen, _ = columns(rows)
    later = np.where(seen, ends, ends + 20)

    first, longer = kaplan_meier(ends, seen), kaplan_meier(later, seen)

    assert (longer.survival >= first.survival - 1e-12).all()


def test_before_anything_happened_all_are_there_but_not_for_certain():
    curve = kaplan_meier([5, 6, 7, 8], [1, 1, 0, 0])

    assert curve.at(2).value == 1
    assert curve.at(2).low == pytest.approx(wilson(4, 4).low)
    assert curve.at(0).high == 1


def test_where_nobody_is_left_the_upper_end_stays_above_nought():
    curve = kaplan_meier([3] * 40, [1] * 40)

    assert curve.survival.tolist() == [0.0]
    assert curve.high[0] == pytest.approx(wilson(0, 40).high)
    assert curve.at(100).value == 0


def test_beyond_the_last_one_watched_nothing_is_known():
    curve = kaplan_meier([3, 5, 9], [1, 0, 0])

    assert curve.at(9).value == pytest.approx(2 / 3)
    assert not curve.at(9.5).is_known
    assert not curve.restricted_mean(10).is_known
    assert not kaplan_meier([4, 4], [0, 0]).at(5).is_known


def test_a_median_that_was_not_reached_has_no_value_yet_a_lower_end():
    curve = kaplan_meier(np.arange(1, 41), np.arange(1, 41) <= 18)

    assert not curve.median.is_known
    assert curve.median.low is not None
    assert "50%" in curve.median.note


def test_a_handful_that_is_watched_first_is_told():
    curve = kaplan_meier([2, 8, 9, 10, 11, 12], [1] * 6, entry=[0, 1, 5, 5, 5, 5])

    assert curve.at_risk[0] == 2
    assert curve.at(10).note.startswith("From 2 on it rests on 2")
    assert kaplan_meier([2, 8, 9, 10, 11, 12], [1] * 6).at(2).note == ""


@pytest.mark.parametrize(
    ("durations", "observed", "more", "word"),
    [
        ([], [], {}, "somebody"),
        ([1, 2], [1], {}, "one length"),
        ([1, -2], [1, 0], {}, "at least 0"),
        ([1, float("nan")], [1, 0], {}, "at least 0"),
        ([1, 2], [1, 2], {}, "observed"),
        ([1, 2], [1, 0], {"entry": [0, 2]}, "begins"),
        ([1, 2], [1, 0], {"entry": [0]}, "one length"),
        ([1, 2], [1, 0], {"level": 0}, "level"),
    ],
)
def test_what_is_no_spell_is_refused(durations, observed, more, word):
    with pytest.raises(ValueError, match=word):
        kaplan_meier(durations, observed, **more)


def test_no_share_and_no_horizon_are_refused():
    curve = kaplan_meier(WEEKS, RELAPSED)

    with pytest.raises(ValueError, match="share"):
        curve.quantile(1)
    with pytest.raises(ValueError, match="horizon"):
        curve.restricted_mean(0)
