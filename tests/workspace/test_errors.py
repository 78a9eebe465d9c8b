"""When something goes wrong, the page is ours, says what to do, and tells no secret."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import reverse

from arbiter.foundation.queries import people
from tests.browser import axe_findings

EVERYONE = "settings-people"


def look(reply):
    text = reply.content.decode()
    assert "ui/app.css" in text
    return text


def test_an_address_that_leads_nowhere(client, world):
    reply = client.get("/nowhere/")

    assert reply.status_code == 404
    assert "There is nothing here" in look(reply)


def test_a_page_closed_to_a_role_says_which_right_is_missing(client, world):
    client.force_login(world.ada)

    reply = client.get(reverse(f"workspace:{EVERYONE}"))

    assert reply.status_code == 403
    assert "Your role may not invite colleagues" in look(reply)


def test_a_form_without_its_token_changes_nothing(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.abe)

    reply = client.post(reverse("workspace:settings-team-new"), {"name": "East"})

    assert reply.status_code == 403
    assert "Please try again" in look(reply)


@pytest.mark.parametrize(
    ("problem", "status", "says"),
    [
        (RuntimeError("the word nobody may read"), 500, "it is our mistake"),
        (SuspiciousOperation("the word nobody may read"), 400, "makes no sense"),
    ],
)
def test_what_we_did_not_foresee_is_told_without_details(
    client, world, monkeypatch, problem, status, says
):
    def broken():
        raise problem

    monkeypatch.setattr(people, "everyone", broken)
    client.force_login(world.abe)
    client.raise_request_exception = False

    reply = client.get(reverse(f"workspace:{EVERYONE}"))

    assert reply.status_code == status
    text = look(reply)
    assert says in text
    assert "the word nobody may read" not in text


def test_a_method_a_page_does_not_answer_is_refused(client, world):
    client.force_login(world.abe)

    assert client.delete(reverse("workspace:outbox")).status_code == 405


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible(live_server, open_page, theme):
    page = open_page(f"{live_server.url}/nowhere/", theme=theme)

    assert axe_findings(page) == []
