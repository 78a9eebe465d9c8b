"""The settings of the digest: one's own mail, and the channels of all."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from arbiter.engagement.actions import promises
from arbiter.engagement.queries import digests
from tests.world import MAY

OWN, ALL = "/settings/you/digest/", "/settings/digests/"


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return world.ada


def post(client, url, **data):
    return client.post(url, data, follow=True).content.decode()


def test_a_colleague_orders_their_own_mail_and_stops_it(client, ada):
    assert "every day on which something changed" in post(client, OWN, hour=8)
    assert digests.of_person(ada).hour == 8
    assert "Change the hour" in client.get(OWN).content.decode()
    assert "no digest any more" in post(client, OWN, stop="yes")
    assert digests.of_person(ada) is None
    assert client.post(OWN, {"hour": 99}).status_code == 422


def test_the_page_shows_what_it_would_tell_now(client, ada, world):
    day = MAY.replace(day=31).date()
    promises.make(customer=world.harbour, text="A training day", by=ada, at=MAY, due_on=day)
    promises.make(customer=world.quay, text="Secret", by=world.olga, at=MAY, due_on=day)

    shown = client.get(OWN).content.decode()

    assert "Promised by 31 May: A training day" in shown
    assert "Secret" not in shown


@pytest.fixture
def hook():
    class Channel(BaseHTTPRequestHandler):
        def do_POST(self):
            server.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(server.answer)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Channel)
    server.taken, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_a_channel_is_added_tried_and_stopped_and_its_address_is_never_shown(
    client, world, hook, kind
):
    client.force_login(world.abe)
    address = f"http://127.0.0.1:{hook.server_port}/hook-secret"

    added = post(client, ALL, kind=kind, name="#customers", address=address, hour=17)
    assert "#customers" in added
    assert "hook-secret" not in added
    (order,) = digests.channels()
    assert "It was taken" in post(client, f"{ALL}{order.pk}/", decision="test")
    assert b"Arbiter reaches this channel." in hook.taken[0]
    hook.answer = 500
    assert "The channel answered 500." in post(client, f"{ALL}{order.pk}/", decision="test")
    assert "Stopped." in post(client, f"{ALL}{order.pk}/", decision="stop")
    assert not digests.channels().exists()


def test_an_address_that_is_none_is_refused_beside_its_field(client, world):
    client.force_login(world.abe)

    refused = client.post(ALL, {"kind": "slack", "name": "x", "address": "ftp://x", "hour": 1})

    assert refused.status_code == 422
    assert "beginning with https://" in refused.content.decode()


def test_looking_at_it_records_nothing(client, ada, everything_but_sessions):
    before = everything_but_sessions()
    client.get(OWN)
    assert everything_but_sessions() == before
