"""View as customer: what they see, and nothing can be sent from it."""

import re

import pytest

from tests.portal.test_letter import text


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("ben", 200), ("otto", 200), ("olga", 200), ("quinn", 404), (None, 302)],
)
def test_only_who_may_see_the_customer(client, world, who, status):
    if who:
        client.force_login(getattr(world, who))

    assert client.get(f"/p/preview/{world.cleo.pk}/").status_code == status


def test_it_is_the_letter_with_every_form_disabled(client, world, everything):
    client.force_login(world.ada)
    before = everything()

    reply = client.get(f"/p/preview/{world.cleo.pk}/")

    page = reply.content.decode()
    assert "This is what Cleo Castro sees." in text(reply)
    assert "New crews should be productive in two weeks" in page
    assert '<fieldset class="stack" disabled>' in page
    assert not re.search(r"/p/(?!preview)", page)
    assert reply.headers["Cache-Control"] == "no-store"
    assert everything() == before


def test_nothing_can_be_posted_to_it(client, world):
    client.force_login(world.ada)

    assert client.post(f"/p/preview/{world.cleo.pk}/", {"answer": "yes"}).status_code == 405


def test_what_the_workspace_has_to_tell_a_colleague_waits_for_them_there(client, world, link_of):
    client.force_login(world.ada)
    told = "Nobody was chosen. Choose whom to ask."
    client.post("/asks/preview/", {})

    for where in (link_of(world.cleo), f"/p/preview/{world.cleo.pk}/"):
        assert told not in text(client.get(where))
    assert told in text(client.get("/asks/new/"))
