"""No more mail: by a person, and by one click of a mail program."""

from datetime import timedelta

from django.test import Client

from arbiter.voice.actions import links
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
