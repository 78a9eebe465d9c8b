"""`arbiter audit` prints one object per number that is trusted, made only of what was recorded by the day."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from arbiter.cli.audits import audit
from arbiter.forecast.models import Audit
from tests.forecast import decided

pytestmark = pytest.mark.django_db

FIELDS = {"name", "n", "lost", "coverage", "auc", "auc_low", "auc_high", "p_adjusted", "says"}
SAYS = {"predicts", "no better than chance", "too few to say"}


@pytest.fixture
def book():
    decided.book(100)


def run(*arguments):
    reply = CliRunner().invoke(audit, arguments, catch_exceptions=False)
    assert reply.exit_code == 0
    return reply.output


def test_every_number_has_its_object(book):
    lines = json.loads(run("--json"))

    assert {line["name"] for line in lines} == {"intent", "health_score"}
    assert all(line.keys() >= FIELDS and line["says"] in SAYS for line in lines)
    assert lines[0] | {"says": "predicts", "n": 100, "lost": 13, "coverage": 1.0} == lines[0]


def test_it_stores_nothing(book):
    run("--json")

    assert not Audit.objects.exists()


def test_the_lead_is_chosen(book):
    assert {line["lead_days"] for line in json.loads(run("--days", "30", "--json"))} == {30}


def test_an_earlier_day_knows_only_what_was_decided_then(book):
    lines = json.loads(run("--as-of", "2025-03-01", "--json"))

    assert max(line["n"] for line in lines) == 41
    assert json.loads(run("--as-of", "2024-01-01", "--json")) == []


def test_a_spreadsheet_gets_the_same(book):
    rows = list(csv.DictReader(io.StringIO(run("--csv"))))

    assert [row["name"] for row in rows] == [line["name"] for line in json.loads(run("--json"))]
    assert run("--as-of", "2024-01-01", "--csv").startswith("name,title,lead_days,n,lost,")


def test_people_read_sentences(book):
    told = run()

    assert "Will you continue?" in told
    assert "2 signals, 100 decided renewals, 13 lost" in told


def test_one_of_each_is_told_in_the_singular(db, clock):
    decided.book(1)

    assert "2 signals, 1 decided renewal, 0 lost, 0 tests" in run()


@pytest.mark.parametrize("wrong", [["--json", "--csv"], ["--days", "0"], ["--as-of", "soon"]])
def test_wrong_use_is_said(wrong):
    assert CliRunner().invoke(audit, wrong).exit_code == 2
