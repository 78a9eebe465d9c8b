import pytest
from django.urls import reverse

from arbiter.engagement.queries import touchpoints
from arbiter.outcomes.actions import revisions
from arbiter.outcomes.queries import investments
from tests.facts import fact_names
from tests.outcomes.story import measure
from tests.world import MAY, TODAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


def test_a_call_about_their_goals_is_logged(ada, world):
    reply = ada.post(
        at("touchpoint-new", world.harbour),
        {
            "kind": "call",
            "on": "2026-05-20",
            "contacts": [world.cleo.pk, world.dora.pk],
            "value_conversation": "on",
            "summary": "Crews are faster",
        },
    )

    assert reply.url == at("customer", world.harbour)
    [call] = touchpoints.of(world.harbour, as_of=TODAY)
    assert set(call.contacts.all()) == {world.cleo, world.dora}
    assert (call.value_conversation, call.by, call.recorded_at) == (True, world.ada, TODAY)
    page = ada.get(at("touchpoint-new", world.harbour)).content.decode()
    assert "Crews are faster" in page
    assert "12 days ago" in page


def test_what_is_yet_to_come_is_refused(ada, world):
    reply = ada.post(at("touchpoint-new", world.harbour), {"kind": "call", "on": "2026-06-02"})

    assert reply.status_code == 422
    assert "That day is yet to come." in reply.content.decode()


def test_what_was_logged_wrongly_is_removed_and_leads_back_to_where_one_was(ada, world):
    here = at("touchpoint-new", world.harbour)
    ada.post(here, {"kind": "note", "on": "2026-05-20"})
    [note] = touchpoints.of(world.harbour, as_of=TODAY)

    reply = ada.post(at("touchpoint-removal", note), {"next": here})

    assert reply.url == here
    assert fact_names() == ["engagement.touchpoint_logged", "engagement.touchpoint_removed"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_led_to_a_place_that_is_not_ours(ada, world, elsewhere):
    reply = ada.post(
        at("touchpoint-new", world.harbour),
        {"kind": "note", "on": "2026-05-20", "next": elsewhere},
    )

    assert reply.url == at("customer", world.harbour)


def test_a_price_is_told_for_one_unit_of_the_measure(ada, world):
    revisions.revise(
        goal=world.lower_support_cost,
        by=world.ada,
        at=MAY,
        agreed_by=world.dora,
        reason="They count in days",
        measure="Days to an answer",
        unit="days",
        direction="down",
        baseline=9,
        target=2,
        money_per_unit=500,
        currency="EUR",
    )
    measure(world, 5, at=MAY, goal=world.lower_support_cost)

    page = ada.get(at("investment-new", world.harbour)).content.decode()

    assert "at €500 a year per day<" in page


def test_their_effort_is_written_down_and_counts_in_the_return(ada, world):
    measure(world, 3_000, at=MAY, goal=world.lower_support_cost)
    here = at("investment-new", world.harbour)

    ada.post(
        here,
        {
            "amount": "12000",
            "currency": "EUR",
            "on": "2026-05-20",
            "goal": world.lower_support_cost.pk,
            "stated_by": world.dora.pk,
            "assumptions": "30 days at 400",
        },
    )
    page = ada.get(here).content.decode()

    [effort] = investments.of(world.harbour, as_of=TODAY)
    assert (effort.goal, effort.stated_by) == (world.lower_support_cost, world.dora)
    assert "30 days at 400" in page
    assert "20%" in page


def test_an_effort_without_its_currency_is_refused(ada, world):
    reply = ada.post(
        at("investment-new", world.harbour),
        {"amount": "12000", "currency": "", "on": "2026-05-20"},
    )

    assert reply.status_code == 422
    assert b'id="id_currency_error"' in reply.content


def test_an_effort_written_down_wrongly_is_taken_back(ada, world):
    here = at("investment-new", world.harbour)
    ada.post(here, {"amount": "1", "currency": "EUR", "on": "2026-05-20"})
    [effort] = investments.of(world.harbour, as_of=TODAY)

    reply = ada.post(at("investment-withdrawal", effort), {"next": here})

    assert reply.url == here
    assert not investments.of(world.harbour, as_of=TODAY)
