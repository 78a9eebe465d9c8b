"""The renewals: what ends when, and three voices that are never averaged."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.accounts.models import Contract
from arbiter.forecast.actions import beliefs, standings
from arbiter.voice.actions import answers, asks
from tests.browser import objections
from tests.world import MAY, TODAY

URL = "/renewals/"


@pytest.fixture
def seen(client, world):
    """What somebody sees on the page of renewals."""

    def seen(person, query=""):
        standings.rebuild(as_of=TODAY)
        client.force_login(person)
        return client.get(URL + query)

    return seen


def text(reply):
    return " ".join(reply.content.decode().split())


def say_yes(world):
    beliefs.log(contract=world.harbour_contract, probability=Decimal("0.9"), by=world.ada, at=MAY)
    asks.put(contact=world.dora, kind="intent", channel="call", by=world.ada, at=MAY)
    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=TODAY)


def test_every_voice_stands_for_itself(world, seen):
    say_yes(world)

    page = text(seen(world.mona))

    assert "€48,000" in page
    assert "90%" in page
    assert "Harbour" in page
    assert seen(world.mona).context["seen"].yes_arr == 48_000


def test_money_is_split_into_what_customers_spoke_of_and_what_nobody_knows(world, seen):
    say_yes(world)

    september, november = seen(world.mona, "?days=365").context["months"]

    assert (september.month, september.said, september.unsaid) == (date(2026, 9, 1), 48_000, 0)
    assert (november.month, november.said, november.unsaid) == (date(2026, 11, 1), 0, 20_000)


def test_an_answer_nobody_has_read_yet_is_found_as_sealed_only(world, seen):
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=MAY)

    assert "after your belief" in text(seen(world.mona))
    assert list(seen(world.mona, "?answer=no").context["page"].rows) == []
    assert [
        row.customer_name for row in seen(world.mona, "?answer=sealed").context["page"].rows
    ] == ["Harbour"]


def test_a_value_nobody_knows_is_in_no_sum(world, seen):
    Contract.objects.filter(pk=world.quay_contract.pk).update(arr=None, currency="")

    headline = seen(world.mona, "?days=365").context["seen"]

    assert (headline.due_arr, headline.without_arr) == (Decimal("48000.00"), 1)


def test_what_is_past_its_end_undecided_stands_first(world, seen):
    Contract.objects.filter(pk=world.quay_contract.pk).update(ends_on=date(2026, 5, 20))

    page = seen(world.mona)

    assert [each.customer_name for each in page.context["overdue"]] == ["Quay"]
    assert reverse("workspace:decision", args=[world.quay_contract.pk]) in text(page)


def test_a_csm_sees_only_customers_within_reach(world, seen):
    assert "Quay" not in text(seen(world.ada))
    assert "Harbour" not in text(seen(world.quinn))


@pytest.mark.parametrize(
    "query", ["?days=soon", "?after=nonsense", "?answer=perhaps", "?currency=%00%00"]
)
def test_an_address_that_makes_no_sense_shows_the_first_page(world, seen, query):
    assert seen(world.mona, query).status_code == 200


def test_an_empty_installation_is_invited_to_bring_a_file(world, seen):
    Contract.objects.all().delete()

    assert "Bring in a file" in text(seen(world.mona))


def test_the_number_of_queries_does_not_grow_with_contracts(
    world, client, django_assert_max_num_queries
):
    for number in range(30):
        Contract.objects.create(
            key=f"harbour-more-{number}",
            customer=world.harbour,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 10, 1),
            arr=100,
            currency="EUR",
        )
    standings.rebuild(as_of=TODAY)
    client.force_login(world.mona)

    with django_assert_max_num_queries(20):
        client.get(URL)


def test_the_table_comes_for_a_spreadsheet_and_runs_nothing_there(world, client):
    type(world.harbour).objects.filter(pk=world.harbour.pk).update(name="=cmd()")
    standings.rebuild(as_of=TODAY)
    client.force_login(world.mona)

    rows = b"".join(client.get("/renewals.csv?days=365").streaming_content).decode().splitlines()

    assert rows[0].startswith("customer,ends_on,arr")
    assert rows[1].startswith("'=cmd(),2026-09-30,48000.00,EUR,never_asked,,")
    assert len(rows) == 3


def test_an_observer_may_look_but_not_take_the_table(world, client):
    client.force_login(world.otto)

    assert client.get("/renewals.csv").status_code == 403


@pytest.mark.sweep
@pytest.mark.browser
def test_everybody_can_read_it(world, live_server, open_page, signed_in):
    say_yes(world)
    standings.rebuild(as_of=TODAY)

    page = open_page(live_server.url + URL, cookies=signed_in(world.mona))

    assert objections(page) == []


def test_how_far_the_voices_lie_apart_is_drawn_and_a_sealed_answer_gives_nothing_away(world, seen):
    say_yes(world)
    answers.give(contact=world.dov, kind="intent", value="no", by=world.dov, at=MAY)

    page = seen(world.mona, "?days=365").content.decode()

    harbour, quay = (
        part.split("</tr>")[0] for part in page.split('data-label="How far apart"')[1:]
    )
    assert "90%" in harbour
    assert "no belief" in quay
    assert "no forecast" in quay
