"""After a large import the worker rewrites the sums: a page says so for as long as that takes."""

import pytest

from arbiter.forecast.actions import standings
from tests.browser import axe_findings, expect
from tests.portal.test_letter import text
from tests.world import JUNE, TODAY

PAGES = ("/", "/customers/", "/renewals/")


@pytest.fixture
def marked(client, world):
    """Everybody was counted once; then facts came in of Harbour and of Quay."""
    standings.rebuild(as_of=JUNE)
    standings.mark([world.harbour.pk, world.quay.pk], since=JUNE)
    client.force_login(world.mona)
    return client


@pytest.mark.parametrize("where", PAGES)
def test_a_page_says_how_many_customers_its_sums_do_not_hold_yet(marked, where):
    page = marked.get(where)

    assert "Still counting 2 of 2 customers." in text(page)
    assert 'hx-get="/counting/" hx-trigger="every 2s"' in page.content.decode()


@pytest.mark.parametrize("where", PAGES)
def test_once_everybody_is_counted_nothing_is_said(marked, where):
    standings.refresh_stale(as_of=TODAY)

    assert "Still counting" not in text(marked.get(where))


def test_the_notice_goes_on_until_all_are_counted_and_then_reads_the_page_anew(marked, world):
    reply = marked.get("/counting/")
    assert "Still counting 2 of 2" in text(reply)
    assert "HX-Refresh" not in reply.headers

    standings.refresh_stale(as_of=TODAY)

    done = marked.get("/counting/")
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_only_customers_within_reach_are_spoken_of(marked, world):
    marked.force_login(world.quinn)

    assert "Still counting 1 of 1 customer." in text(marked.get("/counting/"))


def test_the_very_first_customers_are_told_to_be_on_their_way(client, world):
    standings.mark([world.harbour.pk], since=JUNE)
    client.force_login(world.mona)

    read = text(client.get("/"))

    assert "Your customers are in." in read
    assert "Still counting 1 of 2 customers." in read
    assert "has no customer here yet" not in read


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_shows_the_new_sums_by_itself(marked, world, live_server, open_page, signed_in):
    page = open_page(live_server.url, cookies=signed_in(world.mona))
    page.get_by_text("Still counting").wait_for()
    assert axe_findings(page) == []

    standings.refresh_stale(as_of=TODAY)

    page.get_by_text("Still counting").wait_for(state="detached")
    expect(page.get_by_role("heading", name="Home")).to_have_count(1)
