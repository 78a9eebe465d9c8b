"""Figures below one another: dots and bars on a common axis, answers in their colours, steps from sum to sum."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.ui.charts import rows, waterfall
from arbiter.ui.charts.figures import Reading
from tests.ui.svg import parts, percents, texts

AUC = Reading("number", digits=2)
SIGNALS = [
    {"label": "Said they will continue", "value": 0.8, "low": 0.7, "high": 0.9, "n": 214, "url": "/signals/1/"},
    {"label": "Support tickets", "value": 0.66, "low": 0.4, "high": 0.9, "n": 24, "few": True},
    {"label": "Sponsor", "value": None, "n": 0, "few": True},
]  # fmt: skip
MAYBE = st.none() | st.floats(-1e6, 1e6)


def intervals(given_=SIGNALS, reading=AUC, reference=0.5, low=0.0, high=1.0):
    found = rows.rows_of(given_, reading)
    axis = rows.interval_axis(
        found, reading, reference=reference, reference_label="chance", low=low, high=high
    )
    return axis, [rows.whisker(row, axis) for row in found]


def bars(given_, reading=None, **values):
    reading = reading or Reading()
    found = rows.rows_of(given_, reading)
    values = {"reference": None, "reference_label": "", "high": None, **values}
    axis = rows.bar_axis(found, reading, **values)
    return axis, [rows.bar(row, axis) for row in found]


class TestIntervals:
    def test_a_dot_stands_on_its_range(self):
        _, (first, *_) = intervals()

        assert percents(parts(first, "row-plot__dot"), "cx") == [80]
        assert percents(parts(first, "row-plot__whisker"), "x1") == [70]
        assert percents(parts(first, "row-plot__whisker"), "x2") == [90]

    def test_every_row_is_crossed_by_the_reference(self):
        axis, drawn = intervals()

        assert texts(axis.drawn(), "row-plot__word--strong") == ["chance 0.50"]
        assert [percents(parts(each, "row-plot__reference"), "x1") for each in drawn] == [[50]] * 3

    def test_too_few_to_say_is_dashed_and_said(self):
        _, drawn = intervals()
        found = rows.rows_of(SIGNALS, AUC)

        assert [len(parts(each, "row-plot--few")) for each in drawn] == [0, 2, 0]
        assert len(parts(drawn[2], "row-plot__nothing")) == 1
        assert [row.shown for row in found] == ["0.80", "too few to say", "too few to say"]

    def test_the_axis_holds_the_reference_when_its_ends_are_open(self):
        axis, _ = intervals(SIGNALS[:1], low=None, high=None)

        assert axis.scale.low <= 0.5
        assert axis.scale.high >= 0.9

    def test_marks_that_would_touch_are_not_named(self):
        money = [{"label": "A", "value": 1_900_000.0}]
        axis, _ = bars(money, Reading("money", currency="CHF"))

        assert len(axis.scale.ticks) == 5
        assert texts(axis.drawn(), "row-plot__word")[0] == "CHF\N{NO-BREAK SPACE}0"
        assert len(texts(axis.drawn(), "row-plot__word")) < 5

    @given(st.lists(st.tuples(MAYBE, MAYBE, MAYBE), max_size=6))
    def test_nothing_is_ever_drawn_outside(self, figures):
        found = [{"label": "A", "value": v, "low": a, "high": b} for v, a, b in figures]

        axis, drawn = intervals(found, low=None, high=None)

        assert "nan" not in "".join(drawn)
        assert all(0 <= axis.scale.share(tick) <= 1 for tick in axis.scale.ticks)


class TestBars:
    def test_a_bar_is_as_long_as_its_value_from_nothing(self):
        _, (drawn,) = bars([{"label": "Price", "value": 0.25}], high=0.5)
        (bar,) = parts(drawn, "row-plot__bar")

        assert (percents([bar], "x"), percents([bar], "width")) == ([0], [50])

    def test_shares_go_to_the_whole_unless_all_are_small(self):
        assert bars([{"label": "A", "value": 0.8}])[0].scale.high == 1
        assert bars([{"label": "A", "value": 0.08}])[0].scale.high < 0.2

    def test_a_loss_goes_to_the_left_of_nothing(self):
        axis, (drawn,) = bars([{"label": "A", "value": -20}], Reading("points"))
        (bar,) = parts(drawn, "row-plot__bar")

        assert axis.scale.low <= -20
        assert percents([bar], "x")[0] + percents([bar], "width")[0] == pytest.approx(
            100 * axis.scale.share(0), abs=0.01
        )

    def test_what_few_stand_behind_is_pale_and_counted(self):
        given_ = [{"label": "A", "count": 3, "n": 14, "low": 0.08, "high": 0.48}]
        (row,), (_, (drawn,)) = rows.rows_of(given_, Reading()), bars(given_)

        assert (row.shown, row.between) == ("3 of 14", "8–48%")
        assert len(parts(drawn, "row-plot__bar--few")) == 1

    def test_nothing_known_is_a_dashed_line(self):
        assert len(parts(bars([{"label": "A"}])[1][0], "row-plot__nothing")) == 1


class TestAnswers:
    def test_all_five_stand_in_their_order_in_their_colours(self, draw):
        given_ = [{"answer": "no", "value": 0.2, "n": 30}, {"answer": "yes", "value": 0.9, "n": 90}]

        page = draw("{% answer_rates rows base=0.7 %}", rows=given_)

        words = ["Yes", "Not sure", "No", "Asked, no reply", "Never asked"]
        assert sorted(words, key=page.index) == words
        assert "segment--yes" in page
        assert "segment--no" in page
        assert "all 70%" in page

    def test_an_unknown_answer_is_refused(self, draw):
        with pytest.raises(ValueError, match="no answer green"):
            draw("{% answer_rates rows %}", rows=[{"answer": "green", "value": 1}])

    def test_no_other_row_has_a_colour(self, draw):
        page = draw("{% bar_table rows %}", rows=[{"label": "Price", "value": 0.4, "n": 61}])

        assert "segment--" not in page


class TestWaterfall:
    STEPS = (
        {"label": "Left", "amount": Decimal("-200"), "n": 4, "url": "/left/"},
        {"label": "Kept", "total": True},
        {"label": "Grew", "amount": 100},
    )

    def steps(self):
        return waterfall.steps_of(Decimal("1000"), self.STEPS, start_label="Start", end_label="End")

    def test_each_change_starts_where_the_last_one_ended(self):
        assert [(step.before, step.after) for step in self.steps()] == [
            (1000, 1000), (1000, 800), (800, 800), (800, 900), (900, 900),
        ]  # fmt: skip

    def test_losses_are_striped_gains_are_grey_and_sums_are_solid(self):
        found = waterfall.waterfall_rows(
            self.steps(), waterfall.waterfall_axis(self.steps(), Reading("money"))
        )
        looks = ["row-plot__sum", "row-plot__loss", "row-plot__sum", "row-plot__gain", "row-plot__sum"]  # fmt: skip

        assert [len(parts(row.drawing, look)) for row, look in zip(found, looks, strict=True)] == [
            1
        ] * 5
        assert parts(found[1].drawing, "row-plot__loss")[0].get("fill") == "url(#stripes)"
        assert percents(parts(found[1].drawing, "row-plot__loss"), "x") == [80]
        assert percents(parts(found[1].drawing, "row-plot__loss"), "width") == [20]

    def test_each_row_says_its_amount_and_its_share_of_the_start(self, draw):
        page = draw(
            '{% waterfall start steps currency="EUR" start_label="A year ago" %}', start=1000, steps=self.STEPS,
        )  # fmt: skip

        for said in ("€1,000", "−€200", "−20.0%", "+€100", "80.0%", "€900", "90.0%"):
            assert said in page
        assert '<a class="row-plot__link" href="/left/">Left</a>' in page

    def test_starting_from_nothing_divides_by_nothing(self, draw):
        page = draw("{% waterfall start steps %}", start=0, steps=[{"label": "New", "amount": 5}])

        assert "+5" in page
        assert "%</span>" not in page


class TestTable:
    def test_it_is_a_table_whose_numbers_are_read(self, draw):
        page = draw(
            '{% interval_plot rows reference=0.5 name_label="Signal" value_label="AUC" caption="Signals" %}', rows=SIGNALS,
        )  # fmt: skip

        assert '<caption class="visually-hidden">Signals</caption>' in page
        assert page.count('scope="row"') == 3
        assert '<a class="row-plot__link" href="/signals/1/">Said they will continue</a>' in page
        assert "0.70–0.90" in page
        assert page.count('aria-hidden="true"') == 4

    def test_what_pages_say_is_escaped_everywhere(self, draw):
        evil = '<b onclick="x">&'
        row = {"label": evil, "note": evil, "detail": evil, "shown": evil, "value": 0.5}

        page = draw(
            "{% interval_plot rows reference=0.5 reference_label=evil name_label=evil caption=evil %}",
            rows=[row], evil=evil,
        )  # fmt: skip

        assert "<b onclick" not in page

    def test_without_a_base_there_is_no_column_for_it(self, draw):
        assert 'class="row-plot__n"' not in draw(
            "{% bar_table rows %}", rows=[{"label": "A", "value": 1}]
        )

    def test_nothing_to_compare_is_said(self, draw):
        assert "Nothing to compare yet." in draw("{% interval_plot rows %}", rows=[])
