from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.forecast.actions import beliefs, standings
from arbiter.forecast.queries import beliefs as told
from arbiter.voice.actions import answers
from tests.facts import fact_names, last_fact
from tests.world import APRIL, MAY, TODAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


@pytest.fixture
def answered(world):
    """Dora has answered in the portal, and nobody has said yet what they believe."""
    given = answers.give(
        contact=world.dora, kind="intent", value="not_sure", by=world.dora, at=MAY, comment="Price"
    )
    standings.refresh([world.harbour.pk], as_of=TODAY)
    return getattr(given, "answer", given)


def test_a_belief_is_a_number_and_a_line(ada, world):
    reply = ada.post(
        at("beliefs", world.harbour_contract), {"probability": "85", "reason": "Cleo is glad"}
    )

    assert reply.url == at("customer", world.harbour)
    belief = told.latest([world.harbour_contract.pk], as_of=TODAY)[world.harbour_contract.pk]
    assert (belief.probability, belief.reason, belief.by) == (
        Decimal("0.85"),
        "Cleo is glad",
        world.ada,
    )


@pytest.mark.parametrize("number", ["", "101", "-1", "much"])
def test_a_belief_lies_between_nought_and_a_hundred(ada, world, number):
    reply = ada.post(at("beliefs", world.harbour_contract), {"probability": number})

    assert reply.status_code == 422
    assert b'id="id_probability_error"' in reply.content


def test_about_a_decided_renewal_there_is_nothing_left_to_believe(ada, world):
    ada.post(
        at("decision", world.harbour_contract),
        {"decision": "renewed", "decided_on": "2026-05-20"},
    )

    reply = ada.post(at("beliefs", world.harbour_contract), {"probability": "85"})

    assert reply.status_code == 422
    assert "nothing left to believe" in reply.content.decode()


def test_what_was_said_before_is_shown_where_no_answer_waits(ada, world):
    beliefs.log(
        contract=world.harbour_contract,
        probability=Decimal("0.7"),
        reason="New sponsor",
        by=world.ben,
        at=APRIL,
    )

    page = ada.get(at("beliefs", world.harbour_contract)).content.decode()

    assert "New sponsor" in page
    assert "before any answer" in page


def test_an_answer_waits_until_the_belief_is_locked_in(ada, world, answered):
    page = ada.get(at("beliefs", world.harbour_contract)).content.decode()
    assert "They have answered." in page
    assert "Price" not in page

    reply = ada.post(at("beliefs", world.harbour_contract), {"probability": "85"}, follow=True)

    assert "answer is open now" in reply.content.decode()


def test_an_answer_is_opened_without_a_belief_and_that_is_kept(ada, world, answered):
    reply = ada.post(at("answer-opening", answered), {"contract": world.harbour_contract.pk})

    assert reply.status_code == 302
    assert last_fact().name == "forecast.answer_opened"


@pytest.mark.parametrize("contract", ["", "x", "0"])
def test_an_answer_is_opened_about_a_contract_that_is_there(ada, world, answered, contract):
    assert ada.post(at("answer-opening", answered), {"contract": contract}).status_code == 404


def test_an_answer_of_another_customer_is_not_opened_here(ada, world, answered):
    ada.force_login(world.mona)

    reply = ada.post(
        at("answer-opening", answered), {"contract": world.quay_contract.pk}, follow=True
    )

    assert "no such answer at this customer" in reply.content.decode()
    assert "forecast.answer_opened" not in fact_names()


@pytest.mark.parametrize(("who", "status"), [("quinn", 404), ("otto", 403)])
def test_who_may_not_open_an_answer(ada, world, answered, who, status):
    ada.force_login(getattr(world, who))

    reply = ada.post(at("answer-opening", answered), {"contract": world.harbour_contract.pk})

    assert reply.status_code == status
