"""Another language is one press away on every page behind a link: by its address, kept from page to page and nowhere else."""

import re

import pytest
from playwright.sync_api import expect

from arbiter.foundation.models import OutboxMail
from arbiter.portal import words
from arbiter.voice import library
from arbiter.voice.actions import links, surveys
from arbiter.voice.models import Answer
from tests.browser import objections
from tests.portal.test_letter import much_to_say, text, weight_of
from tests.portal.test_surveys import form, survey_of
from tests.world import JUNE

__all__ = ["much_to_say", "survey_of"]

PAGES = ("", "thanks/", "wrong-person/", "unsubscription/")


def offered(reply):
    """The languages that a page offers: code, address, name."""
    page = reply.content.decode()
    return re.findall(r'<a href="(\?[^"]*)" lang="(\w+)">([^<]+)</a>', page)


def is_in(reply, code):
    return f'<html lang="{code}"' in reply.content.decode()


def leads(reply, where):
    """Every address on a page that leads on behind the link."""
    return re.findall(rf'(?:href|action)="({re.escape(where)}[^"]*)"', reply.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_the_other_five_by_their_own_names(client, world, link_of, page):
    reply = client.get(link_of(world.cleo) + page)

    assert [(code, name) for _, code, name in offered(reply)] == [
        each for each in library.LANGUAGES.items() if each[0] != "en"
    ]
    assert 'aria-label="Language"' in reply.content.decode()


@pytest.mark.parametrize("code", library.LANGUAGES)
def test_a_picked_language_speaks_and_goes_along_to_every_page(client, world, link_of, code):
    where = link_of(world.cleo)
    for page in (*PAGES, f"goals/{world.faster_onboarding.pk}/"):
        reply = client.get(f"{where}{page}?in={code}")
        assert is_in(reply, code)
        on = leads(reply, where)
        assert on or page == "wrong-person/"
        assert all(address.endswith(f"?in={code}") for address in on)
        assert not reply.cookies


def test_picking_another_keeps_what_was_chosen_in_the_mail(client, world, link_of):
    where = link_of(world.cleo)

    links_of_page = {code: url for url, code, _ in offered(client.get(f"{where}?answer=no"))}

    assert links_of_page["fr"] == "?answer=no&amp;in=fr"
    page = client.get(f"{where}?answer=no&in=fr").content.decode()
    assert 'value="no" checked' in page
    assert "?answer=no&amp;in=en" in page


@pytest.mark.parametrize("code", ["", "tlh", "EN-US", "de-AT", '"><script>', "ar&x=1"])
def test_what_is_no_language_of_ours_changes_nothing(client, world, link_of, code):
    reply = client.get(link_of(world.cleo), {"in": code})

    assert is_in(reply, "en")
    assert "<script>" not in reply.content.decode()


def test_picking_a_language_records_nothing(client, world, link_of, everything):
    where, before = link_of(world.cleo), everything()

    for code in library.LANGUAGES:
        client.get(f"{where}?in={code}")
        client.head(f"{where}?in={code}")

    assert everything() == before


def test_an_answer_keeps_the_language_it_was_given_in_and_the_thanks_speak_it(
    client, world, link_of
):
    where = link_of(world.cleo)
    page = client.get(f"{where}?in=de")
    [action] = [each for each in leads(page, where) if "answers/" in each]

    thanks = client.post(action, {"answer": "yes", "submission": "n"})

    assert thanks.headers["Location"] == f"{where}thanks/?in=de"
    assert "Danke, Cleo" in text(client.get(thanks.headers["Location"]))
    assert Answer.objects.get().language == "de"
    client.post(f"{where}answers/", {"answer": "no", "submission": "m"})
    assert Answer.objects.latest("pk").language == "en"


def test_a_mistake_is_told_in_it_and_the_form_goes_on_in_it(client, world, link_of):
    where = link_of(world.cleo)

    reply = client.post(f"{where}answers/?in=fr", {})

    assert (reply.status_code, is_in(reply, "fr")) == (422, True)
    assert f'action="{where}answers/?in=fr"' in reply.content.decode()
    assert offered(reply) == []


def test_a_corrected_goal_is_shown_in_it(client, world, link_of):
    where = link_of(world.cleo)
    goal = f"{where}goals/{world.faster_onboarding.pk}/"

    reply = client.post(f"{goal}confirmations/?in=es", {"submission": "n"})

    assert reply.headers["Location"] == f"{goal}?in=es&noted=confirmed"
    page = client.get(reply.headers["Location"])
    assert words.CATALOGUES["es"]["noted_confirmed"] in text(page)
    assert all("noted" not in url for url, _, _ in offered(page))


def test_the_code_comes_in_it_too(client, world, link_of, settings):
    settings.EMAIL_URL = "smtp://mail.lighthouse.test"
    world.company.confirm_by_code = True
    world.company.save()
    where = f"{link_of(world.cleo)}answers/?in=ja"

    page = client.post(where, {"answer": "no", "submission": "n"})

    assert f'action="{where}"' in page.content.decode()
    mail = OutboxMail.objects.get()
    assert "確認するコードです" in mail.text
    digits = re.search(r"\d{6}", mail.text)[0]
    assert (
        client.post(where, {"answer": "no", "submission": "n", "code": digits}).status_code == 303
    )
    assert Answer.objects.get().language == "ja"


def test_a_survey_is_asked_and_kept_in_it_whatever_the_mail_spoke(client, survey_of):
    where = survey_of("nps", language="fr")
    page = client.get(f"{where}?in=ar")
    before_the_name = library.words("nps", "ar")["question"].partition("{vendor}")[0].strip()
    assert before_the_name in text(page)

    [action] = [each for each in leads(page, where) if "responses/" in each]
    more = client.post(action, form(score="9")).headers["Location"]
    assert more.endswith("/?in=ar")
    assert is_in(client.get(more), "ar")
    thanks = client.post(more, form(why="سريع")).headers["Location"]

    assert thanks == f"{where}thanks/?in=ar"
    assert (Answer.objects.get().language, Answer.objects.get().comment) == ("ar", "سريع")


def test_where_a_question_is_not_worded_in_it_the_page_is_and_the_answer_says_which(
    client, world, survey_of
):
    own = surveys.make(
        name="Own",
        parts=[{"id": "rest", "type": "text"}],
        words={"en": {"subject": "One", "question": "What else?"}},
        by=world.olga,
        at=JUNE,
    )
    where = survey_of(own.key)

    page = client.get(f"{where}?in=de")
    client.post(f"{where}responses/?in=de", form(rest="Nichts"))

    assert is_in(page, "de")
    assert '<span lang="en" dir="ltr">What else?</span>' in page.content.decode()
    assert Answer.objects.get().language == "en"


def test_a_link_that_opens_no_more_offers_them_as_well(client, world):
    reply = client.get("/p/lost/?in=ja")

    assert (reply.status_code, is_in(reply, "ja"), len(offered(reply))) == (404, True, 5)


def test_a_colleague_looks_at_the_letter_in_each(client, world):
    client.force_login(world.ada)

    assert is_in(client.get(f"/p/preview/{world.cleo.pk}/?in=ar"), "ar")


@pytest.mark.parametrize("code", library.LANGUAGES)
def test_even_a_full_letter_in_a_picked_language_is_light(client, much_to_say, link_of, code):
    assert weight_of(client.get(f"{link_of(much_to_say.cleo)}?in={code}")) <= 30_000


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_without_javascript_they_pick_german_and_answer(world, live_server, open_page):
    _, token = links.make(contact=world.cleo, by=world.ada, at=JUNE)
    page = open_page(f"{live_server.url}/p/{token}/?answer=yes", width=360, javascript=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("radio", name="Ja", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Senden", exact=True).click()

    expect(page.get_by_role("heading", name="Danke, Cleo")).to_be_visible()
    assert Answer.objects.get().language == "de"
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_switch_has_no_finding_in_either_theme(world, live_server, open_page, code):
    _, token = links.make(contact=world.cleo, by=world.ada, at=JUNE)
    page = open_page(f"{live_server.url}/p/{token}/thanks/?in={code}")

    assert objections(page) == []
