"""`arbiter forecast` prints one object per open contract, made only of what was recorded by the day."""

import json
import math

from click.testing import CliRunner

from arbiter.cli.forecasts import forecast

FIELDS = {
    "contract_id",
    "customer_id",
    "ends_on",
    "arr",
    "probability",
    "low",
    "high",
    "reasons",
    "intent",
    "belief",
    "method",
}


def run(*arguments):
    reply = CliRunner().invoke(forecast, [*arguments, "--json"], catch_exceptions=False)
    assert reply.exit_code == 0
    return json.loads(reply.output)


def test_every_open_contract_has_its_object(world):
    lines = run()

    assert [line["contract_id"] for line in lines] == ["harbour-1", "quay-1"]
    assert all(line.keys() >= FIELDS for line in lines)
    assert lines[0]["arr"] == 48000
    assert lines[0]["intent"] == "never_asked"
    assert lines[0]["belief"] is None


def test_the_reasons_add_up_to_the_log_odds(world):
    for line in run():
        log_odds = math.log(line["probability"] / (1 - line["probability"]))
        assert math.isclose(
            sum(reason["effect"] for reason in line["reasons"]), log_odds, abs_tol=2e-5
        )
        assert line["low"] < line["probability"] < line["high"]


def test_days_leave_out_what_ends_later(world):
    assert [line["contract_id"] for line in run("--days", "130")] == ["harbour-1"]


def test_an_earlier_day_knows_only_what_was_open_then(world):
    assert run("--as-of", "2025-11-15")[0]["contract_id"] == "harbour-1"
    assert run("--as-of", "2024-01-01") == []


def test_people_read_sentences(world):
    reply = CliRunner().invoke(forecast, ["--days", "130"])

    assert "2026-09-30" in reply.output
    assert "1 open contracts" in reply.output


def test_a_wrong_day_is_wrong_use():
    assert CliRunner().invoke(forecast, ["--as-of", "yesterday"]).exit_code == 2
