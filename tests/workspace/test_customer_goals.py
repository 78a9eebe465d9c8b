"""Goals on a customer's page: how far each has come, by whose word, and what nobody has said."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arbiter.accounts.actions import customers
from arbiter.engagement.actions import touchpoints
from arbiter.forecast.actions import standings
from arbiter.outcomes.actions import awareness, goals, verdicts
from arbiter.voice.actions import asks
from tests.workspace.customer_page import judge, measure, page
from tests.world import JUNE, LAST_YEAR, MARCH, MAY


@pytest.fixture
def ada(client, world):
    standings.rebuild(as_of=JUNE)
    client.force_login(world.ada)
    return world.ada


def test_a_goal_shows_its_quote_and_whose_it_is(client, world, ada):
    judge(world.faster_onboarding, world.cleo, "achieved", comment="Two weeks, really.")

    text = page(client, world.harbour)

    assert "Cleo confirmed" in text
    assert "“Two weeks, really.”" in text
    assert "Stated by Cleo Castro" in text
    assert "in their words" in text


def test_where_nobody_has_said_so_the_page_says_that_and_asks(client, world, ada):
    measure(world.faster_onboarding, world.ada, "30")

    text = page(client, world.harbour)

    assert "We think this is going well. Nobody at Harbour has said so." in text
    assert "Nothing was measured yet, and nobody at Harbour has said how it goes." in text
    assert "Ask for a verdict" in text


def test_what_is_reached_and_not_known_is_to_be_told(client, world, ada):
    measure(world.faster_onboarding, world.ada, "12")

    text = page(client, world.harbour)

    assert "Reached by our numbers, and nobody at Harbour knows." in text
    assert reverse("workspace:goal-awareness", args=[world.faster_onboarding.pk]) in (
        client.get(reverse("workspace:customer", args=[world.harbour.pk])).content.decode()
    )


def test_numbers_that_did_not_move_are_not_praised(client, world, ada):
    measure(world.faster_onboarding, world.ada, "42")

    assert "Our numbers have not moved." in page(client, world.harbour)


def test_a_dispute_offers_another_measure(client, world, ada):
    judge(world.faster_onboarding, world.cleo, "not", comment="Six weeks still.")

    text = page(client, world.harbour)

    assert "Cleo disputes" in text
    assert "Agree a new measure" in text


def test_a_verdict_on_behalf_is_marked(client, world, ada):
    verdicts.give(
        goal=world.faster_onboarding,
        contact=world.dora,
        verdict="partly",
        comment="Half way.",
        evidence="Call on 3 May",
        by=world.ada,
        at=MAY,
    )

    text = page(client, world.harbour)

    assert "Dora says partly" in text
    assert "recorded by us on their behalf" in text


def test_a_verdict_too_old_to_count_is_asked_for_again(client, world, ada):
    judge(world.faster_onboarding, world.cleo, "achieved", at=LAST_YEAR - timedelta(days=30))

    text = page(client, world.harbour)

    assert "Not asked for 13 months" in text
    assert "0 of 2 confirmed" in text


def test_a_verdict_asked_for_and_not_given_shows_since_when(client, world, ada):
    for at in (MARCH, MAY):
        asks.put(
            contact=world.cleo,
            kind="verdict",
            channel="mail",
            goal_key=world.faster_onboarding.key,
            by=world.ada,
            at=at,
        )

    assert "Asked 4 weeks ago, no reply" in page(client, world.harbour)


def test_warnings_stand_beside_the_goal_and_are_never_averaged_away(client, world, ada):
    measure(world.faster_onboarding, world.ada, "12")
    measure(world.faster_onboarding, world.ada, "6", measure="Incidents a month")
    goals.state(
        customer=world.harbour,
        statement="Go live with the crew planner",
        whose_words="vendor",
        by=world.ada,
        at=LAST_YEAR - timedelta(days=30),
    )

    text = page(client, world.harbour)

    assert "Incidents a month: 6, and it must not be over 4." in text
    assert "A goal, or a step to one?" in text
    assert "Is this still what they want? It was agreed more than a year ago." in text
    assert "2 of 3 in their words" in text


def test_evidence_stands_side_by_side(client, world, ada):
    measure(world.faster_onboarding, world.ada, "35", at=MARCH)
    measure(world.faster_onboarding, world.ada, "20", at=MAY)
    awareness.tell(goal=world.faster_onboarding, contacts=[world.sam], by=world.ada, at=MAY)
    judge(world.faster_onboarding, world.cleo, "partly", helped="yes")
    touchpoints.log(
        customer=world.harbour,
        kind="call",
        contacts=[world.cleo],
        value_conversation=True,
        summary="Went through the crew plan.",
        by=world.ada,
        at=MAY,
    )

    text = page(client, world.harbour)

    assert "our part: yes" in text
    assert "Sam Silva was told" in text
    assert "35 days" in text
    assert "Went through the crew plan." in text


def test_a_promise_is_unconfirmed_by_the_customer(client, world, ada):
    customers.hand_off(
        customer=world.harbour,
        why_bought="Too many idle crews.",
        promised_value="Half the onboarding time",
        promised_by="Ben Brandt",
        promise_quote="You will see it by spring.",
        promise_source="Offer 12",
        by=world.ada,
        at=MAY,
    )

    text = page(client, world.harbour)

    assert "Too many idle crews." in text
    assert "Promised, unconfirmed by the customer" in text
    assert "Ben Brandt, Offer 12" in text
