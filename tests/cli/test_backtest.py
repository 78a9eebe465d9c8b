"""`arbiter backtest` judges the forecasts of past renewals and stores nothing."""

import json

import pytest
from click.testing import CliRunner

from arbiter.cli.backtest import backtest
from arbiter.forecast.models import Anchor, Backtest
from tests.forecast.decided import book


@pytest.fixture
def company(db, clock):
    book(40, believed=True)


def run(*arguments):
    reply = CliRunner().invoke(backtest, arguments, catch_exceptions=False)
    assert reply.exit_code == 0
    return reply


def test_there_is_a_line_for_every_forecaster_signal_and_lead(company):
    told = json.loads(run("--json").stdout)

    assert (told["renewals"], told["lost"], told["months"]) == (40, 5, 3)
    assert {line["lead_days"] for line in told["lines"]} == {180, 90, 30}
    names = [line["name"] for line in told["lines"] if line["lead_days"] == 90]
    assert names[:5] == ["forecast", "first_day", "base_rate", "belief", "forecast_where_believed"]
    assert "intent" in names
    assert told["leads"]["90"] == {
        "n": 40,
        "lost": 5,
        "bins": [],
        "ranges": {"inside": 0, "groups": 0},
    }


def test_what_was_forecast_of_each_renewal_is_told_under_its_keys(company):
    told = json.loads(run("--json").stdout)["told"]

    assert len(told) == 40
    assert {each["contract_id"].rsplit("-", 1)[0] for each in told} == {
        each["customer_id"] for each in told
    }
    missed = [1 - each["probability"] if each["renewed"] else each["probability"] for each in told]
    assert missed == sorted(missed, reverse=True)
    assert all(each["low"] <= each["probability"] <= each["high"] for each in told)


def test_people_are_told_in_sentences_and_how_far_it_is(company):
    reply = run("--every", "12")

    assert "The team's belief" in reply.stdout
    assert "40 decided renewals, 5 lost" in reply.stdout
    assert "40 of 40 customers read" in reply.stderr


def test_only_what_was_decided_by_a_day_is_judged(company):
    told = json.loads(run("--as-of", "2024-06-30", "--json").stdout)

    assert 0 < told["renewals"] < 40


def test_nothing_is_stored(company):
    run("--json")

    assert (Backtest.objects.count(), Anchor.objects.count()) == (0, 0)


def test_without_decided_renewals_it_says_so(world):
    assert "0 decided renewals" in run().stdout
