"""The queue of who is not sure, the work on them, and what became of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract
from arbiter.forecast.actions import beliefs
from arbiter.voice.actions import answers, follow_ups
from arbiter.voice.models import FollowUp
from tests.browser import objections
from tests.portal.test_letter import text
from tests.world import JANUARY, LAST_YEAR, MAY, TODAY

DUE = TODAY.date() + timedelta(days=9)


@pytest.fixture
def not_sure(world):
    """Dora is not sure, and Ada has said what she believes."""
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MAY)
    return answers.give(
        contact=world.dora,
        kind="intent",
        value="not_sure",
        by=world.dora,
        at=MAY,
        comment="The budget is not settled",
        would_make_it_yes="A lower price",
    )


@pytest.fixture
def ada(client, world):
    """Ada, signed in."""
    client.force_login(world.ada)
    return client


def form(world, **more):
    return {
        "owner": world.ben.pk,
        "due_on": DUE,
        "reason": "Budget",
        "would_make_it_yes": "",
        **more,
    }


def test_the_queue_shows_their_words_the_money_and_that_nobody_works_on_it(ada, not_sure):
    seen = text(ada.get("/not-sure/"))

    assert "“The budget is not settled”" in seen
    assert "A yes would take: “A lower price”" in seen
    assert "€48k a year" in seen
    assert "Nobody yet" in seen


def test_a_sealed_answer_is_not_in_the_queue_and_cannot_be_worked_on(ada, world):
    answer = answers.give(
        contact=world.dora, kind="intent", value="not_sure", by=world.dora, at=MAY
    )

    assert "Dora" not in text(ada.get("/not-sure/")).partition("Who is not sure")[2]
    assert ada.get(f"/answers/{answer.pk}/not-sure/").status_code == 404
    assert "Nobody was not sure" in text(ada.get("/not-sure/later/"))


def test_somebody_works_on_it_until_a_day(ada, world, not_sure):
    reply = ada.post(f"/answers/{not_sure.pk}/not-sure/", form(world))

    assert reply.status_code == 302
    kept = FollowUp.objects.get()
    assert (kept.owner, kept.due_on, kept.reason) == (world.ben, DUE, "Budget")
    seen = text(ada.get("/not-sure/"))
    assert "Ben Brandt" in seen
    assert "We understood: Budget" in seen


@pytest.mark.parametrize(
    "wrong", [{"owner": ""}, {"owner": "999"}, {"due_on": ""}, {"due_on": "2026-01-01"}]
)
def test_what_cannot_be_kept_is_said_beside_the_field(ada, world, not_sure, wrong):
    reply = ada.post(f"/answers/{not_sure.pk}/not-sure/", form(world, **wrong))

    assert reply.status_code == 422
    assert not FollowUp.objects.exists()


def test_the_form_brings_what_was_understood_before(ada, world, not_sure):
    follow_ups.set(
        answer=not_sure, owner=world.ben, due_on=DUE, by=world.ada, at=MAY, reason="Budget"
    )

    page = ada.get(f"/answers/{not_sure.pk}/not-sure/")

    assert ">\nBudget</textarea>" in page.content.decode()
    assert "It has been worked on" in text(page)


def test_only_a_not_sure_is_worked_on_here(ada, world, not_sure):
    yes = answers.give(contact=world.cleo, kind="intent", value="yes", by=world.cleo, at=MAY)

    assert ada.get(f"/answers/{yes.pk}/not-sure/").status_code == 404


def test_the_queue_is_narrowed(ada, world, not_sure):
    follow_ups.set(answer=not_sure, owner=world.ben, due_on=DUE, by=world.ada, at=MAY)

    assert len(ada.get("/not-sure/").context["rows"]) == 1
    assert ada.get("/not-sure/?whose=nobody").context["rows"] == []
    assert ada.get("/not-sure/?whose=mine").context["rows"] == []
    ada.force_login(world.ben)
    assert len(ada.get("/not-sure/?whose=mine").context["rows"]) == 1


def past(world, decision, number=0):
    customer = world.harbour
    if number:
        customer = type(world.harbour).objects.create(key=f"past-{number}", name=f"Past {number}")
    contact = type(world.cleo).objects.create(
        key=f"past-{number}", customer=customer, name=f"Pia {number}"
    )
    term = Contract.objects.create(
        customer=customer, starts_on=date(2024, 10, 1), ends_on=date(2025, 9, 30)
    )
    answers.give(contact=contact, kind="intent", value="not_sure", by=contact, at=LAST_YEAR)
    if decision:
        cause = {"churn_cause": "ours"} if decision == "churned" else {}
        contracts.decide(contract=term, decision=decision, by=world.olga, at=JANUARY, **cause)


def test_what_became_of_them_is_counted_and_named(client, world):
    client.force_login(world.mona)
    past(world, "renewed", 1)
    past(world, "churned", 2)
    past(world, "", 3)

    page = client.get("/not-sure/later/")

    assert {tile["label"]: tile["value"] for tile in page.context["tiles"]} == {
        "Stayed": 1, "Left": 1, "Still open": 1,
    }  # fmt: skip
    assert page.context["stayed"].shown == "1 of 2"
    left = client.get("/not-sure/later/?years=3&fate=left")
    assert [line["each"].customer for line in left.context["lines"]] == ["Past 2"]


def test_of_ten_and_more_the_share_has_an_interval(client, world):
    client.force_login(world.mona)
    for number in range(1, 11):
        past(world, "churned" if number > 8 else "renewed", number)

    stayed = client.get("/not-sure/later/").context["stayed"]

    assert (stayed.shown, stayed.between) == ("80%", "49–94%")


@pytest.mark.parametrize("page", ["/not-sure/", "/not-sure/later/"])
@pytest.mark.parametrize("query", ["?whose=x&after=x", "?years=x&fate=x&after=-1", "?after=%00"])
def test_an_address_that_makes_no_sense_shows_something(ada, not_sure, page, query):
    assert ada.get(page + query).status_code == 200


@pytest.mark.parametrize(("page", "most"), [("/not-sure/", 17), ("/not-sure/later/", 17)])
def test_the_number_of_queries_does_not_grow(
    client, world, not_sure, page, most, django_assert_max_num_queries
):
    for number in range(1, 8):
        past(world, "renewed", number)
    client.force_login(world.mona)

    with django_assert_max_num_queries(most):
        client.get(page)


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("page", ["/not-sure/", "/not-sure/later/", "/answers/{}/not-sure/"])
def test_everybody_can_read_it(world, not_sure, live_server, open_page, signed_in, page):
    past(world, "renewed", 1)

    seen = open_page(live_server.url + page.format(not_sure.pk), cookies=signed_in(world.mona))

    assert objections(seen) == []
