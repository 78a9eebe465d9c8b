"""`arbiter clv` tells what each contract is still worth, or why that cannot be told."""

import json

import pytest
from click.testing import CliRunner

from arbiter.cli.metrics import clv
from tests.metrics.test_lifetimes import book

pytestmark = pytest.mark.django_db


def run(*arguments):
    reply = CliRunner().invoke(clv, [*arguments], catch_exceptions=False)
    assert reply.exit_code == 0
    return reply.output


def test_each_contract_has_its_value_with_a_range_and_its_chance_to_be_there(clock):
    book()

    told = json.loads(run("--as-of", "2026-06-30", "--json"))

    assert told["refusal"] is None
    assert (told["discount"], told["currency"]) == (0.1, "EUR")
    assert told["total"]["n"] == len(told["lifetimes"]) == 20
    first = told["lifetimes"][0]
    assert first["customer_id"] == "here 19"
    assert first["contract_id"].startswith("here 19-")
    assert first["low"] < first["value"] < first["high"]
    assert first["alive"] == 1


def test_thin_data_are_refused_in_a_sentence(world):
    assert json.loads(run("--json"))["refusal"].startswith("Not enough churn")
    assert "Not enough churn to estimate" in run()


def test_people_read_a_table_with_its_sum(clock):
    book()

    reply = run("--as-of", "2026-06-30")

    assert reply.startswith("shifted-beta-geometric and beta-discrete-Weibull")
    assert "60 months ahead" in reply
    assert "expected of 20." in reply
