"""Views of the customers page that a colleague keeps under a name."""

import pytest

from arbiter.workspace.models import SavedView
from arbiter.workspace.views import kept
from tests.browser import axe_findings
from tests.forecast.portfolio import stands


@pytest.fixture
def mona(client, world):
    client.force_login(world.mona)
    return client


def keep(client, name="Worried", query="answer=no&answer=not_sure&sort=arr"):
    return client.post("/views/", {"name": name, "query": query})


def test_a_view_is_kept_and_stands_in_the_navigation_with_its_count(mona):
    stands("Alder", intent="no")

    reply = keep(mona)

    assert reply.headers["Location"] == "/customers/?answer=no&answer=not_sure&sort=arr"
    [view] = mona.get(reply.headers["Location"]).context["saved_views"]
    assert (view["label"], view["count"], view["current"]) == ("Worried", 1, True)


def test_the_order_in_which_filters_were_chosen_does_not_matter(mona):
    keep(mona, query="sort=arr&answer=not_sure&answer=no")

    [view] = mona.get("/customers/?answer=not_sure&sort=arr&answer=no").context["saved_views"]
    assert view["current"]


def test_what_a_list_does_not_understand_is_not_kept(mona):
    keep(mona, query="answer=green&after=xyz&days=30&next=//evil.example")

    assert SavedView.objects.get().query == "days=30"


def test_a_name_is_used_once_by_each_person(mona, world):
    keep(mona, query="days=30")
    keep(mona, query="days=90")
    kept.keep(name="Worried", query=kept.Query.parse("days=7"), by=world.ada)

    assert sorted(SavedView.objects.values_list("query", flat=True)) == ["days=7", "days=90"]


def test_a_view_is_forgotten(mona):
    keep(mona)
    view = SavedView.objects.get()

    assert mona.get(f"/views/{view.pk}/forgetting/").status_code == 405
    mona.post(f"/views/{view.pk}/forgetting/")

    assert not SavedView.objects.exists()


def test_nobody_forgets_anothers_view(mona, world):
    view = kept.keep(name="Hers", query=kept.Query.parse("days=7"), by=world.ada)

    assert mona.post(f"/views/{view.pk}/forgetting/").status_code == 404
    assert SavedView.objects.count() == 1


def test_without_a_name_it_is_asked_for_again(mona):
    reply = keep(mona, name=" ")

    assert reply.status_code == 422
    assert 'value="answer=no' in reply.content.decode()


def test_there_is_an_end_to_views(mona):
    for number in range(kept.MOST):
        keep(mona, name=f"View {number}")

    reply = keep(mona, name="One more")

    assert reply.status_code == 422
    assert "forget one first" in reply.content.decode()
    assert keep(mona, name="View 1").status_code == 302


def test_the_page_offers_to_keep_what_is_shown(mona):
    shown = mona.get("/views/?days=30").content.decode()

    assert 'name="query" value="days=30"' in shown
    assert "Keep this view" not in mona.get("/views/").content.decode()


@pytest.mark.browser
def test_it_can_be_read_by_everybody(world, live_server, open_page, signed_in):
    kept.keep(name="Soon", query=kept.Query.parse("days=7"), by=world.mona)

    page = open_page(f"{live_server.url}/views/?days=9", width=390, cookies=signed_in(world.mona))

    assert axe_findings(page) == []
