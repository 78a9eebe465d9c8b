"""Time to value: dates, those still waiting, and why the mean of the arrived misleads."""

import numpy as np
import pytest

from arbiter.science.survival import kaplan_meier, time_to

NOT_YET = float("nan")


def test_dates_and_day_numbers_say_the_same():
    starts = np.array(
        ["2026-01-01", "2026-01-11", "2026-02-01", "2026-02-01"], dtype="datetime64[D]"
    )
    ends = np.array(["2026-01-21", "2026-03-02", "NaT", "2026-02-01"], dtype="datetime64[D]")

    by_date = time_to(starts, ends, np.datetime64("2026-04-01"))
    by_number = time_to([0, 10, 31, 31], [20, 60, NOT_YET, 31], 90)

    assert by_date.median == by_number.median
    assert by_date.curve.time.tolist() == [0, 20, 50]
    assert (by_date.reached, by_date.waiting, by_date.n) == (3, 1, 4)


def test_it_is_the_curve_of_those_not_there_yet():
    random = np.random.default_rng(1)
    start, takes = random.integers(0, 300, 200), random.exponential(120, 200).round()
    curve = kaplan_meier(np.minimum(takes, 400 - start), takes <= 400 - start)

    found = time_to(start, start + takes, 400)

    assert found.median == curve.median
    share, left = found.reached_by(60), curve.at(60)
    assert (share.value, share.low, share.high) == pytest.approx(
        (1 - left.value, 1 - left.high, 1 - left.low)
    )


def test_what_is_reached_after_the_day_of_looking_does_not_count_yet():
    early = time_to([0, 0, 0], [10, 40, 90], 50)

    assert (early.reached, early.waiting) == (2, 1)
    assert early.curve.longest == 50
    assert not early.reached_by(60).is_known


def test_who_is_waiting_makes_the_median_later_than_that_of_the_arrived():
    reached = [20, 30, 40, NOT_YET, NOT_YET]

    assert time_to([0] * 5, reached, 60).median.value == 40
    assert np.nanmedian(reached) == 30


def test_those_that_left_may_count_as_never_or_only_until_they_left():
    reached = [10, 40, NOT_YET, NOT_YET]

    of_all = time_to([0] * 4, reached, 50).reached_by(45)
    of_those_who_stay = time_to([0] * 4, reached, [50, 50, 20, 30]).reached_by(45)

    assert of_all.value == pytest.approx(0.5)
    assert of_those_who_stay.value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("started", "reached", "until", "word"),
    [
        ([0, 5], [4], 9, "one length"),
        ([5], [4], 9, "before they start"),
        ([5], [NOT_YET], 4, "watched"),
        ([NOT_YET], [NOT_YET], 4, "watched"),
    ],
)
def test_days_that_contradict_each_other_are_refused(started, reached, until, word):
    with pytest.raises(ValueError, match=word):
        time_to(started, reached, until)
