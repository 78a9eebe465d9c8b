"""`arbiter rebuild` learns and writes where everybody stands; `arbiter forecast` tells how far its learning is."""

import pytest
from click.testing import CliRunner

from arbiter.cli import forecasts
from arbiter.cli.rebuild import rebuild
from arbiter.forecast.models import Learning, Standing
from tests.forecast.decided import book


@pytest.fixture
def company(world):
    book(20)


def run(command, *arguments):
    reply = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert reply.exit_code == 0
    return reply


def test_everybody_is_written_by_what_was_learnt(company):
    reply = run(rebuild)

    assert "Learnt from 20 decided renewals; rewrote where 22 customers stand." in reply.stdout
    assert (Learning.objects.count(), Standing.objects.count()) == (1, 22)


def test_on_the_first_day_there_is_nothing_to_learn(world):
    assert "Learnt from 0 decided renewals" in run(rebuild).stdout


@pytest.mark.parametrize(("least", "told"), [(500, ""), (5, "Learnt from 20 of 20 customers\n")])
def test_learning_that_takes_a_while_says_how_far_it_is(company, monkeypatch, least, told):
    monkeypatch.setattr(forecasts, "WORTH_TELLING", least)

    assert run(forecasts.forecast).stderr == told
