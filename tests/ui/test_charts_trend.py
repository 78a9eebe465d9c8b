"""Measures over time: gaps stay gaps, ranges stand around the line, and the table tells the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.ui.charts.figures import Reading
from arbiter.ui.charts.series import Trend, as_table, keys, sentence, series_of
from arbiter.ui.charts.trend import spark, trend_chart
from tests.ui.svg import label, parts, percents, points, texts

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
MAYBE = st.none() | st.floats(-1e6, 1e6)


def point(at, value, **more):
    return {"at": at, "value": value, **more}


def trend(given, **values):
    return Trend(series_of(given), Reading(), **values)


RETENTION = [
    point(JANUARY, 0.8, low=0.7, high=0.9, n=120),
    point(FEBRUARY, 0.85, low=0.75, high=0.95, n=130, note="price change"),
    point(MARCH, None),
    point(APRIL, 0.9, low=0.8, high=0.95, n=12, count=11, url="/names/"),
]


class TestLines:
    def test_a_value_lies_at_its_date_and_height(self):
        drawn = trend_chart(trend([point(JANUARY, 0.8), point(APRIL, 0.9)], bottom=0.8, top=0.9))
        line = points(parts(drawn, "plot__line")[0])

        assert line == [(0.0, 214.0), (100.0, 12.0)]

    def test_what_is_missing_breaks_the_line_and_the_axis(self):
        drawn = trend_chart(trend(RETENTION))
        gap = parts(drawn, "plot__gap")

        assert len(parts(drawn, "plot__line")) == 1
        assert percents(gap, "x1") == [pytest.approx(100 * 31 / 90, abs=0.01)]
        assert percents(gap, "x2") == [100]

    def test_a_lonely_value_is_a_dot_with_its_range_upright(self):
        drawn = trend_chart(trend([point(JANUARY, None), *RETENTION[3:]]))

        assert parts(drawn, "plot__line") == []
        assert len(parts(drawn, "plot__whisker--first")) == 1

    def test_the_range_is_a_band_around_the_line(self):
        drawn = trend_chart(trend(RETENTION[:2], bottom=0.7, top=1))
        low_start, low_end, high_end, high_start = points(parts(drawn, "plot__band")[0])

        assert low_start == (0.0, 214.0)
        assert low_start[1] > high_start[1]
        assert low_end[1] > high_end[1]

    def test_what_few_stand_behind_is_hollow(self):
        drawn = trend_chart(trend(RETENTION))

        assert len(parts(drawn, "plot__dot")) == 3
        assert len(parts(drawn, "plot__dot--few")) == 1

    def test_many_points_are_a_line_without_dots(self):
        days = [point(date(2026, 1, day), day) for day in range(1, 32)]

        assert parts(trend_chart(trend(days)), "plot__dot") == []

    def test_each_line_has_its_own_look_and_its_name_at_its_end(self):
        two = [
            {"name": "Enterprise", "points": RETENTION[:2]},
            {"name": "Small business", "points": [point(JANUARY, 0.7), point(FEBRUARY, 0.72)]},
        ]
        drawn = trend_chart(trend(two))

        assert len(parts(drawn, "plot__line--second")) == 1
        assert texts(drawn, "plot__name") == ["Enterprise", "Small business"]
        assert keys(trend(two)) == [("first", "Enterprise"), ("second", "Small business")]

    def test_our_expectation_has_our_colour(self):
        ours = [{"name": "expected", "tone": "forecast", "points": RETENTION[:2]}]

        assert len(parts(trend_chart(trend(ours)), "plot__line--forecast")) == 1

    def test_the_target_is_dashed_and_said(self):
        drawn = trend_chart(trend(RETENTION, target=0.95))

        assert len(parts(drawn, "plot__target")) == 1
        assert "target 95%" in texts(drawn, "plot__word")
        assert label(drawn).endswith("Target: 95%.")

    def test_events_are_numbered_where_they_happened(self):
        drawn = trend_chart(trend(RETENTION, annotations=((FEBRUARY, "price change"),)))

        assert percents(parts(drawn, "plot__event"), "x1") == [
            pytest.approx(100 * 31 / 90, abs=0.01)
        ]
        assert "1" in texts(drawn, "plot__word")

    def test_pointing_at_a_date_tells_its_numbers(self):
        told = [node.text for node in parts(trend_chart(trend(RETENTION)), "plot__moment") for node in node.iter("title")]  # fmt: skip

        assert told[1] == "Feb 2026\n85%, 75–95%, n 130 (price change)"
        assert told[2] == "Mar 2026\nno data"

    def test_nothing_known_is_drawn_as_unknown(self):
        drawn = trend_chart(trend([point(JANUARY, None)], name="Goals confirmed"))

        assert label(drawn) == "Goals confirmed: nothing is known yet."
        assert len(parts(drawn, "plot__unknown")) == 1
        assert label(trend_chart(trend([]))) == "nothing is known yet."

    @given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2040, 1, 1)), MAYBE, MAYBE, MAYBE), max_size=12))  # fmt: skip
    def test_nothing_is_ever_drawn_outside(self, rows):
        given_points = [{"at": at, "value": v, "low": a, "high": b} for at, v, a, b in rows]

        drawn = trend_chart(trend(given_points))

        assert "nan" not in drawn
        for class_ in ("plot__line", "plot__band"):
            for node in parts(drawn, class_):
                assert all(0 <= x <= 100 and 12 <= y <= 214 for x, y in points(node))


class TestWords:
    def test_it_is_read_out_from_start_to_end_with_what_is_missing(self):
        told = sentence(trend(RETENTION, name="Retention", base="customers"))

        assert told == (
            "Retention: from 80% in Jan 2026 to 11 of 12, 80–95%, customers 12 in Apr 2026, 1 of 4 not known."
        )

    @pytest.mark.parametrize(
        ("every", "said"),
        [("day", "1 Apr 2026"), ("month", "Apr 2026"), ("quarter", "Q2 2026"), ("year", "2026")],
    )
    def test_a_date_is_called_as_its_period(self, every, said):
        assert trend(RETENTION, every=every).day(APRIL) == said

    def test_the_table_holds_every_point_with_its_base_and_its_names(self):
        told = as_table(trend(RETENTION, base="customers"))
        last = told.rows[-1]

        assert [column.label for column in told.columns] == [
            "When", "Value", "Could be", "customers", "Note",
        ]  # fmt: skip
        assert [cell.text for cell in last] == ["Apr 2026", "11 of 12", "80–95%", "12", "–"]
        assert last[1].url == "/names/"
        assert told.rows[2][1].text == "no data"

    def test_the_table_names_the_lines_where_there_are_more(self):
        two = [{"name": name, "points": RETENTION[:1]} for name in ("Enterprise", "Small business")]

        assert [row[1].text for row in as_table(trend(two)).rows] == [
            "Enterprise",
            "Small business",
        ]


class TestSpark:
    def test_it_has_no_axes_and_keeps_the_gap(self):
        drawn = spark(trend([*RETENTION, point(date(2026, 5, 1), 0.91)], target=0.95))

        assert parts(drawn, "plot__word") == []
        assert len(parts(drawn, "plot__line")) == 2
        assert len(parts(drawn, "plot__target")) == 1

    def test_without_a_known_point_there_is_none(self):
        assert spark(trend([])) == ""
        assert spark(trend([point(JANUARY, None)])) == ""


class TestTag:
    def test_it_shows_the_drawing_and_its_table(self, draw):
        page = draw('{% trend_chart rows name="Retention" %}', rows=RETENTION)

        assert 'role="img"' in page
        assert "<summary>" in page
        assert '<a href="/names/">11 of 12</a>' in page

    def test_what_pages_say_is_escaped_everywhere(self, draw):
        evil = '<b onclick="x">&'
        rows = [point(JANUARY, 1, note=evil, url='" onclick="x'), point(FEBRUARY, 2)]
        series = [{"name": evil, "points": rows}, {"name": evil, "points": rows}]

        page = draw(
            "{% trend_chart series name=evil target=1 target_label=evil base=evil annotations=events %}",
            series=series, evil=evil, events=[{"at": JANUARY, "text": evil}],
        )  # fmt: skip

        assert "<b " not in page
        assert 'onclick="x' not in page.replace("&quot; onclick=&quot;x", "")

    def test_a_variable_that_is_not_there_leaves_the_default(self, draw):
        page = draw("{% trend_chart rows kind=none unit=none target=none label=none every=none %}", rows=RETENTION)  # fmt: skip

        assert "92%" in page or "11 of 12" in page

    def test_nothing_known_has_no_table(self, draw):
        assert "<details" not in draw("{% trend_chart rows %}", rows=[])
