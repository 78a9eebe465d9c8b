"""Whether use grows: checked against statsmodels."""

from datetime import date, timedelta

import numpy as np
import pytest
import statsmodels.api as sm

from arbiter.usage.expressions import trend
from tests.usage.expressions.tables import EVENTS, event, rows

UNTIL = date(2026, 6, 28)


def weekly(counts, customer="harbour"):
    """So many events in each week, the last of which ends with UNTIL."""
    return [
        event(str(UNTIL - timedelta(weeks=back, days=n % 7)), customer=customer, hour=n // 7)
        for back, count in enumerate(reversed(counts))
        for n in range(count)
    ]


def fitted(counts, level=0.95):
    line = sm.OLS(np.log1p(counts), sm.add_constant(np.arange(len(counts)))).fit()
    return [line.params[1], *line.conf_int(1 - level)[1]]


@pytest.mark.parametrize("counts", [
    [1, 2, 4, 7, 11, 20, 31, 29, 40, 55, 60, 80],
    [9, 0, 3, 0, 0, 12, 1, 0, 0, 4, 0, 0],
    [5, 1, 2],
    [3, 9, 1, 4],
])  # fmt: skip
def test_the_line_is_that_of_least_squares(counts):
    (found,) = rows(trend.weekly(EVENTS, until=UNTIL), events=weekly(counts))

    assert found["weeks"] == len(counts)
    assert [found["slope"], found["low"], found["high"]] == pytest.approx(fitted(counts), abs=1e-9)


def test_no_more_than_the_newest_weeks_count():
    counts = [50, 40, 1, 2, 3, 4, 5]

    (found,) = rows(trend.weekly(EVENTS, until=UNTIL, weeks=5, level=0.9), events=weekly(counts))

    assert found["weeks"] == 5
    assert [found["slope"], found["low"], found["high"]] == pytest.approx(
        fitted(counts[-5:], level=0.9)
    )


def test_an_even_use_has_no_slope_and_no_doubt():
    (found,) = rows(trend.weekly(EVENTS, until=UNTIL), events=weekly([3] * 12))

    assert [found["slope"], found["low"], found["high"]] == pytest.approx([0, 0, 0], abs=1e-12)


def test_two_weeks_make_no_line():
    (found,) = rows(trend.weekly(EVENTS, until=UNTIL), events=weekly([3, 9]))

    assert found == {"customer_id": "harbour", "slope": None, "low": None, "high": None, "weeks": 2}


def test_whoever_did_nothing_in_these_weeks_has_no_row():
    assert rows(trend.weekly(EVENTS, until=UNTIL, weeks=3), events=weekly([4, 0, 0, 0])) == []


@pytest.mark.parametrize("wrong", [{"weeks": 2}, {"level": 1.0}])
def test_a_trend_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"at least 3 weeks|between 0 and 1"):
        trend.weekly(EVENTS, until=UNTIL, **wrong)
