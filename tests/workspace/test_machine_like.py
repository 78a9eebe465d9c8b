"""The page of machine-like answers: how they came, never what they say."""

import pytest

from arbiter.voice.actions import answers
from arbiter.voice.queries.arrivals import Arrival
from tests.browser import objections
from tests.portal.test_letter import text
from tests.world import MAY

URL = "/machine-like/"


@pytest.fixture
def flagged(world):
    return answers.give(
        contact=world.cleo,
        kind="intent",
        value="not_sure",
        by=world.cleo,
        at=MAY,
        comment="Secret words",
        arrival=Arrival(at=MAY, trap="filled"),
    )


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def test_it_tells_how_an_answer_came_and_not_what_it_says(ada, flagged):
    seen = text(ada.get(URL))

    assert "filled a field that people cannot see" in seen
    assert "with 12 letters of their own" in seen
    assert "Secret words" not in seen
    assert "ot sure" not in seen.partition("Machine-like answers")[2].partition("Why it looks")[2]


@pytest.mark.parametrize(("decision", "flag"), [("counts", False), ("stays_out", True)])
def test_somebody_decides(ada, flagged, decision, flag):
    reply = ada.post(f"/answers/{flagged.pk}/review/", {"decision": decision})

    flagged.refresh_from_db()
    assert reply.status_code == 302
    assert (flagged.flagged, flagged.reviewed_at is None) == (flag, False)
    assert "Nothing to look at" in text(ada.get(URL))
    assert "Cleo Castro" in text(ada.get(f"{URL}?show=decided"))


def test_without_a_decision_nothing_changes(ada, flagged):
    ada.post(f"/answers/{flagged.pk}/review/", {})

    flagged.refresh_from_db()
    assert flagged.reviewed_at is None


def test_an_answer_that_counts_is_refused(ada, world):
    honest = answers.give(contact=world.cleo, kind="intent", value="no", by=world.cleo, at=MAY)

    page = ada.post(f"/answers/{honest.pk}/review/", {"decision": "stays_out"}, follow=True)

    assert "never looked like a machine" in text(page)


def test_an_observer_may_look_and_not_decide(client, world, flagged):
    client.force_login(world.otto)

    assert "It counts" not in text(client.get(URL))
    assert client.post(f"/answers/{flagged.pk}/review/").status_code == 403


def test_nobody_of_another_team_sees_it(client, world, flagged):
    client.force_login(world.quinn)

    assert "Nothing to look at" in text(client.get(URL))
    assert client.post(f"/answers/{flagged.pk}/review/").status_code == 404


@pytest.mark.parametrize("query", ["?after=x", "?show=x", "?show=decided&after=x"])
def test_an_address_that_makes_no_sense_shows_something(ada, flagged, query):
    assert ada.get(URL + query).status_code == 200


def test_the_number_of_queries_does_not_grow(ada, flagged, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        ada.get(URL)


@pytest.mark.sweep
@pytest.mark.browser
def test_everybody_can_read_it(world, flagged, live_server, open_page, signed_in):
    seen = open_page(live_server.url + URL, cookies=signed_in(world.mona))

    assert objections(seen) == []
