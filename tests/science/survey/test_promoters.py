"""The Net Promoter Score by hand, beside a library, and what any score must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from arbiter.science.survey import nps, nps_change, nps_change_paired, nps_of_counts

ANSWERS = st.lists(st.integers(0, 10), min_size=1, max_size=60)
PAIRS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=60)


def test_twelve_six_and_two_of_twenty_are_fifty_give_or_take_twenty_nine():
    told = nps([9] * 6 + [10] * 6 + [7, 8] * 3 + [6, 0])

    assert (told.promoters, told.passives, told.detractors) == (12, 6, 2)
    assert told.score == 50
    assert told.margin == pytest.approx(1.959964 * 100 * np.sqrt(0.0225), abs=1e-4)
    assert round(told.margin) == 29


def test_the_interval_is_that_of_three_more_answers_by_hand():
    told = nps_of_counts(12, 6, 2)
    promoters, detractors = 12.75 / 23, 2.75 / 23
    middle = promoters - detractors
    reach = 1.959964 * np.sqrt((promoters + detractors - middle**2) / 23)

    assert (told.low, told.high) == pytest.approx(
        (100 * (middle - reach), 100 * (middle + reach)), abs=1e-4
    )


def test_without_passives_the_margin_is_twice_that_of_the_promoters_share():
    # NPS = 2p - 1 when everybody is a promoter or a detractor.
    told = nps_of_counts(30, 0, 20)
    low, high = proportion_confint(30, 50, method="normal")

    assert told.margin == pytest.approx(100 * (high - low))


@pytest.mark.parametrize(
    ("answer", "score"), [(10, 100), (9, 100), (8, 0), (7, 0), (6, -100), (0, -100)]
)
def test_nine_promotes_seven_is_passive_and_six_detracts(answer, score):
    assert nps([answer]).score == score


@given(ANSWERS)
def test_the_score_lies_in_its_interval_and_order_does_not_matter(answers):
    told = nps(answers)

    assert -100 <= told.low <= told.score <= told.high <= 100
    assert nps(answers[::-1]) == told


@given(ANSWERS)
def test_turning_promoters_into_detractors_mirrors_the_score(answers):
    told = nps(answers)

    mirrored = nps_of_counts(told.detractors, told.passives, told.promoters)

    assert mirrored.score == pytest.approx(-told.score)
    assert (mirrored.low, mirrored.high) == pytest.approx((-told.high, -told.low))


def test_the_response_rate_is_carried_along():
    told = nps([10] * 12, asked=60)

    assert told.response_rate.value == 0.2
    assert told.estimate.note == "12 of 60 asked have answered."
    assert (told.estimate.value, told.estimate.n) == (100, 12)


def test_an_unknown_number_of_asked_is_said_rather_than_guessed():
    told = nps([10] * 12)

    assert not told.response_rate.is_known
    assert told.estimate.note == "How many were asked is not known."


def test_nobody_has_no_score():
    told = nps([], asked=30)

    assert told.score is None
    assert not told.estimate.is_known
    assert told.response_rate.value == 0
    assert not nps_change([], [9]).is_known
    assert not nps_change_paired([], []).is_known


@pytest.mark.parametrize("answers", [[11], [-1], [7.5], [float("nan")], [[9, 10]]])
def test_what_is_no_answer_is_refused(answers):
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        nps(answers)


def test_more_answers_than_asked_and_counts_below_none_are_refused():
    with pytest.raises(ValueError, match="asked"):
        nps([9, 9], asked=1)
    with pytest.raises(ValueError, match="at least 0"):
        nps_of_counts(3, -1, 0)


def test_a_change_adds_the_variances_of_both_scores():
    before, after = [9] * 25 + [8] * 15 + [5] * 10, [9] * 12 + [8] * 6 + [3] * 2
    was, became = nps(before), nps(after)

    moved = nps_change(before, after)

    half = np.hypot((was.high - was.low) / 2, (became.high - became.low) / 2)
    assert moved.value == pytest.approx(20)
    assert (moved.high - moved.low) / 2 == pytest.approx(half)
    assert moved.n == 20
    assert moved.note == "50 answers before, 20 after."


@given(PAIRS)
def test_a_change_back_is_the_mirror_image_paired_or_not(pairs):
    before, after = zip(*pairs, strict=True)

    for change in (nps_change, nps_change_paired):
        there, back = change(before, after), change(after, before)
        assert there.value == pytest.approx(nps(after).score - nps(before).score)
        assert back.value == pytest.approx(-there.value)
        assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
        assert there.low <= there.value <= there.high


def test_pairs_tell_more_than_strangers_when_most_stay_as_they_are():
    before = [9] * 50 + [8] * 30 + [5] * 20
    after = [9] * 60 + [8] * 20 + [5] * 20

    paired, strangers = nps_change_paired(before, after), nps_change(before, after)

    assert paired.value == pytest.approx(strangers.value)
    assert paired.low > 0 > strangers.low


def test_pairs_need_the_same_contacts():
    with pytest.raises(ValueError, match="same contacts"):
        nps_change_paired([9, 9], [9])
