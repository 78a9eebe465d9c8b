"""What waits for a belief is left out of every list by the rule that seals it on the customer's page."""

from decimal import Decimal

import pytest

from arbiter.forecast.actions import beliefs, openings
from arbiter.forecast.queries import seals
from arbiter.voice.actions import answers
from arbiter.voice.models import Answer
from tests.world import LAST_YEAR, MAY, TODAY


def say(contact, value="no", kind="intent", at=MAY):
    return answers.give(contact=contact, kind=kind, value=value, by=contact, at=at)


def readable():
    return set(seals.readable(Answer.objects.all(), as_of=TODAY))


@pytest.fixture
def sealed(world):
    return say(world.dora)


def test_it_waits_and_the_rest_does_not(world, sealed):
    survey, before = say(world.dora, "9", kind="nps"), say(world.cleo, at=LAST_YEAR)

    assert readable() == {survey, before}
    assert seals.everywhere(as_of=TODAY) == {sealed.pk}
    assert seals.of_customer(world.harbour.pk, as_of=TODAY) == {
        world.harbour_contract.pk: {sealed.pk}
    }


def test_a_belief_opens_it(world, sealed):
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MAY)

    assert readable() == {sealed}


def test_one_that_was_opened_is_read_and_the_next_waits(world, sealed):
    openings.open_sealed(
        answer_id=sealed.pk, contract=world.harbour_contract, by=world.ada, at=TODAY
    )
    other = say(world.cleo)

    assert readable() == {sealed}
    assert seals.everywhere(as_of=TODAY) == {other.pk}


def test_an_imported_one_was_read_elsewhere(world, sealed):
    Answer.objects.update(import_id=1)

    assert readable() == {sealed}


def test_a_flagged_one_waits_as_it_would_if_it_counted(world, sealed):
    Answer.objects.update(flagged=True)

    assert readable() == set()


def test_without_a_running_contract_nothing_is_to_be_believed(world, sealed):
    type(world.harbour_contract).objects.all().delete()

    assert readable() == {sealed}
