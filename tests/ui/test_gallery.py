"""The gallery shows everything, obeys the policy, and pleases axe in both themes on both widths."""

import re
from pathlib import Path

import pytest
from django.test import Client

from arbiter.ui import gallery, stylesheets
from tests.browser import axe_findings, expect, objections

UI = Path(gallery.__file__).parent
NAMES = sorted(path.stem for path in (UI / "templates/ui/components").glob("*.html"))
pytestmark = pytest.mark.urls("tests.ui.urls")


def address(page):
    return f"/gallery/{page}/" if page else "/gallery/"


@pytest.fixture(scope="module")
def drawn_components():
    """Which templates the gallery's pages draw."""
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="tests.ui.urls"):
        replies = [Client().get(address(page)) for page in gallery.PAGES]
    return {template.name for reply in replies for template in reply.templates}


@pytest.mark.parametrize("name", NAMES)
def test_every_component_is_shown(drawn_components, name):
    assert f"ui/components/{name}.html" in drawn_components


@pytest.mark.parametrize("page", gallery.PAGES)
def test_a_page_obeys_the_policy(client, page):
    reply = client.get(address(page))
    html = reply.content.decode()

    assert reply.status_code == 200
    assert re.findall(r"<[^>]*\sstyle=", html) == []
    assert re.findall(r"\son\w+=", html) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if "nonce=" not in tag] == []


@pytest.mark.parametrize("page", gallery.PAGES)
def test_no_id_is_used_twice(client, page):
    ids = re.findall(r'\sid="([^"]+)"', client.get(address(page)).content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_there_is_no_other_page(client):
    assert client.get("/gallery/elsewhere/").status_code == 404


def test_the_letter_with_all_it_loads_is_under_30_kilobytes(client):
    import brotli

    from arbiter.ui import icons

    page = client.get(address("letter")).content
    loaded = [stylesheets.letter().encode(), icons.letter_sprite().encode()]

    assert len(page) + sum(len(brotli.compress(each)) for each in loaded) < 30_000
    assert b"<script" not in page


@pytest.mark.sweep
@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_is_too_wide(open_page, gallery_address):
    page = open_page()
    said = []
    page.on("console", lambda message: said.append(message.text))

    found = {}
    for name in gallery.PAGES:
        page.goto(f"{gallery_address}{name}/" if name else gallery_address)
        found[name] = objections(page)

    assert not any(found.values()), found
    assert said == []


@pytest.mark.browser
def test_axe_finds_nothing_in_what_opens(open_page, gallery_address):
    page = open_page(gallery_address)

    page.get_by_role("button", name="Open a dialog").click()
    page.evaluate("document.querySelectorAll('.menu').forEach(menu => { menu.open = true; })")

    assert axe_findings(page) == []


@pytest.mark.browser
def test_the_keys_of_the_search(open_page, gallery_address):
    page = open_page(gallery_address)

    page.keyboard.press("Control+k")

    assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.browser
def test_a_menu_closes_by_escape_and_gives_the_focus_back(open_page, gallery_address):
    page = open_page(f"{gallery_address}customers/")
    page.locator(".filter-menu summary").first.click()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.locator(".filter-menu[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.browser
def test_the_theme_is_chosen_and_kept(open_page, gallery_address):
    page = open_page(gallery_address)

    page.locator(".card [data-theme-switch] button[value=dark]").click()
    page.reload()

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


@pytest.mark.browser
def test_a_question_stands_before_what_cannot_be_undone(open_page, gallery_address):
    page = open_page(f"{gallery_address}plain/")
    page.evaluate("""document.querySelector("form").dataset.confirm = "Really?" """)
    page.get_by_label("Email").fill("Ada")
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    stayed = page.url
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/?name=Ada*")

    assert "?" not in stayed


@pytest.mark.browser
def test_a_link_is_copied(open_page, gallery_address):
    page = open_page(gallery_address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("https://arbiter.example/a/")


@pytest.mark.browser
def test_without_javascript_menus_and_choices_work_and_idle_buttons_are_gone(
    open_page, gallery_address
):
    page = open_page(gallery_address, javascript=False)

    page.locator(".filter-menu summary").first.click()
    page.get_by_role("radio", name="Not sure").check()

    expect(page.locator(".filter-menu[open]")).to_have_count(1)
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_hidden()


@pytest.mark.browser
def test_touch_targets_on_a_phone_are_44_pixels(open_page, gallery_address):
    page = open_page(f"{gallery_address}customer/", width=390, height=844)

    small = page.evaluate(
        """[...document.querySelectorAll("main .button, .tabs__tab, .topbar summary, .search")]
            .filter(each => each.getBoundingClientRect().height < 44).map(each => each.textContent.trim())"""
    )

    assert small == []
