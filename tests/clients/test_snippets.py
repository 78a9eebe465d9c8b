"""What the pages give to be pasted works as it stands, with each real client."""

import hmac
import json
import urllib.request
from contextlib import ExitStack

import pytest

from arbiter.workspace.sources.snippets import SNIPPETS
from tests.clients.middleman import between
from tests.clients.site import serving
from tests.clients.test_browsers import opened
from tests.clients.test_servers import start

pytestmark = [pytest.mark.clients, pytest.mark.sweep]

SERVERS = {each.slug: each for each in SNIPPETS if each.kind == "server"}
BROWSERS = {each.slug: each for each in SNIPPETS if each.kind == "browser"}
# PostHog's client takes a browser without a window for a robot, and keeps still.
A_PERSONS_BROWSER = {
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "before": """for (const [name, value] of [["userAgentData", undefined], ["webdriver", false]])
        Object.defineProperty(navigator, name, {get: () => value});""",
}
# PostHog's client counts a page that is opened by itself.
DUE = {("identify", "", "u-1", None), ("group", "", "u-1", "acme"), ("track", "Report Exported", "u-1", "acme")}  # fmt: skip


def stored(arbiter, source):
    """What a source's rows say: kind, event, user, customer."""
    names = ("kind", "event", "user_id", "customer_id")
    return {tuple(row[name] for name in names) for row in arbiter.ask("rows", pk=source)}


def test_every_text_for_a_server_works_as_it_stands(arbiter):
    with ExitStack() as stack:
        runs = {}
        for slug, snippet in SERVERS.items():
            middleman = stack.enter_context(between(arbiter.port))
            file = snippet.file.removesuffix(".txt").replace(".node", ".mjs")

            def text(key, snippet=snippet, middleman=middleman):
                return snippet.text(host=middleman.url, key=key)

            runs[slug] = start(arbiter, file, text, middleman)
        said = {slug: run.end() for slug, run in runs.items()}
    assert arbiter.ask("flush") == 0

    assert said == dict.fromkeys(SERVERS, "")
    assert {slug: stored(arbiter, run.source) for slug, run in runs.items()} == dict.fromkeys(
        SERVERS, DUE
    )


@pytest.mark.browser
@pytest.mark.parametrize("slug", BROWSERS)
def test_every_text_for_a_browser_works_as_it_stands(arbiter, chromium, slug):
    source = arbiter.ask("source", name=slug, kind="browser")
    with between(arbiter.port) as middleman:
        text = BROWSERS[slug].text(host=middleman.url, key=source["key"])
        with (
            serving({"": text}) as site,
            opened(chromium, site, **A_PERSONS_BROWSER) as (page, complaints),
        ):
            for _ in range(100):
                page.wait_for_timeout(100)
                if len(set(middleman.ids_taken())) >= len(DUE):
                    break
    assert arbiter.ask("flush") == 0

    assert complaints == []
    assert stored(arbiter, source["pk"]) >= DUE


@pytest.mark.parametrize("slug", ["segment-webhook", "rudderstack-webhook"])
def test_a_webhook_set_up_as_told_brings_events(arbiter, slug):
    source = arbiter.ask("source", name=slug, kind="webhook")
    [snippet] = [each for each in SNIPPETS if each.slug == slug]
    text = snippet.text(host=arbiter.url, key=source["key"], number=str(source["pk"]))
    told = dict(line.split(maxsplit=2)[::2] for line in text.splitlines())
    body = json.dumps(
        {"type": "track", "event": "Paid", "userId": "u-1", "messageId": slug}
    ).encode()
    headers = {"Content-Type": "application/json"}
    if "Shared" in told:
        headers["X-Signature"] = hmac.new(told["Shared"].encode(), body, "sha1").hexdigest()

    with urllib.request.urlopen(urllib.request.Request(told["Webhook"], body, headers)) as reply:
        assert reply.status == 200
    assert arbiter.ask("flush") == 0

    assert stored(arbiter, source["pk"]) == {("track", "Paid", "u-1", None)}
