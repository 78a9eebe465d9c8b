"""A real browser for tests: this machine's Chromium, headless, driven by Playwright; and what axe finds.

Debian's `chromium-headless-shell` is the same browser without the parts that draw a window: pages open in half the
time. Where it is not installed, any Chromium does.
"""

import os
import shutil

import pytest
from playwright.sync_api import expect

# Playwright's sync API runs an event loop, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A page that is on its way when a test looks has not come yet: a test waits for what it says, and never looks once.
expect.set_options(timeout=10_000)
LOOKS = (("light", 1440), ("dark", 390))
DRAWN = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => Promise.allSettled(document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < 5000).map(each => each.finished)))
    .then(() => true)"""
# Only what is wrong travels back; nothing plays or turns here, so that no sheet is fetched a second time.
AXE = """axe.run({resultTypes: ["violations"], preload: false}).then(found => found.violations)"""


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once. Without one the test is skipped with a reason, or fails where it is required."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        missing = "There is no Chromium on this machine, so no browser was opened."
        if "chromium" in os.environ.get("ARBITER_REQUIRE", "").split():
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open a page as somebody would: `open_page(url, theme="dark", width=390, javascript=False)`."""
    contexts = []

    def open_(
        url="about:blank", *, theme="light", width=1440, height=1000, javascript=True, cookies=()
    ):
        context = chromium.new_context(
            color_scheme=theme,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            has_touch=width < 700,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.add_cookies(list(cookies))
        page = context.new_page()
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(client, live_server):
    """Cookies of a signed-in colleague for `open_page(…, cookies=signed_in(person))`."""

    def cookies(person):
        client.force_login(person)
        return [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]

    return cookies


def axe_findings(page) -> list[str]:
    """What the accessibility rules of axe object to on a page: one line per rule, with the first place."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(AXE)
    return [f"{rule['id']}: {rule['help']} at {rule['nodes'][0]['target']}" for rule in found]


def _settled_findings(page) -> list[str]:
    """What axe finds twice: on a busy machine the first look may fall between two themes."""
    if not axe_findings(page):
        return []
    page.wait_for_timeout(500)
    page.evaluate(DRAWN)
    return axe_findings(page)


def objections(page) -> list[str]:
    """What axe objects to and what is wider than the screen: on a desk in the light, then on a phone in the dark."""
    found = []
    for theme, width in LOOKS:
        # What fades from one theme to the other has neither's contrast on the way.
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate(DRAWN)
        wide = page.evaluate("document.documentElement.scrollWidth")
        said = [*_settled_findings(page), *([f"{wide} pixels wide"] if wide > width else [])]
        found += [f"{theme}, {width}: {each}" for each in said]
    return found
