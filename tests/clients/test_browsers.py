"""The clients that run in a customer's browser: a page of another site imports each real package, in Chromium."""

import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clients import sent
from tests.clients.middleman import BUSY, CUT_OFF, REFUSED, STORED_THEN_500, between
from tests.clients.site import serving

pytestmark = [pytest.mark.clients, pytest.mark.browser, pytest.mark.sweep]

PROGRAMS = Path(__file__).parent / "programs"
CLIENTS = {
    "segment": sent.IN_A_BROWSER,
    "rudderstack": sent.IN_A_BROWSER,
    "posthog": sent.POSTHOG_IN_A_BROWSER,
}
WEATHER = {
    "calm": [],
    "500, then 200": [REFUSED],
    "429 with Retry-After": [BUSY],
    "stored, then answered 500": [STORED_THEN_500],
    "stored, then cut off": [CUT_OFF],
}
# PostHog's client sends again after a 500 and never after a 429: what it was told to keep is gone.
GIVES_UP = {("posthog", "429 with Retry-After")}


class Run(NamedTuple):
    """A page at work."""

    name: str
    weather: str
    source: int
    middleman: object
    page: object
    complaints: list[str]


@pytest.fixture
def site():
    """The address of a site with a page for each client."""
    texts = {name: (PROGRAMS / f"{name}.browser.js").read_text() for name in CLIENTS}
    with serving(texts) as url:
        yield url


@contextmanager
def opened(chromium, url, *, before="", **looks):
    """A page of a browser that was never here before, and what it complained of; `before` runs ahead of the page."""
    context = chromium.new_context(**looks)
    context.add_init_script(before)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    try:
        yield page, complaints
    finally:
        context.close()


def test_what_each_client_in_a_browser_sent_is_stored_once(arbiter, chromium, site):
    with ExitStack() as stack:
        runs = [
            _start(stack, arbiter, chromium, site, name, weather)
            for name in CLIENTS
            for weather in WEATHER
            if (name, weather) not in GIVES_UP
        ]
        _wait_for(runs)
    assert arbiter.ask("flush") == 0
    wrong = {}
    for run in runs:
        rows, taken = arbiter.ask("rows", pk=run.source), run.middleman.ids_taken()
        problems = sent.differences(rows, CLIENTS[run.name], taken)
        if problems or run.complaints or not _has_come(run):
            wrong[run.name, run.weather] = (problems, run.complaints, run.middleman.answers)

    assert wrong == {}


def _start(stack, arbiter, chromium, site, name, weather) -> Run:
    middleman = stack.enter_context(between(arbiter.port, WEATHER[weather]))
    source = arbiter.ask("source", name=name, kind="browser", origins=[site])
    url = f"{site}/{name}?host={middleman.url}&key={source['key']}"
    page, complaints = stack.enter_context(opened(chromium, url))
    return Run(name, weather, source["pk"], middleman, page, complaints)


def _wait_for(runs):
    """Let the pages work until everything has come, and where it was not told so, has come again; but not for ever."""
    end = time.monotonic() + 60
    while time.monotonic() < end and not all(_has_come(run) for run in runs):
        runs[0].page.wait_for_timeout(200)


def _has_come(run) -> bool:
    ids, due = run.middleman.ids_taken(), len(CLIENTS[run.name])
    return len(set(ids)) >= due and ("stored" not in run.weather or len(ids) > due)
