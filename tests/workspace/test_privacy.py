"""A contact's privacy, as pages: on what ground, all of it as a file, and erasing; how long words are kept."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from arbiter.accounts.actions import bases, retention
from arbiter.accounts.models import Contact
from arbiter.accounts.queries import bases as read
from arbiter.accounts.queries import retention as kept
from arbiter.foundation.models import Fact
from arbiter.voice.actions import answers
from arbiter.voice.models import Answer
from tests.accounts.erased import WORDS, everything_about
from tests.browser import expect, objections
from tests.world import JUNE, MAY, TODAY


@pytest.fixture
def olga(client, world):
    client.force_login(world.olga)
    return client


def at(name, *nouns):
    return reverse(f"workspace:{name}", args=[noun.pk for noun in nouns])


def test_the_page_of_a_contact_leads_to_it_and_it_shows_every_purpose(olga, world):
    bases.state(
        contact=world.cleo,
        purpose="education",
        basis="none",
        evidence="Her mail of May",
        by=world.ada,
        at=MAY,
    )

    assert (
        at("contact-privacy", world.cleo)
        in olga.get(at("contact-edit", world.cleo)).content.decode()
    )
    page = olga.get(at("contact-privacy", world.cleo)).content.decode()

    assert all(label in page for label in read.PURPOSES.values())
    assert "they get no mail for it" in page
    assert "Her mail of May" in page
    assert "Ada Arnold" in page


def test_a_ground_is_stated_from_a_day_on(olga, world):
    given = {"purpose": "relationship", "basis": "none", "on": "2026-05-20", "evidence": "By phone"}

    reply = olga.post(at("contact-privacy", world.cleo), given)

    assert reply.url == at("contact-privacy", world.cleo)
    stated = read.stated(world.cleo).get()
    assert (stated.basis, stated.at.date().isoformat(), stated.recorded_at) == (
        "none",
        "2026-05-20",
        TODAY,
    )


def test_consent_without_proof_is_refused_beside_its_field(olga, world):
    given = {"purpose": "usage", "basis": "consent", "on": "2026-05-20"}

    reply = olga.post(at("contact-privacy", world.cleo), given)

    assert reply.status_code == 422
    assert b'id="id_evidence_error"' in reply.content


def test_all_of_it_is_downloaded_by_a_post_alone(olga, world):
    assert olga.get(at("contact-export", world.cleo)).status_code == 405
    reply = olga.post(at("contact-export", world.cleo))

    archive = zipfile.ZipFile(io.BytesIO(reply.content))
    assert json.loads(archive.read("person.json"))["contacts"][0]["name"] == "Cleo Castro"
    assert f"contact-{world.cleo.pk}.zip" in reply["Content-Disposition"]
    assert "Cleo" not in reply["Content-Disposition"]


def test_looking_at_the_pages_records_nothing(olga, world):
    before = Fact.objects.count()

    for name in ("contact-privacy", "contact-erasure"):
        assert olga.get(at(name, world.cleo)).status_code == 200
    assert olga.get(reverse("workspace:settings-privacy")).status_code == 200

    assert Fact.objects.count() == before


def test_a_contact_is_erased_once_it_is_said_to_be_meant(olga, world):
    unsure = olga.post(at("contact-erasure", world.cleo), {})
    assert unsure.status_code == 422
    assert Contact.objects.get(pk=world.cleo.pk).name == "Cleo Castro"

    reply = olga.post(at("contact-erasure", world.cleo), {"is_meant": "on"}, follow=True)

    assert Contact.objects.get(pk=world.cleo.pk).erased_at == TODAY
    page = reply.content.decode()
    assert "What was counted stays as it was." in page
    assert "Cleo" not in page


def test_a_second_erasure_says_that_it_was_done(olga, world):
    for _ in range(2):
        reply = olga.post(at("contact-erasure", world.cleo), {"is_meant": "on"})

    assert reply.status_code == 422
    assert b"They were erased on 1 June 2026." in reply.content


def test_who_may_not_erase_is_not_offered_it(client, world):
    client.force_login(world.ada)

    page = client.get(at("contact-privacy", world.cleo)).content.decode()

    assert at("contact-erasure", world.cleo) not in page
    assert client.post(at("contact-erasure", world.cleo), {"is_meant": "on"}).status_code == 403


def test_the_settings_tell_how_many_words_would_go_tonight(olga, world):
    answers.give(
        contact=world.cleo,
        kind="nps",
        value="3",
        scale="0-10",
        comment="Slow",
        by=world.cleo,
        at=JUNE - timedelta(days=100),
    )
    url = reverse("workspace:settings-privacy")

    assert olga.post(url, {"kind": "comments", "days": "90"}).url == url

    (line,) = [each for each in kept.every(at=JUNE) if each.key == "comments"]
    assert (line.days, line.over, line.set_by) == (90, 1, world.olga)
    page = olga.get(url).content.decode()
    assert '<td class="number" data-label="Would go tonight">1</td>' in page
    assert Answer.objects.get().comment == "Slow"


def test_too_short_a_time_is_refused(olga, world):
    reply = olga.post(reverse("workspace:settings-privacy"), {"kind": "comments", "days": "3"})

    assert reply.status_code == 422
    assert b'id="id_days_error"' in reply.content


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_objected_to_in_either_look(open_page, signed_in, live_server, world):
    bases.state(
        contact=world.cleo, purpose="usage", basis="none", evidence="A mail", by=world.ada, at=MAY
    )
    retention.keep(kind="mails", days=60, by=world.olga, at=MAY)
    page = open_page(live_server.url, cookies=signed_in(world.olga))

    for path in (
        at("contact-privacy", world.cleo),
        at("contact-erasure", world.cleo),
        at("contact-edit", world.cleo),
        reverse("workspace:settings-privacy"),
    ):
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_be_visible()
        assert objections(page) == [], path


PAGES = {
    "customer": "harbour",
    "customer-path": "harbour",
    "customer-people": "harbour",
    "customer-voice": "harbour",
    "customer-timeline": "harbour",
    "customer-renewal": "harbour",
    "customer-data": "harbour",
    "customer-preview": "harbour",
    "contact-edit": "cleo",
    "contact-privacy": "cleo",
    "goal": "faster_onboarding",
    "surprises-file": "harbour_contract",
    **dict.fromkeys(
        (
            *(
                "promises",
                "unsent",
                "feedback-proposals",
                "home",
                "customers",
                "renewals",
                "asks",
                "outbox",
                "surveys",
                "surprises",
                "audit",
            ),
            *("responses", "responses-asks", "responses-comments", "responses-customers"),
            *("not-sure", "not-sure-later", "feedback", "feedback-themes"),
        ),
        "",
    ),
}


def test_every_page_goes_on_without_the_words_of_whoever_was_erased(olga, world):
    everything_about(world.cleo, world)
    olga.post(at("contact-erasure", world.cleo), {"is_meant": "on"})

    shown = {}
    for name, about in PAGES.items():
        reply = olga.get(at(name, *([getattr(world, about)] if about else [])), follow=True)
        assert reply.status_code == 200, name
        page = reply.content.decode()
        shown[name] = [word for word in WORDS if word.casefold() in page.casefold()]

    assert {name: words for name, words in shown.items() if words} == {}
