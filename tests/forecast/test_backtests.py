"""What would have been forecast of past renewals, by the model of the time, and how good it was."""

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Renewal
from arbiter.forecast import jobs
from arbiter.forecast.actions import backtests
from arbiter.forecast.models import Backtest
from arbiter.forecast.queries import forecasts
from arbiter.forecast.queries.backtests import origins, replay, scoring, stored, working
from arbiter.science.scoring import brier_score, log_score
from tests.forecast.decided import book, customer, decide, noon, say, score, term
from tests.world import JUNE, TODAY


def day(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.fixture
def company(db):
    """A hundred and ten decided renewals over two years, fourteen of them lost."""
    book(110, every=timedelta(days=7), believed=True)


def of(result, lead, name):
    lines = working.lines(result)
    (line,) = [each for each in lines if (each["lead_days"], each["name"]) == (lead, name)]
    return line


def test_days_of_learning_stand_in_the_calendar():
    found = origins.rolling(day(2024, 2, 20), day(2024, 10, 1), months=3)

    assert found == [day(2024, 1, 1), day(2024, 4, 1), day(2024, 7, 1), day(2024, 10, 1)]


def test_without_a_decided_renewal_there_is_nothing_to_judge(world):
    result = working.work_out(JUNE)

    assert (result["renewals"], result["origins"], working.lines(result)) == (0, [], [])


def test_every_look_is_forecast_as_it_was_on_its_day(company):
    found = replay.replay(JUNE, months=6)

    assert len(found.looks) == 330
    for place in (3, 120, 329):
        look = found.looks[place]
        learnt_on = found.origins[found.origin[place]].at
        assert learnt_on <= look.moment < learnt_on + timedelta(days=185)
    first = [origin.renewals for origin in found.origins]
    assert first == sorted(first)
    assert first[0] == 0


def test_on_a_day_of_learning_it_is_the_forecast_of_that_day(db):
    book(12)
    one = customer("mill", segment="Large")
    ends_on = date(2026, 6, 30)
    contract = term(one, ends_on)
    say(one, "no", noon(date(2026, 2, 1)))
    score(one, 40, noon(date(2026, 2, 1)))
    look_on = ends_on - timedelta(days=90)
    (line,) = forecasts.at(datetime.combine(look_on, datetime.max.time(), UTC))
    decide(contract)

    found = replay.replay(noon(date(2026, 7, 2)), months=1)

    (place,) = [
        row
        for row, look in enumerate(found.looks)
        if look.decided.contract.key == contract.key and look.lead == 90
    ]
    assert line.contract.key == contract.key
    assert found.forecast[place] == pytest.approx(line.made.probability, abs=2e-3)


def test_the_lines_are_scored_by_hand(company):
    found = replay.replay(JUNE)
    result = working.work_out(JUNE)

    rows = found.lead == 90
    line = of(result, 90, "forecast")
    assert (line["n"], line["lost"]) == (110, 14)
    assert line["log_loss"] == pytest.approx(
        log_score(found.forecast[rows], found.happened[rows]), abs=1e-6
    )
    belief = of(result, 90, "belief")
    assert belief["brier"] == pytest.approx(
        brier_score([0.95] * 110, found.happened[rows]), abs=1e-6
    )
    assert of(result, 90, "forecast_where_believed")["n"] == 110
    assert of(result, 90, "base_rate")["better_than_base_rate"]["value"] == 0


def test_what_told_them_apart_is_found_and_what_did_not_is_not(company):
    result = working.work_out(JUNE)

    intent, health = of(result, 90, "intent"), of(result, 90, "signal:health_score")
    assert intent["auc_low"] > 0.6
    assert health["auc_low"] < 0.5 < health["auc_high"]
    assert intent["worth"]["value"] > max(0.01, health["worth"]["value"])
    assert of(result, 90, "forecast")["better_than_base_rate"]["low"] > 0


def test_of_signals_nobody_knew_nothing_is_said(company):
    names = {line["name"] for line in working.lines(working.work_out(JUNE))}

    assert "intent" in names
    assert not {"price", "usage", "lead"} & names


def test_what_came_later_changes_no_byte(company, unguarded):
    early = noon(date(2025, 1, 15))
    before = json.dumps(working.work_out(early))

    for decision in Renewal.objects.select_related("contract__customer"):
        say(decision.contract.customer, "no", noon(decision.decided_on))
    Renewal.objects.filter(recorded_at__gt=early).update(decision="churned")

    assert json.dumps(working.work_out(early)) == before


def test_a_backtest_is_kept_until_it_finds_anything_else(company):
    first = backtests.make(as_of=JUNE)
    again = backtests.make(as_of=JUNE + timedelta(days=1))
    Renewal.objects.filter(contract__customer__key__lt="b020").update(decision="churned")
    other = backtests.make(as_of=JUNE + timedelta(days=2))

    assert first == again != other
    assert (first.renewals, first.lost) == (110, 14)
    assert stored.newest(JUNE) == first
    assert stored.newest(JUNE + timedelta(days=3)) == other


def test_the_job_makes_one_a_week_where_anything_was_decided(company, clock):
    jobs.backtest.call()
    jobs.backtest.call()
    week = TODAY + timedelta(days=8)
    nothing_new = backtests.make_where_due(as_of=week)
    decide(term(customer("late"), date(2026, 6, 4)), "churned")

    assert Backtest.objects.count() == 1
    assert nothing_new is None
    assert backtests.make_where_due(as_of=TODAY + timedelta(days=5)) is None
    assert backtests.make_where_due(as_of=week).lost == 15


def test_where_much_more_was_decided_it_is_made_at_once(company, clock):
    assert jobs.is_backtest_wanted()
    backtests.make(as_of=TODAY)
    assert not jobs.is_backtest_wanted()

    for number in range(12):
        decide(term(customer(f"more{number}"), date(2026, 5, 20)))

    assert jobs.is_backtest_wanted()
    assert backtests.make_where_due(as_of=TODAY).renewals == 122


def test_before_anything_was_decided_no_backtest_is_due(world):
    assert backtests.make_where_due(as_of=JUNE) is None


def test_the_database_refuses_to_change_a_backtest(company):
    backtests.make(as_of=JUNE)

    with pytest.raises(DatabaseError), transaction.atomic():
        Backtest.objects.update(lost=0)


def test_progress_is_told_by_the_stage(company):
    told = []

    working.work_out(JUNE, months=12, progress=lambda *step: told.append(step))

    assert told[0] == ("reading", 110, 110)
    assert told[-1] == ("learning", 4, 4)


def test_the_number_of_queries_depends_on_the_days_of_learning_alone(db, django_assert_num_queries):
    book(4, every=timedelta(days=100))
    as_of = noon(date(2025, 3, 1))
    with CaptureQueriesContext(connection) as few:
        replay.replay(as_of)
    for number in range(20):
        decide(term(customer(f"more{number}"), date(2024, 6, 9)))

    with django_assert_num_queries(len(few)):
        found = replay.replay(as_of)

    assert len(found.looks) == 72


# --- Scores ------------------------------------------------------------------------------------

SIZE = 400
CHANCE = np.tile(np.linspace(0.55, 0.95, 20), SIZE // 20)
CUSTOMER = np.arange(SIZE)
HAPPENED = (np.random.default_rng(3).random(SIZE) < CHANCE).astype(float)


def test_a_certainty_that_was_wrong_has_no_score():
    chance = np.array([1.0, 1.0, 0.5])

    found = scoring.scored(chance, np.array([1.0, 0.0, 1.0]), np.arange(3))

    assert (found["log_loss"], found["slope"]["value"]) == (None, None)
    assert scoring.better(chance, np.full(3, 0.5), np.array([1.0, 0.0, 1.0]), np.arange(3)) == {
        "value": None,
        "low": None,
        "high": None,
        "p": None,
    }


def test_below_ten_losses_nothing_is_said_of_telling_apart():
    happened = np.array([0.0] * 9 + [1.0] * 91)

    found = scoring.scored(np.linspace(0.2, 0.9, 100), happened, np.arange(100))

    assert (found["auc"], found["calibration_error"]) == (None, None)
    assert found["calibration_error_by_chance"] is None


def test_of_calibrated_forecasts_most_groups_lie_within_their_ranges():
    narrow = scoring.ranges(CHANCE, CHANCE - 0.001, CHANCE + 0.001, HAPPENED)
    wide = scoring.ranges(CHANCE, CHANCE - 0.15, CHANCE + 0.15, HAPPENED)

    assert wide == {"inside": 10, "groups": 10}
    assert narrow["inside"] < 5
    assert len(scoring.bins(CHANCE, HAPPENED)) == 10
    assert scoring.scored(CHANCE, HAPPENED, CUSTOMER)["slope"]["low"] > 0


def test_below_two_hundred_renewals_there_are_no_groups():
    few = slice(0, 150)

    assert scoring.ranges(CHANCE[few], CHANCE[few], CHANCE[few], HAPPENED[few])["groups"] == 0
    assert scoring.bins(CHANCE[few], HAPPENED[few]) == []
