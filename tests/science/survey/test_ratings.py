"""CSAT and CES against libraries, and scales that are never mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from arbiter.science.survey import CES, CSAT, MixedScales, Scale, one_scale, top_box

OLD_CES = Scale(1, 5, high_is_good=False)


@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=60).filter(lambda given: len(set(given)) > 1)
)
def test_mean_and_top_two_agree_with_statsmodels(answers):
    told = top_box(answers, scale=CSAT)
    low, high = DescrStatsW(answers).tconfint_mean()
    best = sum(answer >= 4 for answer in answers)

    assert told.mean.value == pytest.approx(sum(answers) / len(answers))
    assert (told.mean.low, told.mean.high) == pytest.approx((max(1, low), min(5, high)))
    assert told.top_two.value == best / len(answers)
    assert (told.top_two.low, told.top_two.high) == pytest.approx(
        proportion_confint(best, len(answers), method="wilson"), abs=1e-9
    )


def test_where_effort_is_asked_for_the_low_end_is_the_good_one():
    hard = [1, 2, 2, 3, 5]

    assert top_box(hard, scale=OLD_CES).top_two.value == 0.6
    assert top_box(hard, scale=CSAT).top_two.value == 0.2


def test_an_easy_seven_is_best_of_seven():
    assert top_box([7, 6, 5, 4], scale=CES).top_two.value == 0.5
    assert str(CES) == "1-7, 7 is best"


@pytest.mark.parametrize("other", [CES, OLD_CES, Scale(0, 10)])
def test_answers_of_another_scale_or_direction_are_never_mixed_in(other):
    with pytest.raises(MixedScales, match="different scales"):
        one_scale([CSAT, other, CSAT])


def test_one_scale_is_the_scale_of_all():
    assert one_scale([CSAT, Scale.parse("1-5")]) == CSAT
    with pytest.raises(ValueError, match="no answers"):
        one_scale([])


@pytest.mark.parametrize("text", ["5", "a-b", "1-", "5-1", "1-2"])
def test_what_is_no_scale_is_refused(text):
    with pytest.raises(ValueError, match="scale"):
        Scale.parse(text)


@pytest.mark.parametrize("answers", [[6], [0], [3.5], [float("nan")], [[4]]])
def test_an_answer_outside_its_scale_is_refused(answers):
    with pytest.raises(ValueError, match="whole number of its scale"):
        top_box(answers, scale=CSAT)


def test_answers_without_spread_do_not_pretend_to_be_certain():
    alike, single = top_box([5, 5, 5], scale=CSAT), top_box([4], scale=CSAT)

    assert (alike.mean.value, alike.mean.low, alike.mean.high) == (5, None, None)
    assert alike.top_two.low < 0.5
    assert single.mean.low is None


def test_nobody_has_no_rating_but_a_response_rate():
    silent = top_box([], scale=CSAT, asked=12)

    assert not silent.mean.is_known
    assert not silent.top_two.is_known
    assert silent.response_rate.value == 0
    assert not top_box([], scale=CSAT).response_rate.is_known
    with pytest.raises(ValueError, match="asked"):
        top_box([5, 4], scale=CSAT, asked=1)
