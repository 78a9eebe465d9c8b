"""Axes and words: round marks, dates in their place, figures said with their range and base."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from math import ulp
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arbiter.ui.charts import plot
from arbiter.ui.charts.figures import Figure, Reading, known
from arbiter.ui.charts.scales import Scale, TimeScale, moment, nice_ticks

PERCENT = Reading()


class TestRoundMarks:
    @pytest.mark.parametrize(
        ("low", "high", "marks"),
        [
            (0.78, 0.945, (0.75, 0.8, 0.85, 0.9, 0.95)),
            (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
            (20, 57, (20, 30, 40, 50, 60)),
            (-3, 12, (-5, 0, 5, 10, 15)),
            (1_420_000, 2_000_000, (1_400_000, 1_600_000, 1_800_000, 2_000_000)),
        ],
    )
    def test_they_are_round_and_hold_both_ends(self, low, high, marks):
        assert nice_ticks(low, high) == pytest.approx(marks)

    @given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(3, 8))
    @example(low=-879609303.0, length=0.001, most=6)
    def test_they_are_few_evenly_apart_and_hold_every_value(self, low, length, most):
        marks = nice_ticks(low, low + length, most=most)
        step = marks[1] - marks[0]
        hair = max(step * 1e-6, ulp(abs(low) + length))  # what is lost in the last digit

        assert 2 <= len(marks) <= most
        assert marks[0] <= low + hair
        assert marks[-1] >= low + length - hair
        assert [b - a for a, b in pairwise(marks)] == pytest.approx(
            [step] * (len(marks) - 1), rel=1e-3
        )

    def test_an_axis_without_length_is_refused(self):
        with pytest.raises(ValueError, match="low end below its high end"):
            nice_ticks(1, 1)


class TestScale:
    def test_it_ends_at_round_marks(self):
        scale = Scale.over([0.86, None, 0.91, 0.78])

        assert (scale.low, scale.high) == pytest.approx((0.75, 0.95))
        assert scale.share(0.85) == pytest.approx(0.5)

    def test_given_ends_stand_and_only_marks_within_them_are_drawn(self):
        scale = Scale.over([0.4, 0.7], low=0.33, high=0.88)

        assert (scale.low, scale.high) == (0.33, 0.88)
        assert all(0.33 <= mark <= 0.88 for mark in scale.ticks)

    def test_equal_values_make_room_around_themselves(self):
        scale = Scale.over([5, 5])

        assert 0 < scale.share(5) < 1

    def test_nothing_known_still_makes_an_axis(self):
        assert Scale.over([None]).ticks == pytest.approx((0, 0.2, 0.4, 0.6, 0.8, 1))

    def test_what_lies_beyond_a_given_end_is_drawn_at_it(self):
        scale = Scale.over([0.2, 3], high=1, low=0)

        assert scale.share(3) == 1


class TestDays:
    def test_a_day_lies_where_its_date_says(self):
        times = TimeScale.over([date(2026, 1, 1), date(2026, 1, 11), date(2026, 4, 11)])

        assert times.share(date(2026, 1, 11)) == pytest.approx(0.1)

    def test_a_single_day_stands_in_the_middle(self):
        times = TimeScale.over([date(2026, 1, 1)])

        assert times.share(date(2026, 1, 1)) == 0.5
        assert times.ticks() == [(0.5, "1 Jan 2026")]

    def test_the_hour_counts(self):
        assert moment(datetime(2026, 1, 1, 18, tzinfo=UTC)) - moment(date(2026, 1, 1)) == 0.75

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            (date(2026, 1, 1), date(2026, 6, 30), ["Jan 2026", "Feb", "Mar", "Apr", "May", "Jun"]),
            (date(2025, 10, 15), date(2026, 11, 1), ["Jan 2026", "Apr", "Jul", "Oct"]),
            (date(2021, 3, 1), date(2026, 2, 1), ["2022", "2023", "2024", "2025", "2026"]),
            (date(2026, 2, 27), date(2026, 3, 9), ["27 Feb 2026", "1 Mar", "3 Mar", "5 Mar", "7 Mar", "9 Mar"]),
        ],
    )  # fmt: skip
    def test_marks_are_round_dates_and_say_the_year_once(self, start, end, words):
        assert [text for _, text in TimeScale.over([start, end]).ticks()] == words

    @given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 20_000))
    def test_marks_are_few_and_inside(self, start, days):
        ticks = TimeScale.over([start, date.fromordinal(start.toordinal() + days)]).ticks()

        assert len(ticks) <= 6
        assert all(0 <= at <= 1 for at, _ in ticks)


class TestWords:
    def test_those_that_would_touch_the_one_before_have_no_room(self):
        marks = [(0.0, "Jan 2025"), (0.1, "Mar"), (0.5, "Jul"), (1.0, "Jan 2026")]

        assert plot.fitting(marks, width=225) == [True, False, True, True]

    def test_a_phone_leaves_them_out(self):
        drawn = "".join(plot.row_of_words([(0.0, "Jan 2025"), (0.1, "Mar")], 10))

        assert drawn.count("plot__word--roomy") == 1

    @given(st.lists(st.floats(0, 100), max_size=6))
    def test_ends_of_lines_are_kept_a_line_apart_in_their_order(self, heights):
        placed = plot.spread(heights, least=14, floor=200)
        order = sorted(range(len(heights)), key=heights.__getitem__)
        ordered = [placed[at] for at in order]

        assert all(b - a >= 14 - 1e-9 for a, b in pairwise(ordered))
        assert all(height <= 200 for height in placed)


class TestFigures:
    @pytest.mark.parametrize("value", [None, "", float("nan"), float("inf"), Decimal("NaN")])
    def test_what_nobody_knows_is_none(self, value):
        assert known(value) is None

    @pytest.mark.parametrize(
        ("reading", "value", "said"),
        [
            (Reading(), 0.8449, "84%"),
            (Reading(), 0.998, "over 99%"),
            (Reading(digits=1), Decimal("0.0316"), "3.2%"),
            (Reading("number", digits=2), 0.7, "0.70"),
            (Reading("number"), 0.70444, "0.704"),
            (Reading("number"), 12345.6, "12,346"),
            (Reading("number", unit="days"), 47.5, "47.5 days"),
            (Reading("number"), -0.0, "0"),
            (Reading("points"), 52.4, "+52"),
            (Reading("points"), -6, "−6"),
            (Reading("points"), 0.2, "0"),
            (Reading("money", currency="EUR"), Decimal("1842000"), "€1.84m"),
            (Reading(), None, "not known"),
        ],
    )
    def test_a_value_is_said_in_its_kind(self, reading, value, said):
        assert reading.say(value) == said

    @pytest.mark.parametrize(
        ("reading", "low", "high", "said"),
        [
            (Reading(), 0.78, 0.891, "78–89%"),
            (Reading(digits=1), 0.868, 0.938, "86.8–93.8%"),
            (Reading(), -0.04, 0.12, "−4 to 12%"),
            (Reading("number", digits=2), 0.62, 0.79, "0.62–0.79"),
            (Reading("points"), 21, 79, "+21 to +79"),
            (Reading("money", currency="EUR"), 1_200_000, 1_400_000, "€1.2m–€1.4m"),
            (Reading("number", unit="days"), 41, 58, "41–58 days"),
            (Reading(), None, 0.9, ""),
        ],
    )
    def test_a_range_says_its_unit_once(self, reading, low, high, said):
        assert reading.between(low, high) == said

    @pytest.mark.parametrize(
        ("reading", "value", "step", "said"),
        [
            (Reading(), 0.85, 0.05, "85%"),
            (Reading(), 0.025, 0.005, "2.5%"),
            (Reading("points"), 20.0, 10.0, "+20"),
            (Reading("number"), 0.5, 0.25, "0.50"),
            (Reading("money", currency="EUR"), 1_500_000.0, 500_000.0, "€1.5m"),
        ],
    )
    def test_a_mark_has_the_digits_its_steps_need(self, reading, value, step, said):
        assert reading.at_tick(value, step) == said

    def test_an_unknown_kind_is_refused(self):
        with pytest.raises(ValueError, match="no kind 'score'"):
            Reading("score")

    def test_a_share_of_few_is_said_in_counts(self):
        assert Figure(0.625, n=8, count=5).said(PERCENT) == "5 of 8"
        assert Figure(0.625, n=80, count=50).said(PERCENT) == "63%"
        assert Figure(0.625, n=8).is_of_few

    def test_a_count_and_its_base_make_the_share(self):
        assert Figure.of({"count": 3, "n": 12}).value == 0.25

    def test_a_named_tuple_has_no_count_although_it_can_count(self):
        class Estimate(NamedTuple):
            value: float
            low: float
            high: float
            n: int

        assert Figure.of(Estimate(0.5, 0.4, 0.6, 90)) == Figure(0.5, 0.4, 0.6, 90, None)

    def test_it_is_read_out_with_its_range_and_base(self):
        figure = Figure(0.84, 0.78, 0.89, 212)

        assert figure.sentence(PERCENT, base="customers") == "84%, 78–89%, customers 212"
