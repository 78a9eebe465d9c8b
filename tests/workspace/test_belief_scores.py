"""Beliefs scored as a page: counts below twenty, scores from there on, bins from two hundred."""

from datetime import date

import pytest

from arbiter.forecast.models import Belief
from tests.browser import objections
from tests.forecast import decided as book

URL = "/belief-scores/"


def believed_book(count, *, by, chance="0.9", lost_every=5):
    """So many decided terms of which somebody believed the same; each fifth was lost, and each said yes or no."""
    moment = book.noon(date(2026, 1, 10))
    for number in range(count):
        customer = book.customer(f"{by.pk}-{number:03}")
        contract = book.term(customer, date(2026, 3, 1))
        Belief.objects.create(
            contract=contract, at=moment, recorded_at=moment, probability=chance, by=by
        )
        is_lost = number % lost_every == 0
        book.say(customer, "no" if is_lost else "yes", book.noon(date(2026, 2, 1)))
        book.decide(contract, "churned" if is_lost else "renewed")


def text(reply):
    return " ".join(reply.content.decode().split())


def seen(client, person):
    client.force_login(person)
    return client.get(URL)


def test_a_score_stands_with_its_n_and_its_range(world, client):
    believed_book(25, by=world.ada)

    page = text(seen(client, world.mona))

    assert "Ada Arnold" in page
    # (20 · 0.01 + 5 · 0.81) / 25, and 0.8 · 0.2 for who says 80 % of everybody.
    assert "Brier 0.170" in page
    assert "would score 0.160" in page
    assert "+10 points" in page
    assert "25 of 25 were said before any answer" in page
    assert 'Ada Arnold<br><span class="data-table__sub">25 of 25 before any answer' in page


def test_below_twenty_there_are_counts(world, client):
    believed_book(6, by=world.ada)

    page = text(seen(client, world.mona))

    assert "below 20 there is no score" in page
    assert "4 of 6" in page
    assert "Brier 0." not in page


def test_the_answers_stand_beside_what_was_believed_before(world, client):
    believed_book(25, by=world.ada)

    page = text(seen(client, world.mona))

    assert "20 · we believed <strong>90%" in page
    assert "Brier against a stated yes or no: 0.170" in page


def test_bins_are_drawn_from_two_hundred_on(world, client):
    believed_book(30, by=world.ada)
    assert "Bins are drawn from 200" in text(seen(client, world.mona))

    believed_book(170, by=world.ben)

    assert "Bins are drawn from 200" not in text(seen(client, world.mona))


def test_a_csm_sees_their_own_and_nobody_elses(world, client):
    believed_book(3, by=world.ada)
    believed_book(3, by=world.quinn)

    assert [row["name"] for row in seen(client, world.ada).context["people"]] == ["Ada Arnold"]
    assert [row["name"] for row in seen(client, world.otto).context["people"]] == [
        "Ada Arnold",
        "Quinn Quist",
    ]


def test_without_a_belief_the_page_invites_one(world, client):
    assert "Nothing to score yet" in text(seen(client, world.ada))


def test_the_number_of_queries_does_not_grow_with_beliefs(
    world, client, django_assert_max_num_queries
):
    believed_book(40, by=world.ada)
    client.force_login(world.mona)

    with django_assert_max_num_queries(20):
        client.get(URL)


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_accessibility_rules_object_to_nothing(world, open_page, live_server, signed_in):
    believed_book(200, by=world.ada)
    believed_book(2, by=world.quinn)

    page = open_page(live_server.url + URL, cookies=signed_in(world.mona))

    assert objections(page) == []
