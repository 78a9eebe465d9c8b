"""The widget: a script in the vendor's product, a frame with the survey, and nobody who answers as another."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import signing
from playwright.sync_api import expect

from arbiter.portal import words
from arbiter.voice import rules as voice_rules
from arbiter.voice.actions import widget
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries import widget as queries
from arbiter.voice.rules import widget as rules
from tests.browser import DRAWN, axe_findings
from tests.portal.test_letter import text
from tests.portal.test_surveys import form
from tests.world import JUNE

APP = "https://app.lighthouse.test"


def signed(contact, expires=None):
    expires = expires or rules.until(JUNE)
    secret = queries.secret(queries.current())
    return {
        "contact": contact.key,
        "expires": str(expires),
        "signature": rules.signature(secret, contact.key, expires),
    }


@pytest.fixture
def on(world):
    return widget.set_up(origins=[APP], by=world.olga, at=JUNE)


@pytest.fixture
def ask(client, on):
    def post(data, origin=APP):
        return client.post("/widget/questions/", data, headers={"origin": origin})

    return post


@pytest.fixture
def frame(ask, world):
    url = ask(signed(world.cleo)).json()["url"]
    return url.removeprefix("http://testserver")


def test_the_script_is_handed_to_anybody_and_holds_no_secret(client, on):
    reply = client.get("/widget.js")

    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert queries.secret(on) not in reply.content.decode()
    assert "innerHTML" not in reply.content.decode()
    assert client.post("/widget.js").status_code == 405


def test_the_right_person_is_asked(ask, world):
    reply = ask(signed(world.cleo))

    said = reply.json()
    assert said["title"] == "A question from Lighthouse"
    assert said["direction"] == "ltr"
    assert reply.headers["Access-Control-Allow-Origin"] == APP
    assert reply.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert Ask.objects.get().contact == world.cleo


def test_a_forged_signature_is_refused_and_nothing_recorded(ask, world, everything):
    before = everything()
    as_another = signed(world.cleo) | {"contact": world.dora.key}

    replies = [ask(as_another), ask({}), ask(signed(world.cleo) | {"signature": "ü" * 64})]

    assert [reply.status_code for reply in replies] == [403, 403, 403]
    assert everything() == before


@pytest.mark.parametrize("origin", ["https://evil.test", "", "null", f"{APP}.evil.test"])
def test_another_origin_may_not_ask(ask, world, origin):
    reply = ask(signed(world.cleo), origin=origin)

    assert reply.status_code == 403
    assert "Access-Control-Allow-Origin" not in reply.headers
    assert not Ask.objects.exists()


def test_before_it_is_set_up_nobody_may_ask(client, world):
    reply = client.post("/widget/questions/", {}, headers={"origin": APP})

    assert reply.status_code == 403


def test_a_browser_may_look_before_it_asks(client, on):
    reply = client.options("/widget/questions/", headers={"origin": APP})

    assert (reply.status_code, reply.headers["Access-Control-Allow-Methods"]) == (204, "POST")


def test_when_there_is_nothing_to_ask_it_stays_silent(ask, world):
    ask(signed(world.cleo))

    assert ask(signed(world.cleo) | {"survey": "csat"}).status_code == 204
    assert ask(signed(world.cleo) | {"survey": "intent"}).status_code == 422


def test_the_frame_opens_in_the_product_and_nowhere_else(client, frame):
    reply = client.get(frame)

    policy = reply.headers["Content-Security-Policy"]
    assert f"frame-ancestors {APP}" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"
    assert not reply.cookies
    assert "Cleo Castro" not in text(reply)


def test_looking_at_the_frame_records_nothing(client, frame, everything):
    before = everything()

    for method in (client.get, client.head):
        assert method(f"{frame}?value=9").status_code == 200

    assert everything() == before


def test_they_answer_in_the_product(client, frame, world):
    more = client.post(f"{frame}responses/", form(score="9")).headers["Location"]
    assert "What do you value most?" in text(client.get(more))

    thanks = client.post(more, form(why="Fast")).headers["Location"]

    answer = Answer.objects.get()
    assert (answer.contact, answer.value, answer.comment) == (world.cleo, "9", "Fast")
    assert (answer.via, answer.ask.channel) == ("widget", "link")
    assert "Thank you, Cleo" in text(client.get(thanks))


def test_a_person_is_seen_when_the_page_says_so(client, frame):
    assert client.post(f"{frame}opening/").status_code == 204
    assert Ask.objects.get().opened_at == JUNE


def test_a_flood_is_stopped(client, frame, monkeypatch):
    monkeypatch.setattr(queries, "POSTS_IN_WINDOW", 1)
    client.post(f"{frame}responses/", form(score="9"))

    reply = client.post(f"{frame}responses/", form(score="1"))

    assert reply.status_code == 429
    assert Answer.objects.count() == 1
    assert voice_rules.POSTS_IN_WINDOW > 1


def test_a_ticket_that_is_spoilt_or_for_nothing_opens_nothing(client, on, world):
    letter = Ask.objects.create(contact=world.cleo, kind="intent", at=JUNE, recorded_at=JUNE)
    for ticket in ("x", signing.dumps(letter.pk), signing.dumps(0, salt="arbiter.portal.widget")):
        assert client.get(f"/w/{ticket}/").status_code == 410
    of_a_letter = signing.dumps(letter.pk, salt="arbiter.portal.widget")
    assert client.get(f"/w/{of_a_letter}/").status_code == 410


def test_the_frame_answers_only_what_it_is_for(client, frame):
    assert client.post(frame).status_code == 405
    assert client.get(f"{frame}responses/").status_code == 405
    assert client.get(f"{frame}responses/999/").status_code == 404


STRICT = (
    "default-src 'none'; script-src {home}; connect-src {home}; frame-src {home}; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


@pytest.fixture
def product():
    """The vendor's product: a page on another origin, with a policy that lets in nothing but the widget."""
    state = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            data = " ".join(f'data-{name}="{value}"' for name, value in state["tag"].items())
            page = f'<!DOCTYPE html><html lang="en"><title>Product</title><main><h1>Product</h1></main><script src="{state["home"]}/widget.js" {data} defer></script></html>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", STRICT.format(home=state["home"]))
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state["url"] = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(world, product, live_server, open_page):
    """Open the product with a tag of the widget; returns the page and what its console complained of."""
    widget.set_up(origins=[product["url"]], by=world.olga, at=JUNE)

    def open_(tag, **look):
        product.update(home=live_server.url, tag=tag)
        page = open_page(**look)
        complaints = []
        page.on("console", lambda line: complaints.append(line.text))
        page.goto(product["url"])
        return page, complaints

    return open_


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_another_origin_the_right_person_answers_under_strict_policies(world, visit):
    page, complaints = visit(signed(world.cleo))
    frame = page.frame_locator("iframe[title='A question from Lighthouse']")

    frame.get_by_role("radio", name="9", exact=True).check(force=True)
    frame.get_by_role("button", name="Send").click()
    more = frame.get_by_label("What do you value most?")
    more.fill("Fast")
    frame.get_by_role("button", name="Send").click()
    more.wait_for(state="detached")
    frame.get_by_text("Thank you, Cleo").wait_for()

    answer = Answer.objects.get()
    assert (answer.contact, answer.value, answer.comment) == (world.cleo, "9", "Fast")
    assert (answer.via, answer.flagged) == ("widget", False)
    assert complaints == []
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_another_origin_a_forged_signature_shows_nothing(world, visit):
    page, complaints = visit(signed(world.cleo) | {"contact": world.dora.key})
    page.wait_for_timeout(500)

    assert page.locator("iframe").count() == 0
    assert any("does not fit this person" in line for line in complaints)
    assert not Ask.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_not_now_is_remembered_and_closes_it(world, visit):
    page, _ = visit(signed(world.cleo))
    page.get_by_role("button", name="Not now").click()
    assert page.locator("iframe").count() == 0

    page.reload()
    page.wait_for_timeout(500)

    assert page.locator("iframe").count() == 0
    assert json.dumps(page.evaluate("Object.keys(localStorage)")) == '["arbiter-not-now"]'


def findings_of(page, frame):
    """What axe objects to in the frame and in the page around it, and which of them is wider than its place."""
    found = []
    for name, place in (("around", page), ("inside", frame)):
        place.evaluate(DRAWN)
        wide = place.evaluate("document.documentElement.scrollWidth > innerWidth")
        said = [*axe_findings(place), *(["too wide"] if wide else [])]
        found += [f"{name}: {each}" for each in said]
    return found


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["fr", "ar"])
def test_on_another_origin_no_page_of_the_frame_has_a_finding_on_a_phone(world, visit, code, theme):
    world.cleo.language = code
    world.cleo.save()
    page, _ = visit(signed(world.cleo), theme=theme, width=360)
    expect(page.locator("iframe")).to_be_visible()
    [frame] = [each for each in page.frames if each.parent_frame]
    send = frame.get_by_role("button", name=words.CATALOGUES[code]["send"], exact=True)

    frame.get_by_role("radio", name="9", exact=True).press("Space")
    assert frame.locator("html").get_attribute("lang") == code
    assert page.locator("section").get_attribute("dir") == words.direction(code)
    assert findings_of(page, frame) == []
    send.press("Enter")
    expect(frame.locator("textarea")).to_be_visible()
    assert findings_of(page, frame) == []
    send.press("Enter")
    expect(frame.locator("form")).to_have_count(0)
    assert findings_of(page, frame) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_another_origin_they_pick_their_language_in_the_frame(world, visit):
    page, _ = visit(signed(world.cleo), width=360)
    frame = page.frame_locator("iframe[title='A question from Lighthouse']")

    frame.get_by_role("link", name="Deutsch").press("Enter")
    expect(frame.get_by_role("button", name="Senden", exact=True)).to_be_visible()
    frame.get_by_role("radio", name="9", exact=True).press("Space")
    frame.get_by_role("button", name="Senden", exact=True).press("Enter")

    expect(frame.get_by_role("heading", name="Danke, Cleo")).to_be_visible()
    assert Answer.objects.get().language == "de"
