"""A sealed answer: nobody reads it, by no part of the page, before somebody has said what they believe."""

from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.forecast.actions import beliefs, openings, standings
from arbiter.voice.actions import answers
from tests.workspace.customer_page import PARTS, page
from tests.world import JUNE, MAY

SECRET = "We have signed with somebody else"
GIVEN_AWAY = ("likely to renew", "Someone said no", "said no", "answered no on continuing")


@pytest.fixture
def sealed(client, world):
    """Dora has said no, and nobody has said what they believe."""
    answer = answers.give(
        contact=world.dora, kind="intent", value="no", comment=SECRET, by=world.dora, at=MAY
    )
    standings.rebuild(as_of=JUNE)
    client.force_login(world.ada)
    return answer


@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_the_page_gives_it_away(client, world, sealed, part):
    shown = {"show": "everything"} if part == "customer-timeline" else {}

    text = page(client, world.harbour, part, **shown)

    assert SECRET not in text
    assert not [words for words in GIVEN_AWAY if words in text]
    assert "Sealed 1 of 4 people answered" in text
    assert "Hidden until somebody says what they believe" in text


def test_it_shows_that_it_is_there_and_asks_for_the_belief(client, world, sealed):
    reply = client.get(reverse("workspace:customer", args=[world.harbour.pk])).content.decode()

    assert "Dora Diaz" in reply
    assert "Answered, sealed" in reply
    assert reverse("workspace:beliefs", args=[world.harbour_contract.pk]) in reply
    assert reverse("workspace:answer-opening", args=[sealed.pk]) in reply
    assert "answered whether they will continue; sealed" in page(
        client, world.harbour, "customer-timeline"
    )


def test_a_belief_opens_it(client, world, sealed):
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=JUNE)

    text = page(client, world.harbour)

    assert SECRET in text
    assert "answered no on continuing" in text
    assert "likely to renew" in text


def test_the_form_on_the_page_logs_the_belief(client, world, sealed):
    url = reverse("workspace:beliefs", args=[world.harbour_contract.pk])

    reply = client.post(url, {"probability": "85", "reason": "Quiet."}, follow=True)

    assert SECRET in reply.content.decode()


def test_it_may_be_read_without_a_belief_and_that_is_kept(client, world, sealed):
    openings.open_sealed(
        answer_id=sealed.pk, contract=world.harbour_contract, by=world.ada, at=JUNE
    )

    assert SECRET in page(client, world.harbour)
    assert "read a sealed answer without a belief" in page(
        client, world.harbour, "customer-timeline", show="everything"
    )


def test_an_observer_sees_neither_the_answer_nor_a_way_to_it(client, world, sealed):
    client.force_login(world.otto)

    reply = client.get(reverse("workspace:customer", args=[world.harbour.pk])).content.decode()

    assert SECRET not in reply
    assert "/beliefs/" not in reply
    assert "/opening/" not in reply
