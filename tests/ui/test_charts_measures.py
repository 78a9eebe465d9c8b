"""Cohorts, calibration, three voices and measures' tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.estimate import Estimate
from arbiter.ui.charts import cohorts, reliability
from arbiter.ui.charts.figures import Reading
from arbiter.ui.charts.measure_tile import Measure
from arbiter.ui.charts.voices import Voices, sentence, voices
from tests.ui.svg import label, parts, percents, texts

CHANCE = st.none() | st.floats(0, 1)


class TestCohorts:
    GIVEN = (
        {"label": "Q1", "n": 40, "cells": [{"value": 1.0, "n": 40}, {"value": 0.5, "n": 40}, {"value": 0.75, "n": 38}]},
        {"label": "Q2", "n": 4, "url": "/q2/", "cells": [{"value": 0.25, "n": 4, "count": 1}, None]},
    )  # fmt: skip

    def fields(self, **values):
        shading = cohorts.shades(self.GIVEN, few=5, **values)
        found = cohorts.cohorts_of(self.GIVEN, ["3", "6", "9"], reading=Reading(), shading=shading)
        return [cohort.fields for cohort in found]

    def test_the_higher_the_darker(self):
        first, _ = self.fields()

        assert [field.level for field in first] == [5, 1, 3]

    def test_few_are_grey_counted_and_do_not_stretch_the_shades(self):
        _, second = self.fields()

        assert second[0].is_few
        assert (second[0].shown, second[0].n) == ("1 of 4", "")

    def test_what_is_not_there_yet_is_empty(self):
        _, second = self.fields()

        assert second[1:] == (None, None)

    def test_given_ends_hold_the_shades_still(self):
        first, _ = self.fields(low=0, high=1)

        assert [field.level for field in first] == [5, 3, 4]

    def test_equal_values_are_of_one_shade(self):
        same = [{"label": "Q1", "n": 40, "cells": [{"value": 0.5, "n": 40}]}]

        assert cohorts.shades(same, few=5).level(cohorts.Figure(0.5, n=40)) == 3

    def test_more_fields_than_ages_are_refused(self):
        with pytest.raises(ValueError, match="3 fields for 1 ages"):
            cohorts.cohorts_of(
                self.GIVEN, ["3"], reading=Reading(), shading=cohorts.Shades(0, 1, 5)
            )

    def test_it_is_a_table_with_the_base_in_each_field(self, draw):
        page = draw("{% cohort_table given ages %}", given=self.GIVEN, ages=["3", "6", "9"])

        assert page.count('scope="row"') == 2
        assert page.count("cohorts__field--none") == 2
        assert '<a href="/q2/">Q2</a>' in page
        assert 'title="50%, n 40"' in page
        assert "grey below 5" in page


class TestReliability:
    BINS = (
        {"forecast": 0.8, "value": 0.6, "low": 0.5, "high": 0.7, "n": 100},
        {"forecast": 0.3, "happened": 0.35, "low": 0.2, "high": 0.5, "n": 40, "url": "/bin/"},
        {"forecast": 0.1, "value": None, "n": 0},
    )

    def chart(self, bins=BINS, **values):
        return reliability.Reliability(reliability.bins_of(bins), **values)

    def test_a_dot_lies_at_forecast_and_share_with_its_range(self):
        drawn = reliability.reliability_chart(self.chart())
        dots = parts(drawn, "plot__dot")

        assert percents(dots, "cx") == [30, 80]
        assert float(dots[0].get("cy")) == pytest.approx(260 - 0.35 * 234)
        assert len(parts(drawn, "plot__whisker")) == 2

    def test_a_group_without_renewals_is_left_out(self):
        assert [each.forecast for each in self.chart().bins] == [0.3, 0.8]

    def test_it_is_read_out_by_what_lies_outside(self):
        assert label(reliability.reliability_chart(self.chart())) == (
            "Forecast against what happened: in 1 of 2 groups the range of the share that renewed holds the "
            "forecast. Outside: 80% forecast, 60%, 50–70%, n 100."
        )

    def test_bars_tell_how_many_stand_in_each(self):
        drawn = reliability.reliability_chart(self.chart())

        assert [float(bar.get("height")) for bar in parts(drawn, "plot__bar")] == [10.4, 26]
        assert {"40", "100"} <= set(texts(drawn, "plot__word"))

    def test_nothing_decided_is_said(self):
        drawn = reliability.reliability_chart(self.chart([], name="Team's belief"))

        assert label(drawn) == "Team's belief: nothing has been decided yet."

    def test_the_table_opens_to_names(self, draw):
        page = draw("{% reliability_chart bins %}", bins=self.BINS)

        assert '<a href="/bin/">30%</a>' in page
        assert "35%" in page


class TestVoices:
    def test_belief_and_forecast_stand_on_one_line_and_are_never_averaged(self):
        drawn = voices(Voices("not_sure", 0.92, 0.74, 0.58, 0.86))

        assert percents(parts(drawn, "voices__forecast"), "cx") == [74]
        assert (
            percents(parts(drawn, "voices__gap"), "x"),
            percents(parts(drawn, "voices__gap"), "width"),
        ) == ([74], [18])
        assert "83%" not in drawn
        assert label(drawn) == (
            "Customer: not sure; the team believes 92%; the model says 74% (58–86%)."
        )

    @pytest.mark.parametrize(
        ("given_", "said", "apart"),
        [
            (Voices("not_sure", 0.92, 0.74), "Team and model are 18 points apart.", True),
            (Voices("yes", 0.9, 0.91), "Team and model are 1 point apart.", False),
            (Voices("yes", 0.9, 0.9), "Team and model agree.", False),
            (Voices("no", 0.8, 0.34), "The customer said no; the team expects the opposite. Team and model are 46 points apart.", True),
            (Voices("no", 0.8, 0.75), "The customer said no; the team and the model expect the opposite. Team and model are 5 points apart.", True),
            (Voices("yes", None, 0.3), "The customer said yes; the model expects the opposite.", True),
            (Voices("never_asked", None, 0.7), "", False),
        ],
    )  # fmt: skip
    def test_disagreement_is_said(self, given_, said, apart):
        assert given_.verdict == said
        assert given_.disagree is apart

    def test_who_has_not_spoken_has_a_dashed_lane(self):
        drawn = voices(Voices("never_asked", None, 0.7, 0.4, 0.9))

        assert len(parts(drawn, "voices__lane--silent")) == 1
        assert parts(drawn, "voices__belief") == []
        assert sentence(Voices()) == "Customer: never asked; no belief written down; no forecast."

    def test_an_unknown_answer_is_refused(self):
        with pytest.raises(KeyError):
            voices(Voices("green"))

    @given(belief=CHANCE, forecast=CHANCE, low=CHANCE, high=CHANCE, size=st.sampled_from(["", "small"]))  # fmt: skip
    def test_nothing_is_ever_drawn_outside(self, belief, forecast, low, high, size):
        drawn = voices(Voices("yes", belief, forecast, low, high), size=size)

        assert "nan" not in drawn
        assert all(0 <= x <= 100 for x in percents(parts(drawn, "voices__forecast"), "cx"))

    def test_a_table_has_the_small_form(self, draw):
        page = draw('{% voices answer="no" belief=0.8 forecast=0.34 low=0.19 high=0.53 size="small" %}')  # fmt: skip

        assert 'width="96"' in page
        assert "<b>80%</b> team" in page
        assert "look--no" in page

    def test_nothing_known_is_said_in_both_forms(self, draw):
        assert draw("{% voices %}").count("None yet") == 2
        assert "no belief" in draw('{% voices size="small" %}')


class TestTile:
    def test_it_shows_the_value_its_range_its_base_and_how_it_is_counted(self, draw):
        estimate = Estimate(0.909, 0.868, 0.938, 212, 74.2, "Growth never offsets a loss.")

        page = draw(
            '{% measure_tile "GRR" estimate=e digits=1 formula="kept ÷ start" timing="trailing" side="ours" names_url="/n/" url="/grr/" %}',
            e=estimate,
        )

        for said in (
            ">90.9%<", "could be 86.8–93.8%", "212 customers", "kept ÷ start", "count like 74 equal ones",
            "Growth never offsets a loss.", "Trailing", "Ours", '<a href="/n/">Names</a>', '<a href="/grr/">GRR</a>',
        ):  # fmt: skip
            assert said in page

    def test_of_few_it_shows_counts(self):
        tile = Measure("Renewal rate", value=0.625, n=8, count=5, low=0.31, high=0.86)

        assert (tile.shown, tile.between) == ("5 of 8", "31–86%")

    def test_what_is_not_known_says_so_and_why(self, draw):
        page = draw('{% measure_tile "CLV" estimate=e kind="money" %}', e=Estimate.too_few(3, "Not enough churn."))  # fmt: skip

        assert "Not known yet" in page
        assert "Not enough churn." in page

    def test_one_is_said_in_the_singular(self):
        assert Measure("A", value=1, n=1).shown_base == "1 customer"
        assert Measure("A", value=1, n=1, base="contracts due").shown_base == "1 contract due"
        assert Measure("A", value=1, n=2, base="contracts due").shown_base == "2 contracts due"

    def test_an_effective_number_is_told_only_where_it_is_smaller(self):
        assert Measure("A", value=1, n=10, effective_n=10).shown_effective_n == ""
        assert Measure("A", value=1, n=10, effective_n=4.4).shown_effective_n == "4"

    def test_a_single_point_makes_no_trend(self):
        assert Measure("A", value=1, points=[{"at": None, "value": None}][:0]).drawing == ""

    def test_whose_word_it_is_has_two_choices(self):
        with pytest.raises(ValueError, match="ours or theirs"):
            Measure("A", side="both")

    def test_what_pages_say_is_escaped(self, draw):
        evil = "<b>&"

        page = draw(
            "{% measure_tile evil value=1 formula=evil note=evil question=evil action_url='/a/' action_text=evil base=evil n=3 %}",
            evil=evil,
        )

        assert evil not in page
