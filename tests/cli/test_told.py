"""`arbiter asks`, `answers`, `feedback` and `keys`."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from arbiter.cli import told
from arbiter.cli.keys import keys
from arbiter.foundation.queries import api_keys
from tests.connectors.workspace_files.company import HARBOUR, write
from tests.connectors.workspace_files.running import store

pytestmark = pytest.mark.django_db
COMMANDS = {"asks": told.asks, "answers": told.answers, "feedback": told.feedback}


def run(command, *arguments):
    return CliRunner().invoke(command, [str(each) for each in arguments])


@pytest.fixture
def harbour(tmp_path):
    return store(write(tmp_path / "harbour"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_row_of_the_file_is_listed(harbour, name):
    as_json = json.loads(run(COMMANDS[name], "--json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(run(COMMANDS[name]).stdout)))

    assert len(as_json) == len(as_csv) == len(HARBOUR[name])
    assert as_json[0].keys() == as_csv[0].keys()


def test_a_part_of_them_is_that_of_a_customer_or_from_a_day_on(harbour):
    of_dunes = json.loads(run(told.answers, "--json", "--customer", "dunes").stdout)
    later = json.loads(run(told.answers, "--json", "--since", "2026-04-01").stdout)

    assert [each["answer_id"] for each in of_dunes] == ["a2"]
    assert [each["answer_id"] for each in later] == ["a1"]
    assert of_dunes[0]["flagged"] is True


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_an_empty_list(name):
    assert json.loads(run(COMMANDS[name], "--json").stdout) == []


def test_a_key_is_made_listed_and_revoked(world):
    made = run(keys, "make", "--person", world.ada.email, "--name", "warehouse")
    number = api_keys.every().get().pk
    text = made.stdout.splitlines()[-1]

    assert api_keys.holder(text) == world.ada
    assert text not in run(keys, "list").stdout
    assert "warehouse" in run(keys, "list").stdout

    run(keys, "revoke", number)
    assert api_keys.holder(text) is None
    assert "revoked" in run(keys, "list").stdout


@pytest.mark.parametrize(
    "wrong", [("make", "--person", "nobody@vendor.example", "--name", "x"), ("revoke", "99")]
)
def test_nobodys_key_is_wrong_use(world, wrong):
    assert run(keys, *wrong).exit_code == 2
