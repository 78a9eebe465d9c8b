"""The pages of sources: made, copied from, heard, changed, revoked; what was not taken and why."""

import gzip
import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import escape

from arbiter.usage.actions import sources
from arbiter.usage.models import Parcel, Rejection, Source
from arbiter.usage.queries import sources as reads
from arbiter.workspace.sources.snippets import HOST, KEY, SNIPPETS
from tests.browser import expect, objections
from tests.world import MAY, TODAY

SECOND = timedelta(seconds=1)


def at(name, *args):
    return reverse(f"workspace:settings-{name}", args=args)


@pytest.fixture
def abe(client, world):
    client.force_login(world.abe)
    return world.abe


@pytest.fixture
def web(world):
    return make(world)


def make(world, **more):
    return sources.make(**{"name": "Web app", "kind": "server", "by": world.abe, "at": MAY} | more)[
        0
    ]


def send(source, *events, at=TODAY):
    body = json.dumps({"batch": list(events)}).encode()
    return Parcel.objects.create(
        source=source,
        received_at=at,
        dialect="segment",
        events=len(events),
        body=gzip.compress(body),
    )


def track(event):
    return {"type": "track", "event": event, "userId": "u-1", "messageId": event}


def reject(source, number, *, sample="{}"):
    return Rejection.objects.create(
        source=source,
        code="no_event",
        message=f"Reason {number}.",
        sample=sample,
        times=number + 1,
        first_at=MAY,
        last_at=MAY + number * SECOND,
    )


def test_a_source_is_made_and_its_page_shows_what_to_paste(client, abe):
    reply = client.post(at("source-new"), {"name": "Web app", "kind": "server"})

    source = Source.objects.get()
    assert reply.headers["Location"] == at("source", source.pk)
    page = client.get(reply.headers["Location"]).content.decode()
    for snippet in SNIPPETS:
        text = snippet.text(host="http://localhost:8000", key=reads.key_of(source))
        assert (escape(text) in page) == (snippet.kind == "server"), snippet.slug
    assert HOST not in page
    assert KEY not in page


@pytest.mark.parametrize("kind", ["server", "browser", "webhook"])
def test_every_kind_of_source_has_something_to_paste(client, world, abe, kind):
    source = make(world, kind=kind)

    page = client.get(at("source", source.pk)).content.decode()

    assert page.count('class="snippet"') == {"server": 6, "browser": 3, "webhook": 2}[kind]
    assert ("Everyone who opens your pages can read this key" in page) == (kind == "browser")


@pytest.mark.parametrize(
    "given", [{"name": "", "kind": "server"}, {"name": "App"}, {"name": "App", "kind": "owl"}]
)
def test_what_cannot_be_made_is_said_on_the_page(client, abe, given):
    assert client.post(at("source-new"), given).status_code == 422
    assert not Source.objects.exists()


def test_until_it_is_heard_the_page_listens_and_then_it_shows_the_first_event(client, abe, web):
    before = client.get(at("source-heard", web.pk)).content.decode()
    assert "Listening" in before
    assert 'hx-trigger="every 2s"' in before

    send(web, track("Report Exported"), track("Signed In"))

    after = client.get(at("source-heard", web.pk)).content.decode()
    assert "We heard you." in after
    assert "Report Exported" in after
    assert "hx-" not in after
    assert after in client.get(at("source", web.pk)).content.decode()


def test_after_the_flush_the_moment_is_left(client, abe, web):
    web.heard_at = TODAY
    web.save()

    told = client.get(at("source-heard", web.pk)).content.decode()

    assert "We heard you." in told
    assert "source-event" not in told


@pytest.mark.parametrize(
    ("body", "said"), [(b"no json", "JSON"), (b'{"batch":[]}', ""), (b'{"batch":[{"type":"identify","userId":"u"}]}', "identify")]
)  # fmt: skip
def test_whatever_came_first_the_page_opens(client, abe, web, body, said):
    parcel = send(web)
    parcel.body = gzip.compress(body)
    parcel.save()

    told = client.get(at("source-heard", web.pk)).content.decode()

    assert "We heard you." in told
    assert said in told


def test_what_is_asked_for_records_nothing(client, abe, web, everything_but_sessions):
    send(web, track("Report Exported"))
    before = everything_but_sessions()

    for name in ("source", "source-heard", "source-edit", "source-rejected"):
        assert client.get(at(name, web.pk)).status_code == 200
    assert client.get(at("sources")).status_code == 200

    assert everything_but_sessions() == before


def test_a_source_is_changed(client, abe, web):
    given = {"name": "Portal", "group_type": "workspace", "keep_days": "400", "traits": ["contact:name", "contract:plan"], "signals": "open_tickets, Storage GB,"}  # fmt: skip

    reply = client.post(at("source-edit", web.pk), given)

    assert reply.status_code == 302
    web.refresh_from_db()
    assert (web.name, web.group_type, web.keep_days) == ("Portal", "workspace", 400)
    assert web.traits == [
        "contact:name",
        "contract:plan",
        "signal:Storage GB",
        "signal:open_tickets",
    ]
    form = client.get(at("source-edit", web.pk)).content.decode()
    assert 'value="Storage GB, open_tickets"' in form
    assert form.count(" checked") == 2


def test_a_public_key_is_offered_three_ticks_and_its_pages(client, world, abe):
    source = make(world, kind="browser")

    form = client.get(at("source-edit", source.pk)).content.decode()
    reply = client.post(
        at("source-edit", source.pk),
        {"name": "Site", "group_type": "company", "origins": "https://a.test\nhttps://b.test/"},
    )
    refused = client.post(
        at("source-edit", source.pk),
        {"name": "Site", "group_type": "company", "traits": ["contract:plan"]},
    )

    assert re.findall(r'name="traits" value="([^"]+)"', form) == ["contact:name", "contact:title", "contact:language"]  # fmt: skip
    assert (reply.status_code, refused.status_code) == (302, 422)
    source.refresh_from_db()
    assert source.origins == ["https://a.test", "https://b.test"]


def test_what_is_wrong_with_a_change_is_said_at_its_field(client, world, abe):
    source = make(world, kind="browser")

    reply = client.post(
        at("source-edit", source.pk), {"name": "x", "group_type": "x", "origins": "b.test"}
    )

    assert reply.status_code == 422
    assert "b.test is no origin" in reply.content.decode()


def test_another_key_takes_the_place_of_the_one_before(client, abe, web):
    before = reads.key_of(web)

    client.post(at("source-key", web.pk))

    page = client.get(at("source", web.pk)).content.decode()
    assert before not in page
    assert reads.key_of(Source.objects.get()) in page


def test_a_revoked_source_shows_no_key_and_comes_back_with_another(client, abe, web):
    key = reads.key_of(web)
    client.post(at("source-revocation", web.pk))

    page = client.get(at("source", web.pk)).content.decode()
    assert key not in page
    assert "Nothing more is taken from Web app." in page
    twice = client.post(at("source-revocation", web.pk), follow=True).content.decode()
    assert "is revoked already" in twice

    client.post(at("source-key", web.pk))
    assert "What to paste" in client.get(at("source", web.pk)).content.decode()


def test_a_key_that_cannot_be_opened_is_said_so(client, abe, web):
    Source.objects.update(sealed_key="sealed with a key that is gone")

    page = client.get(at("source", web.pk)).content.decode()

    assert "The key cannot be read." in page
    assert "What to paste" not in page


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    client, world, abe, web, django_assert_num_queries
):
    for number in range(8):
        source = make(world, name=f"App {number}")
        send(source, track("x"))
        reject(source, number)

    with django_assert_num_queries(12):
        page = client.get(at("sources")).content.decode()

    assert page.count("<tr>") == 10
    assert "were not taken" in page


def test_without_a_source_the_list_says_what_to_do(client, abe):
    assert "No product sends events yet." in client.get(at("sources")).content.decode()


def test_what_was_not_taken_is_listed_in_pages_newest_first(client, abe, web):
    for number in range(60):
        reject(web, number, sample='{"event": "<b>"}')

    first = client.get(at("source-rejected", web.pk)).content.decode()
    [onward] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(at("source-rejected", web.pk) + unescape(onward)).content.decode()

    told = re.findall(r"Reason (\d+)\.", first)
    assert [int(number) for number in told] == list(range(59, 9, -1))
    assert "&lt;b&gt;" in first
    assert re.findall(r"Reason (\d+)\.", second) == [str(number) for number in range(9, -1, -1)]


@pytest.mark.parametrize("odd", ["x", "|", "2026-01-01|1", "2026-01-01T00:00:00Z|x", "%00"])
def test_an_odd_place_in_the_list_is_its_beginning(client, abe, web, odd):
    reject(web, 1)

    assert (
        "Reason 1." in client.get(at("source-rejected", web.pk) + f"?before={odd}").content.decode()
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name", ["sources", "source-new", "source", "source-edit", "source-rejected"]
)
def test_axe_objects_to_nothing_in_either_look(world, live_server, open_page, signed_in, name):
    browser = make(world, kind="browser")
    send(browser, track("Report Exported"))
    reject(browser, 3, sample=json.dumps({"event": "x" * 300, "userId": "u-1"}))
    url = live_server.url + at(
        name, *([browser.pk] if name not in ("sources", "source-new") else [])
    )

    page = open_page(url, cookies=signed_in(world.abe))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert objections(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_tick_appears_by_itself_when_something_comes(world, live_server, open_page, signed_in):
    source = make(world)
    page = open_page(live_server.url + at("source", source.pk), cookies=signed_in(world.abe))
    expect(page.get_by_text("Listening")).to_be_visible()

    send(source, track("Report Exported"))

    page.get_by_text("We heard you.").wait_for(timeout=8_000)
    expect(page.get_by_text("Report Exported").first).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2_500)
    assert [url for url in asked if "/heard/" in url] == []


@pytest.mark.parametrize("name", ["source-new", "source", "source-edit", "source-rejected"])
def test_the_tab_of_sources_stays_marked_on_its_pages(client, abe, web, name):
    page = client.get(at(name, *([] if name == "source-new" else [web.pk]))).content.decode()

    assert re.search(r'aria-current="page">\s*Sources of events', page)
