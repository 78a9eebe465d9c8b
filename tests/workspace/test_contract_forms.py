from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.accounts.queries import contracts
from arbiter.forecast.actions import beliefs
from tests.facts import fact_names, last_fact
from tests.world import MAY

TERM = {"starts_on": "2026-10-01", "ends_on": "2027-09-30", "arr": "50000", "currency": "eur"}


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


def decide(ada, world, decision, **more):
    said = {"decision": decision, "decided_on": "2026-05-20"} | more
    return ada.post(at("decision", world.harbour_contract), said)


def test_the_next_term_is_offered_where_the_last_one_ends(ada, world):
    page = ada.get(at("contract-new", world.harbour)).content.decode()

    assert 'value="2026-10-01"' in page
    assert 'value="2027-09-30"' in page
    assert 'value="48000.00"' in page


def test_a_term_is_written_down(ada, world):
    reply = ada.post(at("contract-new", world.harbour), TERM)

    assert reply.url == at("customer", world.harbour)
    newest = contracts.of(world.harbour).first()
    assert (newest.arr, newest.currency, newest.auto_renew) == (50_000, "EUR", None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "2026-09-01"}, "ends_on"),
        ({"currency": ""}, "currency"),
        ({"currency": "E1"}, "currency"),
        ({"arr": "-1"}, "arr"),
    ],
)
def test_a_term_that_cannot_be_is_refused_beside_the_field(ada, world, change, field):
    reply = ada.post(at("contract-new", world.harbour), TERM | change)

    assert reply.status_code == 422
    assert f'id="id_{field}_error"'.encode() in reply.content


def test_a_term_is_corrected(ada, world):
    ada.post(
        at("contract-edit", world.harbour_contract),
        {
            "starts_on": "2025-10-01",
            "ends_on": "2026-09-30",
            "arr": "60000",
            "currency": "EUR",
            "seats": "40",
            "auto_renew": "yes",
        },
    )

    world.harbour_contract.refresh_from_db()
    assert (world.harbour_contract.arr, world.harbour_contract.auto_renew) == (60_000, True)
    page = ada.get(at("contract-edit", world.harbour_contract)).content.decode()
    assert '<option value="yes" selected>' in page


def test_a_renewal_is_decided_and_the_next_term_comes_next(ada, world):
    reply = decide(ada, world, "expanded", new_arr="60000")

    assert reply.url == at("contract-new", world.harbour)
    assert last_fact().details == {"decision": "expanded"}
    assert 'value="60000.00"' in ada.get(reply.url).content.decode()


def test_where_the_next_term_is_known_the_customer_comes_next(ada, world):
    ada.post(at("contract-new", world.harbour), TERM)

    assert decide(ada, world, "renewed").url == at("customer", world.harbour)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "churn_cause"),
        ({"churn_cause": "external"}, "evidence"),
        ({"churn_cause": "ours", "decided_on": "2026-06-02"}, "decided_on"),
    ],
)
def test_a_loss_is_told_apart_or_refused_beside_the_field(ada, world, said, field):
    reply = decide(ada, world, "churned", **said)

    assert reply.status_code == 422
    assert f'id="id_{field}_error"'.encode() in reply.content
    assert fact_names() == []


def test_a_loss_keeps_its_cause_its_evidence_and_what_we_believed(ada, world):
    beliefs.log(
        contract=world.harbour_contract,
        probability=Decimal("0.9"),
        reason="Cleo is happy",
        by=world.ada,
        at=MAY,
    )
    decide(
        ada,
        world,
        "churned",
        churn_cause="external",
        churn_reason="Port closed",
        evidence="Notice of 3 May",
        avoidable="no",
    )

    page = ada.get(at("decision", world.harbour_contract)).content.decode()

    for words in ("Port closed", "Notice of 3 May", "Cleo is happy", "90%"):
        assert words in page


def test_a_decision_is_taken_back(ada, world):
    decide(ada, world, "renewed")

    ada.post(at("decision", world.harbour_contract), {"undo": "1"})
    again = ada.post(at("decision", world.harbour_contract), {"undo": "1"}, follow=True)

    assert "This renewal is not decided." in again.content.decode()
    assert fact_names() == ["accounts.renewal_decided", "accounts.renewal_withdrawn"]


def test_a_first_term_begins_with_the_companys_currency(ada, world):
    world.harbour_contract.delete()

    page = ada.get(at("contract-new", world.harbour)).content.decode()

    assert 'name="currency" value="EUR"' in page


def test_a_term_of_odd_length_is_followed_by_one_as_long(ada, world):
    world.harbour_contract.starts_on = "2026-09-01"
    world.harbour_contract.save()

    page = ada.get(at("contract-new", world.harbour)).content.decode()

    assert 'value="2026-10-30"' in page, "thirty days again"
