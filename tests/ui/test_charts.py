"""Bars and marks: what they say, and where they draw it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.ui.charts import five_states, goal_track
from arbiter.ui.charts.contribution import contribution
from arbiter.ui.charts.forecast_mark import forecast_mark
from arbiter.ui.charts.gap_bar import gap_bar
from arbiter.ui.charts.goal_track import Track
from arbiter.ui.charts.progress import progress
from arbiter.ui.charts.segment_bar import segment_bar
from arbiter.ui.charts.sparkline import sparkline
from arbiter.ui.charts.svg import element
from tests.ui.svg import label, parts

SOME = st.none() | st.floats(-1e6, 1e6)


def percent_of(node, name):
    return float(node.get(name).rstrip("%"))


class TestElement:
    def test_attributes_are_escaped_and_named_as_in_svg(self):
        drawn = element("text", class_="a", text_anchor="end", x=1.50, aria_label='"<&', y=None)

        assert drawn == '<text class="a" text-anchor="end" x="1.5" aria-label="&quot;&lt;&amp;"/>'


class TestSegments:
    def test_each_part_is_as_wide_as_its_weight(self):
        drawn = segment_bar([("yes", 3), ("no", 1)])
        boxes = ElementTree.fromstring(drawn)

        assert [percent_of(box, "width") for box in boxes] == [75, 25]
        assert [percent_of(box, "x") for box in boxes] == [0, 75]

    def test_it_is_read_out_by_what_was_said(self):
        assert (
            label(segment_bar(["achieved", "achieved", "never_asked"]))
            == "2 achieved, 1 never asked"
        )

    def test_only_what_we_measured_is_striped(self):
        drawn = segment_bar(["achieved", "measured", "never_asked"])

        assert [part.get("fill") for part in parts(drawn, "segment")] == [
            None,
            "url(#stripes-faint)",
            None,
        ]

    def test_nothing_at_all_is_drawn_as_unasked(self):
        assert len(parts(segment_bar([]), "segment--unasked")) == 1

    def test_an_unknown_state_is_refused(self):
        with pytest.raises(ValueError, match="There is no state 'green'"):
            segment_bar(["green"])


class TestFiveStates:
    def test_all_five_stand_in_their_order_and_the_missing_ones_are_none(self):
        five = five_states.standings([{"answer": "no", "customers": 2, "money": "300"}], "EUR")

        assert [one.key for one in five] == ["yes", "not_sure", "no", "no_reply", "never_asked"]
        assert [one.customers for one in five] == [0, 0, 2, 0, 0]

    def test_shares_are_of_the_money(self):
        given = [
            {"answer": "yes", "customers": 1, "money": "75"},
            {"answer": "never_asked", "customers": 19, "money": "25"},
        ]

        five = five_states.standings(given, "EUR")

        assert (five[0].shown_share, five[4].shown_share) == ("75%", "25%")
        assert "yes €75 (75%)" in five_states.money_sentence(five)
        assert five_states.customers_sentence(five).endswith("never asked 19")

    def test_of_fewer_than_twenty_customers_the_counts_stand_alone(self):
        given = [{"answer": "yes", "customers": 19, "money": "75"}]

        five = five_states.standings(given, "EUR")

        assert {one.shown_share for one in five} == {""}
        assert five_states.money_sentence(five).startswith("By money: yes €75, not sure")

    def test_no_money_at_all_divides_by_nothing(self):
        given = [{"answer": "never_asked", "customers": 20}]

        assert {one.shown_share for one in five_states.standings(given, "EUR")} == {"0%"}


class TestGoalTrack:
    def test_solid_ends_at_the_confirmed_value_and_stripes_at_todays(self):
        drawn = goal_track.goal_track(Track(baseline=10, target=20, value=18, confirmed=15))

        assert percent_of(parts(drawn, "track__confirmed")[0], "width") == 50
        assert percent_of(parts(drawn, "track__measured")[0], "width") == 80

    def test_down_is_good_too(self):
        track = Track(baseline=10, target=2, value=4, direction="down")

        assert track.attained(4) == 0.75
        assert track.attained(12) == -0.25

    def test_beyond_the_target_the_goal_is_marked_and_the_bar_goes_on(self):
        drawn = goal_track.goal_track(Track(baseline=0, target=100, value=120))

        assert percent_of(parts(drawn, "track__measured")[0], "width") == 100
        assert percent_of(parts(drawn, "track__goal")[0], "x1") == pytest.approx(
            100 / 1.2, abs=0.01
        )
        assert "120% of the way" in label(drawn)

    def test_solid_never_reaches_further_than_today(self):
        drawn = goal_track.goal_track(Track(baseline=0, target=100, value=40, confirmed=60))

        assert percent_of(parts(drawn, "track__confirmed")[0], "width") == 40

    def test_labels_too_long_to_stand_side_by_side_are_left_to_the_text_below(self):
        short = Track(baseline=120, target=12, value=60, unit="days", end="by 31 Jan")
        long = Track(baseline=120, target=12, value=60, unit="Rechnungspositionen je Person")

        assert (short.is_wordy, long.is_wordy) == (False, True)
        assert "<text" in goal_track.goal_track(short)
        assert "<text" not in goal_track.goal_track(long)

    def test_a_goal_next_to_its_baseline_makes_no_value_endless(self):
        track = Track(baseline=None, target=2.3e-308, value=1, direction="reach")

        assert track.attained(1) == 1_000_000
        assert "% of the way" in goal_track.sentence(track)

    @pytest.mark.parametrize(
        ("track", "missing"),
        [
            (Track(baseline=None, target=80, value=31), "baseline is missing"),
            (Track(baseline=3, target=None), "target is missing"),
            (Track(baseline=5, target=5, value=5), "a distance to go is missing"),
        ],
    )
    def test_without_a_scale_it_says_what_is_missing(self, track, missing):
        drawn = goal_track.goal_track(track)

        assert missing in label(drawn)
        assert len(parts(drawn, "track__unknown")) == 1
        assert parts(drawn, "track__measured") == []

    def test_reach_needs_no_baseline(self):
        assert Track(baseline=None, target=12, value=6, direction="reach").attained(6) == 0.5

    def test_what_is_not_measured_is_not_drawn_and_said(self):
        drawn = goal_track.goal_track(Track(baseline=10, target=80, unit="%"))

        assert parts(drawn, "track__measured") == []
        assert "today Not measured" in label(drawn)

    def test_the_sentence_says_whether_the_customer_confirmed(self):
        confirmed = Track(
            baseline=0, target=10, value=5, confirmed=4, unit="days", name="Days to close", plan=6
        )

        assert goal_track.sentence(confirmed) == (
            "Days to close: from 0 days to 10 days, today 5 days, 50% of the way, "
            "confirmed by the customer at 4 days, the plan expects 6 days."
        )
        assert "not confirmed by the customer" in goal_track.sentence(
            Track(baseline=0, target=10, value=5)
        )

    @given(baseline=SOME, target=SOME, value=SOME, confirmed=SOME, plan=SOME, direction=st.sampled_from(["up", "down", "reach"]))  # fmt: skip
    def test_nothing_is_ever_drawn_outside(self, **values):
        drawn = goal_track.goal_track(Track(**values))

        assert all(0 <= float(place) <= 100 for place in re.findall(r'"(-?[\d.]+)%"', drawn))
        assert "nan" not in drawn


class TestSparkline:
    def test_time_is_drawn_to_scale(self):
        points = [(date(2026, 1, 1), 1), (date(2026, 1, 11), 2), (date(2026, 4, 11), 3)]

        line = parts(sparkline(points), "spark__line")[0].get("points")

        assert line == "0.00,46.00 10.00,26.00 100.00,6.00"

    def test_the_confirmed_dot_sits_on_the_last_result_known_that_day(self):
        points = [(date(2026, 1, 1), 1), (date(2026, 1, 11), 2), (date(2026, 4, 11), 3)]

        drawn = sparkline(points, confirmed=date(2026, 2, 1))

        assert percent_of(parts(drawn, "spark__confirmed")[0], "cx") == 10

    def test_a_confirmation_before_any_result_has_no_dot(self):
        drawn = sparkline([(date(2026, 1, 2), 1)], confirmed=date(2026, 1, 1))

        assert parts(drawn, "spark__confirmed") == []

    def test_no_results_are_no_line(self):
        drawn = sparkline([], target=5, name="Days")

        assert label(drawn) == "Days: no results yet."
        assert parts(drawn, "spark__line") == []

    def test_a_single_result_is_a_dot(self):
        drawn = sparkline([7], target=5)

        assert parts(drawn, "spark__line") == []
        assert len(parts(drawn, "spark__last")) == 1

    def test_it_is_read_out_with_its_target(self):
        assert label(sparkline([11.4, 6.1], target=5, unit="days")) == (
            "2 results, from 11.4 days to 6.1 days, target 5 days."
        )


class TestForecast:
    def test_bands_nest_around_the_dot(self):
        drawn = forecast_mark(0.74, 0.58, 0.86, inner_low=0.65, inner_high=0.8, base=0.8)

        outer, inner = parts(drawn, "forecast__outer")[0], parts(drawn, "forecast__inner")[0]
        assert (percent_of(outer, "x"), percent_of(outer, "width")) == (58, 28)
        assert (percent_of(inner, "x"), percent_of(inner, "width")) == (65, 15)
        assert percent_of(parts(drawn, "forecast__dot")[0], "cx") == 74
        assert label(drawn) == (
            "Our forecast: 74% likely to renew, could be 58–86%. Similar customers: 80%."
        )

    def test_the_tables_mark_is_96_wide_and_has_no_axis(self):
        drawn = forecast_mark(0.5, 0.4, 0.6, size="small")

        assert ElementTree.fromstring(drawn).get("width") == "96"
        assert parts(drawn, "forecast__word") == []

    def test_without_a_forecast_there_is_no_dot(self):
        drawn = forecast_mark(None, None, None)

        assert label(drawn) == "No forecast yet."
        assert parts(drawn, "forecast__dot") == []


class TestReason:
    def test_for_goes_right_and_against_goes_left_by_their_size(self):
        plus = parts(contribution(10, largest=10), "reason__bar")[0]
        minus = parts(contribution(-5, largest=10), "reason__bar")[0]

        assert (percent_of(plus, "x"), percent_of(plus, "width")) == (50, 50)
        assert (percent_of(minus, "x"), percent_of(minus, "width")) == (25, 25)

    def test_weak_evidence_is_striped_and_a_missing_word_is_dashed(self):
        assert (
            parts(contribution(1, largest=2, weak=True), "reason__bar--weak")[0].get("fill")
            == "url(#stripes)"
        )
        assert len(parts(contribution(1, largest=2, unknown=True), "reason__bar--unknown")) == 1


class TestGap:
    def test_the_gap_lies_between_what_was_said_and_what_we_believe(self):
        drawn = gap_bar(0.31, 0.92)

        assert percent_of(parts(drawn, "gap__said")[0], "width") == 31
        assert (
            percent_of(parts(drawn, "gap__open")[0], "x"),
            percent_of(parts(drawn, "gap__open")[0], "width"),
        ) == (31, 61)
        assert label(drawn) == "We believe 92% stays; customers have told us yes for 31%."

    def test_there_is_no_gap_when_customers_said_more(self):
        assert parts(gap_bar(0.98, 0.9), "gap__open") == []

    def test_nothing_known_is_drawn_as_unknown(self):
        drawn = gap_bar(None, None)

        assert label(drawn) == "We have not written down a belief; nobody was asked."
        assert len(parts(drawn, "gap__ground--unknown")) == 1


def test_progress_is_a_share_or_keeps_moving():
    assert percent_of(parts(progress(1, 4), "progress__bar")[0], "width") == 25
    assert len(parts(progress(None, None), "progress__bar--moving")) == 1
