"""No more mail: by a person, and by one click of a mail program."""

from datetime import timedelta

import pytest
from django.test import Client

from arbiter.voice.actions import links, suppressions
from arbiter.voice.models import Suppression
from arbiter.voice.queries import budget
from arbiter.voice.queries import suppressions as held
from arbiter.voice.rules.budget import Request
from tests.facts import fact_names
from tests.portal.test_letter import text
from tests.world import JUNE, MAY


def test_one_click_of_a_mail_program_is_enough(world, link_of):
    program = Client(enforce_csrf_checks=True)

    reply = program.post(
        f"{link_of(world.cleo)}unsubscription/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert reply.status_code == 200
    assert not reply.cookies
    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE


def test_twice_is_once(client, world, link_of):
    where = f"{link_of(world.cleo)}unsubscription/"

    assert [client.post(where).status_code for _ in range(2)] == [200, 200]
    assert fact_names().count("accounts.contact_unsubscribed") == 1


def test_an_expired_link_still_stops_the_mail(client, world, clock):
    link, token = links.make(contact=world.cleo, by=world.ada, at=MAY)
    clock.set(link.expires_at + timedelta(days=300))

    reply = client.post(f"/p/{token}/unsubscription/")

    assert "You get no more mail like this" in text(reply)
    assert "Let mail come again" not in text(reply)


def test_mail_may_come_again(client, world, link_of):
    where = link_of(world.cleo)
    client.post(f"{where}unsubscription/")

    reply = client.post(f"{where}subscription/")

    assert "No more mail like this?" in text(reply)
    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at is None
    assert client.post(f"{where}subscription/").status_code == 200


@pytest.mark.parametrize("body", ["List-Unsubscribe=One-Click", "", "scope=all", "scope=odd"])
def test_what_says_nothing_of_a_scope_stops_everything(client, world, link_of, body):
    form = "application/x-www-form-urlencoded"
    client.post(f"{link_of(world.cleo)}unsubscription/", body, content_type=form)

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE


def test_a_form_of_many_parts_unsubscribes_as_well(world, link_of):
    program = Client(enforce_csrf_checks=True)
    where = f"{link_of(world.cleo)}unsubscription/"

    assert program.post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE


@pytest.mark.parametrize(
    ("scope", "stopped", "sentence"),
    [
        ("surveys", {"nps"}, "No more surveys come to you."),
        ("education", {"check_in"}, "No more check-ins and advice come to you."),
    ],
)
def test_some_of_the_mail_can_be_stopped_alone(client, world, link_of, scope, stopped, sentence):
    where = f"{link_of(world.cleo)}unsubscription/"

    page = text(client.post(where, {"scope": scope}))

    assert sentence in page
    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at is None
    assert may_not_be_sent(world.cleo) == stopped
    assert [(each.scope, each.cause, each.contact) for each in Suppression.objects.all()] == [
        (scope, "unsubscribed", world.cleo)
    ]


def may_not_be_sent(contact):
    to = budget.addressee(contact)
    asked = {"nps": "relationship", "check_in": "relationship", "intent": "outcome"}
    verdicts = {
        kind: budget.of([to], at=JUNE).decide(Request(to, purpose, kind, by_hand=True), at=JUNE)
        for kind, purpose in asked.items()
    }
    return {kind for kind, verdict in verdicts.items() if not verdict.may}


def test_what_they_stopped_comes_again_and_what_came_back_does_not(client, world, link_of):
    where = link_of(world.cleo)
    client.post(f"{where}unsubscription/", {"scope": "surveys"})
    suppressions.suppress(
        address=world.cleo.email, scope="all", cause="bounced", by=world.olga, at=JUNE
    )

    client.post(f"{where}subscription/")

    assert [each.cause for each in held.of_address(world.cleo.email, at=JUNE)] == ["bounced"]


def test_without_an_address_there_is_only_everything(client, world, link_of):
    world.cleo.email = ""
    world.cleo.save()
    where = f"{link_of(world.cleo)}unsubscription/"

    assert "surveys" not in text(client.get(where))
    client.post(where, {"scope": "surveys"})

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE
