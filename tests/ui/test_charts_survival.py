"""Who is still there: steps with their range, ticks for whom nothing is told yet, numbers at risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.survival import kaplan_meier
from arbiter.ui.charts.curves import Survival, as_table, curves_of, sentence
from arbiter.ui.charts.survival import survival_chart
from tests.ui.svg import label, parts, percents, points, texts

STEPS = [
    {"time": 6, "survival": 0.9, "low": 0.8, "high": 0.96, "at_risk": 50, "events": 5},
    {"time": 9, "survival": 0.9, "low": 0.8, "high": 0.96, "at_risk": 45, "censored": 3},
    {"time": 12, "survival": 0.45, "low": 0.3, "high": 0.6, "at_risk": 42, "events": 21},
]


def chart(given_=STEPS, **values):
    return Survival(curves_of(given_), **values)


class TestCurve:
    def test_it_starts_with_everyone_and_goes_down_in_steps(self):
        line = points(parts(survival_chart(chart()), "plot__line--first")[0])
        top, bottom = 12.0, 230.0

        assert line[0] == (0, top)
        assert line[1] == (50, top)
        assert line[2] == (50, pytest.approx(bottom - 0.9 * (bottom - top)))
        assert line[-1] == (100, pytest.approx(bottom - 0.45 * (bottom - top)))

    def test_its_range_is_a_stepped_band(self):
        assert len(parts(survival_chart(chart()), "plot__band")) == 1

    def test_where_the_range_is_not_known_the_band_ends(self):
        without = [STEPS[0], {**STEPS[1], "low": None}, STEPS[2]]

        assert len(parts(survival_chart(chart(without)), "plot__band")) == 2

    def test_a_tick_stands_where_watching_ended_for_somebody(self):
        assert percents(parts(survival_chart(chart()), "plot__tick"), "x1") == [75]

    def test_numbers_at_risk_stand_under_the_round_times(self):
        drawn = survival_chart(chart())
        told = texts(drawn, "plot__word")

        assert chart().marks == [0, 2, 4, 6, 8, 10, 12]
        assert told[told.index("at risk") + 1 :][:7] == ["50", "50", "50", "50", "45", "42", "42"]

    def test_half_is_marked_when_it_is_crossed(self):
        assert "half by 12 months" in texts(survival_chart(chart()), "plot__word")
        assert parts(survival_chart(chart(STEPS[:2])), "plot__event") == []
        assert parts(survival_chart(chart(median=False)), "plot__event") == []

    def test_rising_tells_how_many_got_there(self):
        drawn = survival_chart(chart(rising=True))

        assert label(drawn) == "55% so far after 12 months (40–70%), half by 12 months."

    def test_the_time_axis_may_end_earlier(self):
        line = points(parts(survival_chart(chart(until=10)), "plot__line--first")[0])

        assert line[-1][0] == 100
        assert "90% still there after 10 months" in label(survival_chart(chart(until=10)))

    def test_two_curves_have_their_own_rows_at_risk(self):
        two = [{"name": "Asked", "steps": STEPS}, {"name": "Not asked", "steps": STEPS[:2]}]
        drawn = survival_chart(chart(two))

        assert texts(drawn, "plot__name") == ["Asked", "Not asked"]
        assert len(parts(drawn, "plot__line--second")) == 2

    def test_years_of_days_weigh_no_more_than_can_be_seen(self):
        daily = [{"time": day, "survival": 1 - day / 6000, "censored": 1} for day in range(1, 3000)]
        drawn = survival_chart(chart(daily, unit="days"))

        assert len(points(parts(drawn, "plot__line--first")[0])) <= 2 * 402
        assert parts(drawn, "plot__tick") == []

    def test_nobody_yet_is_drawn_as_unknown(self):
        assert label(survival_chart(chart([], name="Still customers"))) == (
            "Still customers: nothing is known yet."
        )

    @given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 1)), min_size=1, max_size=20))
    def test_nothing_is_ever_drawn_outside(self, rows):
        drawn = survival_chart(chart([{"time": time, "survival": share} for time, share in rows]))

        assert "nan" not in drawn
        for node in parts(drawn, "plot__line--first"):
            assert all(-0.01 <= x <= 100.01 and 12 <= y <= 230 for x, y in points(node))


class TestWords:
    def test_the_table_tells_round_times(self):
        told = as_table(chart(name="Still customers"))

        assert [column.label for column in told.columns] == [
            "After", "Still there", "Could be", "At risk", "Left",
        ]  # fmt: skip
        assert [cell.text for cell in told.rows[-1]] == ["12 months", "45%", "30–60%", "42", "26"]

    def test_each_curve_is_read_out(self):
        two = [{"name": "Asked", "steps": STEPS}, {"name": "Not asked", "steps": STEPS[:2]}]

        assert sentence(chart(two)) == (
            "Asked 45% still there after 12 months (30–60%), half by 12 months; "
            "Not asked 90% still there after 12 months (80–96%)."
        )


class TestEstimated:
    def test_a_curve_of_kaplan_and_meier_is_taken_as_it_is(self):
        estimated = kaplan_meier([3, 5, 7, 8], [1, 0, 1, 0])
        (curve,) = curves_of(estimated)

        assert [step.time for step in curve.steps] == [0, 3, 5, 7, 8]
        assert [step.survival for step in curve.steps] == [1, 0.75, 0.75, 0.375, 0.375]
        assert [step.at_risk for step in curve.steps] == [4, 4, 3, 2, 1]
        assert [step.censored for step in curve.steps] == [0, 0, 1, 0, 1]

    def test_all_who_were_watched_are_told_of(self):
        rng = np.random.default_rng(7)
        days, seen = rng.integers(1, 900, 300).astype(float), rng.integers(0, 2, 300)
        (curve,) = curves_of([{"name": "All", "steps": kaplan_meier(days, seen)}])

        assert sum(step.events + step.censored for step in curve.steps) == 300
        assert all(curve.at_risk(t) == (days >= t).sum() for t in (1, 90, 365, 800))

    def test_the_tag_draws_it(self, draw):
        page = draw(
            '{% survival_chart curve unit="days" name="Still customers" %}',
            curve=kaplan_meier([3, 5, 7, 8], [1, 0, 1, 0]),
        )

        assert "38% still there after 8 days" in page
        assert "As a table" in page
