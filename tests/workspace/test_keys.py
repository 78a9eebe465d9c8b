"""The page of keys for programs: listed, made and told once, revoked after one more question."""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbiter.foundation.actions import api_keys
from arbiter.foundation.models import ApiKey, Fact
from arbiter.foundation.queries import api_keys as known
from tests.browser import expect, objections
from tests.portal.test_letter import text
from tests.world import MAY, TODAY

KEYS = "/settings/keys/"


@pytest.fixture
def abe(client, world):
    client.force_login(world.abe)
    return client


def make(world, name="Warehouse", person=None):
    return api_keys.make(person=person or world.ada, name=name, by=world.olga, at=MAY)


def told(page):
    return re.search(r'value="(arb_[\w-]+)"', page.content.decode())[1]


def test_a_key_is_made_and_shown_on_that_answer_alone(abe, world, everything_but_sessions):
    page = abe.post(KEYS, {"name": "Warehouse", "person": world.ada.pk})

    key = told(page)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert known.holder(key) == world.ada
    assert ApiKey.objects.get().made_by == world.abe
    for name in (KEYS, "/settings/"):
        assert key not in abe.get(name).content.decode()
    kept = json.dumps([everything_but_sessions(), *(each.get_decoded() for each in Session.objects.all())])  # fmt: skip
    assert key not in kept
    assert Fact.objects.get(name="foundation.api_key_made").by_id == world.abe.pk


def test_the_list_says_what_for_in_whose_name_by_whom_and_when_it_was_used(abe, world):
    key, _ = make(world)
    make(world, "Observing", world.otto)
    page = text(abe.get(KEYS))
    assert (
        "Warehouse Ada Arnold CSM read and bring feedback 1 May by Olga Owens never Revoke" in page
    )
    assert "Observing Otto Oakes Observer do nothing" in page

    api_keys.note_use(key=key, at=TODAY)

    assert "by Olga Owens today Revoke" in text(abe.get(KEYS))


def test_it_is_asked_once_more_before_a_key_is_revoked(abe, world):
    key, secret = make(world)
    url = reverse("workspace:settings-key-revocation", args=[key.pk])

    assert "Revoke this key? Warehouse" in text(abe.get(url))
    assert known.holder(secret) == world.ada
    reply = abe.post(url, follow=True)

    assert "opens nothing any more" in text(reply)
    assert "revoked 1 Jun" in text(reply)
    assert known.holder(secret) is None
    assert Fact.objects.get(name="foundation.api_key_revoked").by_id == world.abe.pk
    assert "revoked already" in text(abe.post(url, follow=True))
    assert abe.get(reverse("workspace:settings-key-revocation", args=[10**6])).status_code == 404


@pytest.mark.parametrize("wrong", [{"name": " "}, {"person": ""}, {"person": "shut out"}])
def test_a_key_without_a_name_or_somebody_who_may_sign_in_is_not_made(abe, world, wrong):
    world.ben.is_active = False
    world.ben.save()
    given = {"name": "x", "person": world.ada.pk} | wrong
    if given["person"] == "shut out":
        given["person"] = world.ben.pk

    assert abe.post(KEYS, given).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_long_list_is_leafed_through_and_costs_the_same(abe, world, django_assert_num_queries):
    make(world, "First")
    with CaptureQueriesContext(connection) as one:
        abe.get(KEYS)
    for number in range(55):
        make(world, f"Program {number}")

    with django_assert_num_queries(len(one)):
        page = abe.get(KEYS)

    assert "First" not in text(page)
    older = re.search(r"\?before=\d+", page.content.decode())[0]
    assert "First Ada Arnold" in text(abe.get(KEYS + older))
    assert abe.get(f"{KEYS}?before=zzz").status_code == 200


def test_axe_finds_nothing_and_the_pages_fit_a_phone(live_server, world, signed_in, open_page):
    key, _ = make(world, "The data warehouse of the north and the south")
    page = open_page(f"{live_server.url}{KEYS}", cookies=signed_in(world.abe))
    assert objections(page) == []

    page.goto(f"{live_server.url}{KEYS}{key.pk}/revocation/")
    assert objections(page) == []


def test_a_key_is_made_and_revoked_without_javascript(live_server, world, signed_in, open_page):
    page = open_page(
        f"{live_server.url}{KEYS}", width=390, javascript=False, cookies=signed_in(world.abe)
    )
    page.get_by_label("What for?").fill("Help desk")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_label("Key", exact=True)).to_have_value(re.compile(r"^arb_"))
    page.get_by_role("link", name="It is kept safe").click()

    page.get_by_role("link", name="Revoke Help desk").click()
    page.get_by_role("button", name="Revoke").click()

    expect(page.get_by_text("opens nothing any more")).to_be_visible()


def test_axe_finds_nothing_where_the_key_is_shown(live_server, world, signed_in, open_page):
    page = open_page(f"{live_server.url}{KEYS}", cookies=signed_in(world.abe))
    page.get_by_label("What for?").fill("Help desk")
    page.get_by_role("button", name="Make it").click()

    expect(page.get_by_text("Copy it now.")).to_be_visible()
    assert objections(page) == []
