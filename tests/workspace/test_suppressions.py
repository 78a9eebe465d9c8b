"""/settings/suppressions/: who is not written to and why; adding one, lifting one, the list in and out."""

import csv

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from arbiter.accounts.actions import contacts
from arbiter.voice.actions import suppressions
from arbiter.voice.models import Suppression
from arbiter.voice.queries import suppressions as held
from tests.browser import objections
from tests.world import JUNE, MAY

PAGE = "/settings/suppressions/"


@pytest.fixture
def abe(client, world):
    client.force_login(world.abe)
    return world.abe


def stopped(world, address="cleo@harbour.test", scope="surveys", cause="unsubscribed", **more):
    told = {"by": world.abe, "at": MAY, **more}
    return suppressions.suppress(address=address, scope=scope, cause=cause, **told)


def shown(client, query=""):
    return client.get(PAGE + query).content.decode()


def upload(client, words):
    file = SimpleUploadedFile("list.csv", words.encode())
    where = reverse("workspace:settings-suppressions-list")
    return client.post(where, {"file": file}, follow=True).content.decode()


def test_each_address_says_what_is_not_sent_and_why(client, abe, world):
    stopped(world, contact=world.cleo, detail="by the link in a mail")

    page = shown(client)

    for words in ("cleo@harbour.test", "Cleo Castro", "Surveys", "Unsubscribed", "by the link"):
        assert words in page


def test_an_address_is_found_also_where_only_its_fingerprint_is_left(client, abe, world):
    stopped(world)
    Suppression.objects.update(address="")

    assert "only its fingerprint is left" in shown(client, "?q=cleo@harbour.test")
    assert "No such address" in shown(client, "?q=dora@harbour.test")


def test_we_decide_not_to_write_to_an_address(client, abe):
    client.post(PAGE, {"address": "press@paper.test", "scope": "all", "detail": "journalist"})

    [kept] = held.of_address("press@paper.test", at=JUNE)
    assert (kept.scope, kept.cause, kept.detail) == ("all", "by_us", "journalist")


def test_an_address_of_somebody_we_know_is_told_by_their_name(client, abe):
    client.post(PAGE, {"address": "CLEO@harbour.test", "scope": "surveys"})

    assert "Cleo Castro" in shown(client)


@pytest.mark.parametrize(
    "given", [{"address": "nobody", "scope": "all"}, {"address": "a@b.test", "scope": "some"}]
)
def test_what_is_no_address_or_no_scope_is_refused(client, abe, given):
    assert client.post(PAGE, given).status_code == 422
    assert not Suppression.objects.exists()


def test_an_address_is_written_to_again_and_that_it_was_not_stays(client, abe, world):
    kept = stopped(world)

    where = reverse("workspace:settings-suppression-lift", args=[kept.pk])
    assert "is written to again" in client.post(where, follow=True).content.decode()

    assert held.of_address("cleo@harbour.test", at=JUNE) == []
    assert "cleo@harbour.test" not in shown(client)
    assert "cleo@harbour.test" in shown(client, "?show=lifted")


def test_lifted_twice_is_said(client, abe, world):
    where = reverse("workspace:settings-suppression-lift", args=[stopped(world).pk])
    client.post(where)

    assert "is written to already" in client.post(where, follow=True).content.decode()


def test_a_list_comes_in_whole_or_not_at_all(client, abe):
    bad = upload(client, "email\ncleo@harbour.test\nnobody\n")
    assert "Line 3: nobody is no mail address." in bad
    assert not Suppression.objects.exists()

    assert "2 new, 0 known already." in upload(client, "email\na@b.test\nc@d.test\n")
    assert "0 new, 2 known already." in upload(client, "email\na@b.test\nc@d.test\n")


def test_nothing_given_is_said(client, abe):
    reply = client.post(reverse("workspace:settings-suppressions-list"), follow=True)

    assert "Choose a file" in reply.content.decode()


def test_the_list_goes_out_with_who_wants_no_mail_at_all(client, abe, world):
    stopped(world)
    contacts.unsubscribe(contact=world.dora, by=world.dora, at=MAY)

    reply = client.get(reverse("workspace:settings-suppressions-csv"))

    rows = list(csv.DictReader(reply.content.decode().splitlines()))
    assert [(row["address"], row["scope"]) for row in rows] == [
        ("cleo@harbour.test", "surveys"),
        ("dora@harbour.test", "all"),
    ]
    assert "1 more wants no mail at all" in shown(client)


def test_a_long_list_goes_on_over_pages(client, abe, world):
    for number in range(51):
        stopped(world, address=f"n{number}@harbour.test")

    first = client.get(PAGE, {"q": "harbour"})

    assert "n50@harbour.test" in first.content.decode()
    assert "n0@harbour.test" in shown(client, first.context["next_url"])


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_everybody_can_read_the_page(world, live_server, open_page, signed_in):
    stopped(world, contact=world.cleo, detail="by the link in a mail")
    page = open_page(live_server.url, cookies=signed_in(world.abe))

    for path in (PAGE, f"{PAGE}?q=nobody", "/settings/", f"/contacts/{world.cleo.pk}/edit/"):
        page.goto(live_server.url + path)
        assert objections(page) == [], path
