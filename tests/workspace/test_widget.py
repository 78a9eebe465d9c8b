"""/settings/widget/: which pages may ask, the secret, and what to paste."""

import hashlib
import hmac

import pytest

from arbiter.voice.actions import widget as verbs
from arbiter.voice.models import Widget
from arbiter.voice.queries import widget
from arbiter.voice.rules import widget as rules
from arbiter.workspace.widget import snippets
from tests.browser import objections
from tests.world import JUNE

APP = "https://app.lighthouse.test"
PAGE = "/settings/widget/"


@pytest.fixture
def olga(client, world):
    client.force_login(world.olga)
    return client


def test_it_is_set_up_by_naming_the_pages(olga):
    reply = olga.post(PAGE, {"origins": f"{APP}\n\nhttp://localhost:3000/"})

    assert reply.status_code == 302
    assert widget.origins() == (APP, "http://localhost:3000")
    page = olga.get(PAGE).content.decode()
    assert widget.secret(widget.current()) in page
    assert "widget.js" in page
    assert "frame-src http://localhost:8000" in page


def test_what_is_no_origin_is_told_at_its_field(olga):
    reply = olga.post(PAGE, {"origins": "my product"})

    assert reply.status_code == 422
    assert "is no origin such as" in reply.content.decode()
    assert not Widget.objects.exists()


def test_another_secret_and_the_end(olga, world):
    verbs.set_up(origins=[APP], by=world.olga, at=JUNE)
    first = widget.secret(widget.current())

    olga.post(f"{PAGE}secret/")
    assert widget.secret(widget.current()) != first
    olga.post(f"{PAGE}end/")
    assert widget.current() is None
    for part in ("secret/", "end/"):
        reply = olga.post(PAGE + part, follow=True)
        assert "The widget is not set up yet." in reply.content.decode()


def test_a_secret_that_cannot_be_read_is_told(olga, world, settings):
    verbs.set_up(origins=[APP], by=world.olga, at=JUNE)
    Widget.objects.update(sealed_secret="spoilt")

    assert "The secret cannot be read." in olga.get(PAGE).content.decode()


def test_the_snippet_signs_as_we_check(monkeypatch):
    names = {}
    exec(snippets.PYTHON, names)
    monkeypatch.setattr("time.time", lambda: JUNE.timestamp())

    made = names["arbiter_tag"]("cleo", "secret")

    assert made["signature"] == rules.signature("secret", "cleo", int(made["expires"]))
    assert rules.is_signed(
        ["secret"], contact_key="cleo", expires=made["expires"], signed=made["signature"], at=JUNE
    )
    plain = hmac.new(b"secret", f"cleo\n{made['expires']}".encode(), hashlib.sha256)
    assert plain.hexdigest() == made["signature"]


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_the_page_has_no_finding(world, live_server, open_page, signed_in):
    verbs.set_up(origins=[APP], by=world.olga, at=JUNE)
    page = open_page(live_server.url + PAGE, cookies=signed_in(world.olga))

    assert objections(page) == []
