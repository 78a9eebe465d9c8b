"""Beliefs are logged before an answer is read, and stay as they were said."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from arbiter.accounts.actions import contracts
from arbiter.accounts.permissions import NotAllowed
from arbiter.forecast.actions import beliefs, openings
from arbiter.forecast.models import Belief, Opening
from arbiter.forecast.queries import beliefs as told
from arbiter.foundation.models import Person
from arbiter.voice.actions import answers
from tests.facts import last_fact
from tests.world import APRIL, JULY, JUNE, MARCH, MAY, NEXT_YEAR


def log(world, chance="0.9", *, by=None, at=MAY, **more):
    return beliefs.log(
        contract=world.harbour_contract,
        probability=Decimal(chance),
        by=by or world.ada,
        at=at,
        **more,
    )


def answer(world, value="yes", *, at=APRIL):
    return answers.give(contact=world.dora, kind="intent", value=value, by=world.dora, at=at)


def test_a_belief_is_kept_with_who_and_when_and_the_journal_names_the_contract(world):
    belief = log(world, "0.85", reason=" Cleo is glad ")

    fact = last_fact()
    assert (belief.probability, belief.reason, belief.by) == (
        Decimal("0.85"),
        "Cleo is glad",
        world.ada,
    )
    assert (fact.name, fact.customer_id) == ("forecast.belief_logged", world.harbour.pk)
    assert fact.details == {"contract": world.harbour_contract.pk, "probability": "0.85"}


def test_the_latest_belief_counts_and_the_earlier_is_kept(world):
    log(world, "0.9", at=MARCH)
    log(world, "0.4", at=MAY)

    contract = world.harbour_contract
    assert told.latest([contract.pk], as_of=APRIL)[contract.pk].probability == Decimal("0.9")
    assert told.latest([contract.pk], as_of=JUNE)[contract.pk].probability == Decimal("0.4")
    assert [each.belief.at for each in told.history(contract, as_of=JUNE)] == [MAY, MARCH]


def test_a_belief_learnt_later_was_not_known_before(world):
    log(world, "0.9", at=MARCH, recorded_at=MAY)

    assert told.latest([world.harbour_contract.pk], as_of=APRIL) == {}


def test_a_belief_is_blind_only_before_an_answer_was_in(world):
    log(world, at=MARCH)
    answer(world, at=APRIL)
    log(world, at=MAY)

    history = told.history(world.harbour_contract, as_of=JUNE)

    assert [(each.belief.at, each.blind) for each in history] == [(MAY, False), (MARCH, True)]


@pytest.mark.parametrize("name", ["otto", "quinn"])
def test_who_only_observes_or_works_elsewhere_logs_none(world, name):
    with pytest.raises(NotAllowed):
        log(world, by=getattr(world, name))


@pytest.mark.parametrize("chance", ["-0.1", "1.01"])
def test_a_belief_is_a_probability(world, chance):
    with pytest.raises(beliefs.NotAProbability, match="between 0 and 100 %"):
        log(world, chance)


def test_there_is_nothing_to_believe_about_a_decided_contract(world):
    contracts.decide(contract=world.harbour_contract, decision="renewed", by=world.ada, at=MAY)

    with pytest.raises(beliefs.ContractNotOpen):
        log(world, at=JUNE)


def test_there_is_nothing_to_believe_after_the_term(world):
    with pytest.raises(beliefs.ContractNotOpen):
        log(world, at=NEXT_YEAR)


def test_the_database_refuses_to_change_a_belief_but_forgets_who_said_it(world):
    belief = log(world)

    with pytest.raises(DatabaseError), transaction.atomic():
        Belief.objects.filter(pk=belief.pk).update(probability=Decimal("0.1"))
    Person.objects.filter(pk=world.ada.pk).delete()

    belief.refresh_from_db()
    assert (belief.probability, belief.by) == (Decimal("0.9"), None)


def test_only_who_may_see_a_customer_sees_what_is_believed_of_it(world):
    belief = log(world)

    assert list(told.visible_to(world.ben)) == [belief]
    assert list(told.visible_to(world.quinn)) == []


def test_when_somebody_last_said_what_they_believed(world):
    log(world, at=APRIL)
    log(world, at=MAY)

    assert told.last_logged_at(world.ada) == MAY
    assert told.last_logged_at(world.ben) is None


def test_a_sealed_answer_may_be_opened_and_that_is_kept_once(world):
    given = answer(world)

    first = openings.open_sealed(
        answer_id=given.pk, contract=world.harbour_contract, by=world.ada, at=MAY
    )
    again = openings.open_sealed(
        answer_id=given.pk, contract=world.harbour_contract, by=world.ben, at=JUNE
    )

    assert first == again
    assert last_fact().name == "forecast.answer_opened"
    assert told.opened([world.harbour_contract.pk], as_of=JULY) == {
        world.harbour_contract.pk: {given.pk}
    }
    assert told.opened([world.harbour_contract.pk], as_of=MAY - timedelta(days=1)) == {}


def test_an_answer_of_another_customer_cannot_be_opened(world):
    elsewhere = answers.give(contact=world.dov, kind="intent", value="no", by=world.dov, at=APRIL)

    with pytest.raises(openings.NoSuchAnswer):
        openings.open_sealed(
            answer_id=elsewhere.pk, contract=world.harbour_contract, by=world.ada, at=MAY
        )
    assert not Opening.objects.exists()


def test_who_may_not_log_beliefs_opens_nothing(world):
    given = answer(world)

    with pytest.raises(NotAllowed):
        openings.open_sealed(
            answer_id=given.pk, contract=world.harbour_contract, by=world.otto, at=MAY
        )
