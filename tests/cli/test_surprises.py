"""`arbiter surprises` prints one object per lost contract, made only of what was known before notice."""

import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from arbiter.accounts.actions import contracts
from arbiter.cli.surprises import surprises
from arbiter.forecast.actions import beliefs
from arbiter.forecast.models import FrozenFile
from arbiter.voice.actions import answers
from tests.world import APRIL, MAY, TODAY

FIELDS = {
    *("contract_id", "customer_id", "decided_on", "notice_on", "arr", "currency"),
    *("last_belief", "last_answer", "answers", "last_forecast", "cause", "avoidable"),
    *("surprise", "kind", "why", "safe_from"),
}


@pytest.fixture
def lost(world):
    """Harbour left: the team believed 90 %, and the one who uses it said yes."""
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=APRIL)
    answers.give(contact=world.uma, kind="intent", value="yes", by=world.uma, at=MAY)
    contracts.decide(
        contract=world.harbour_contract,
        decision="churned",
        decided_on=date(2026, 5, 20),
        churn_cause="ours",
        avoidable=True,
        by=world.ada,
        at=TODAY,
    )


def run(*arguments):
    reply = CliRunner().invoke(surprises, arguments, catch_exceptions=False)
    assert reply.exit_code == 0
    return reply.output


def test_every_loss_has_its_object(lost):
    (line,) = json.loads(run("--json"))

    assert line.keys() == FIELDS
    assert (line["contract_id"], line["customer_id"]) == ("harbour-1", "harbour")
    assert (line["decided_on"], line["notice_on"]) == ("2026-05-20", "2026-05-20")
    assert (line["arr"], line["currency"]) == (48_000, "EUR")
    assert (line["last_belief"], line["last_answer"], line["last_forecast"]) == (0.9, "yes", None)
    assert {each["role"] for each in line["answers"]} == {
        *("champion", "decision_maker", "sponsor", "user"),
    }
    assert (line["cause"], line["avoidable"], line["surprise"]) == ("ours", True, True)


def test_nothing_is_stored(lost):
    run("--json")

    assert not FrozenFile.objects.exists()


def test_an_earlier_day_knows_only_what_was_lost_by_then(lost):
    assert json.loads(run("--json", "--as-of", "2026-05-31")) == []


def test_people_read_sentences(lost):
    told = run()

    assert "Harbour (harbour-1)" in told
    assert "1 lost, 1 of them avoidable, 1 of these a surprise" in told
