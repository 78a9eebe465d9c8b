"""`arbiter metrics` prints every measure, from what was recorded by the day."""

import json

from click.testing import CliRunner

from arbiter.cli.metrics import metrics
from arbiter.metrics import catalogue
from arbiter.metrics.models import MeasureSnapshot
from arbiter.metrics.rules import BusinessModel

FIELDS = {"name", "title", "value", "low", "high", "n", "formula", "timing", "side", "as_of"}


def run(*arguments):
    reply = CliRunner().invoke(metrics, [*arguments, "--json"], catch_exceptions=False)
    assert reply.exit_code == 0
    return json.loads(reply.output)


def test_every_measure_has_its_object(world):
    lines = run()

    assert [line["name"] for line in lines] == [
        each.name for each in catalogue.everything() if each.fits(BusinessModel.CONTRACT)
    ]
    assert all(line.keys() >= FIELDS for line in lines)
    assert all(line["value"] is not None or line["note"] for line in lines)


def test_nothing_is_stored(world):
    run()

    assert not MeasureSnapshot.objects.exists()


def test_an_earlier_day_knows_only_what_was_recorded_by_then(world):
    before = {line["name"]: line for line in run("--as-of", "2025-12-31")}

    assert before["goal_coverage"]["value"] == 0
    assert before["goal_coverage"]["as_of"] == "2025-12-31T23:59:59.999999+00:00"


def test_months_are_month_ends_the_oldest_first(world):
    lines = run("--months", "3", "--as-of", "2026-05-31")

    days = list(dict.fromkeys(line["as_of"][:10] for line in lines))
    assert days == ["2026-03-31", "2026-04-30", "2026-05-31"]


def test_people_read_a_table(world):
    reply = CliRunner().invoke(metrics, [])

    assert "As of 2026-06-01 09:00 UTC" in reply.output
    lines = {line[2:46].strip(): line[46:] for line in reply.output.splitlines()}
    assert "2 of 2" in lines["Customers with a stated goal"]
    assert "not enough yet" in lines["NPS"]
    assert "7.0 months" in lines["Time with us"]


def test_a_wrong_day_is_wrong_use():
    assert CliRunner().invoke(metrics, ["--as-of", "yesterday"]).exit_code == 2
    assert CliRunner().invoke(metrics, ["--months", "0"]).exit_code == 2
