"""The gallery's charts in a browser: with every table open, on paper, and small enough to send."""

import brotli
import pytest

from arbiter.ui import stylesheets
from tests.browser import objections

OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


@pytest.fixture
def charts(open_page, gallery_address):
    return lambda **options: open_page(f"{gallery_address}charts/", **options)


@pytest.mark.sweep
@pytest.mark.browser
def test_open_tables_please_axe_and_stay_in_their_frames(charts):
    page = charts()

    page.evaluate(OPEN)

    assert objections(page) == []


@pytest.mark.sweep
@pytest.mark.browser
def test_words_stay_readable_and_inside_on_a_phone(charts):
    page = charts(width=390)

    words = page.evaluate(
        """[...document.querySelectorAll("main svg text")]
            .filter(each => getComputedStyle(each).display !== "none" && each.getBoundingClientRect().width)
            .map(each => [each.textContent, parseFloat(getComputedStyle(each).fontSize), each.getBoundingClientRect()])
            .map(([text, size, box]) => [text, size, box.left, box.right])"""
    )

    assert len(words) > 100
    assert [word for word in words if word[1] < 10] == []
    assert [word for word in words if word[2] < 0 or word[3] > 390] == []


@pytest.mark.sweep
@pytest.mark.browser
def test_no_two_words_of_an_axis_touch_on_a_phone(charts):
    page = charts(width=390)

    touching = page.evaluate(
        """[...document.querySelectorAll("svg.plot, svg.row-plot__drawing")].flatMap(svg => {
            const boxes = [...svg.querySelectorAll(":scope > text")]
                .map(each => [each.textContent, each.getBoundingClientRect()]).filter(([, box]) => box.width);
            return boxes.flatMap(([text, a], at) => boxes.slice(at + 1)
                .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
                .map(([other]) => `${text} / ${other}`));
        })"""
    )

    assert touching == []


@pytest.mark.sweep
@pytest.mark.browser
def test_on_paper_the_dark_theme_is_light_and_drawings_keep_their_ink(charts):
    page = charts(theme="dark")

    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.plot')).printColorAdjust"
    ) == "exact"  # fmt: skip


def test_the_stylesheet_of_the_workspace_stays_light():
    assert len(brotli.compress(stylesheets.app().encode())) < 16_000


def test_the_letter_carries_no_charts():
    assert ".plot" not in stylesheets.letter()
    assert ".measure" not in stylesheets.letter()
