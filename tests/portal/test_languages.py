"""Six languages: every page behind a link speaks its reader's, from the right where that is read so."""

import re
import string

import pytest
from django.utils import translation

from arbiter.portal import words
from arbiter.voice.actions import links
from tests.browser import objections
from tests.languages import WHOSE_LANGUAGE
from tests.portal.test_letter import much_to_say, text, weight_of
from tests.world import JUNE, MAY

__all__ = ["much_to_say"]

SPOKEN = tuple(words.CATALOGUES)
FOREIGN = SPOKEN[1:]
PAGES = ("", "?answer=not_sure", "thanks/", "wrong-person/", "unsubscription/")


def placeholders(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


@pytest.mark.parametrize("code", FOREIGN)
def test_every_language_says_everything_about_the_same_things(code):
    english, other = words.CATALOGUES["en"], words.CATALOGUES[code]

    assert other.keys() == english.keys()
    assert {key: placeholders(other[key]) for key in english} == {
        key: placeholders(english[key]) for key in english
    }
    assert {key: re.findall("<[^>]+>", other[key]) for key in english} == {
        key: re.findall("<[^>]+>", english[key]) for key in english
    }
    assert [key for key in english if not other[key].strip()] == []


@pytest.mark.parametrize("code", FOREIGN)
def test_hardly_a_sentence_was_left_in_english(code):
    english, other = words.CATALOGUES["en"], words.CATALOGUES[code]
    same = {key for key in english if other[key] == english[key]}

    assert same <= {"intent_no", "helped_no", "verdict_not", "code", "quote", "track_from"}


@pytest.mark.parametrize(
    ("contact", "customer", "company", "expected"),
    WHOSE_LANGUAGE,
)
def test_the_readers_own_language_comes_first(
    client, world, link_of, contact, customer, company, expected
):
    for noun, language in (
        (world.cleo, contact),
        (world.harbour, customer),
        (world.company, company),
    ):
        noun.language = language
        noun.save()

    page = client.get(link_of(world.cleo)).content.decode()

    assert f'<html lang="{expected}"' in page
    assert ('dir="rtl"' in page) == (expected == "ar")


def speaking(world, code):
    world.cleo.language = code
    world.cleo.save()


@pytest.mark.parametrize("code", SPOKEN)
def test_every_page_speaks_it_and_stays_light(client, world, link_of, code):
    speaking(world, code)
    where = link_of(world.cleo)

    for page in (*PAGES, f"goals/{world.faster_onboarding.pk}/"):
        reply = client.get(where + page)
        assert f'<html lang="{code}"' in reply.content.decode()
        assert weight_of(reply) <= 30_000


@pytest.mark.parametrize("code", SPOKEN)
def test_even_a_full_letter_is_light_in_it(client, much_to_say, link_of, code):
    speaking(much_to_say, code)

    assert weight_of(client.get(link_of(much_to_say.cleo))) <= 30_000


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("en", "30 September 2026"),
        ("en-us", "Sept. 30, 2026"),
        ("de", "30. September 2026"),
        ("fr", "30 septembre 2026"),
        ("es", "30 de septiembre de 2026"),
        ("ja", "2026年9月30日"),
        ("ar", "30 سبتمبر، 2026"),
    ],
)
def test_days_are_written_as_that_language_writes_them(client, world, link_of, code, date):
    speaking(world, code)

    assert date in text(client.get(link_of(world.cleo)))


def test_numbers_are_written_as_that_language_writes_them():
    with translation.override("de"):
        assert words.number(1234.5) == "1.234,5"
        assert words.measured(40_000, "EUR") == "€40.000"
        assert words.measured(12.5, "m. 2.0") == "12,5 m. 2.0"
    with translation.override("en-gb"):
        assert words.number(1234.5) == "1,234.5"


def test_what_is_refused_is_said_in_it(client, world, link_of):
    speaking(world, "de")
    where = link_of(world.cleo)

    assert "Noch ist nichts gewählt." in text(client.post(f"{where}answers/", {}))
    assert "Was Sie suchen, ist nicht hier" in text(client.get(f"{where}goals/0/"))
    machine = {"statement": "x", "website": "http://spam.test"}
    assert "Es wurde nichts geändert" in text(client.post(f"{where}goals/", machine))
    wrong = {"target": "zehn", "reason": "x"}
    goal = f"{where}goals/{world.faster_onboarding.pk}/revisions/"
    assert "Wir konnten den Zielwert nicht lesen." in text(client.post(goal, wrong))


def test_a_link_that_leads_nowhere_speaks_as_the_browser_asks(client, world):
    reply = client.get("/p/lost/", headers={"accept-language": "fr-CA,fr;q=0.9"})

    assert "Ce lien ne s’ouvre pas" in text(reply)


def test_nobodys_language_outlives_their_page(client, world, link_of):
    speaking(world, "ja")
    before = translation.get_language()

    client.get(link_of(world.cleo))

    assert translation.get_language() == before


def test_what_a_colleague_previews_is_in_the_readers_language(client, world):
    speaking(world, "ar")
    client.force_login(world.ada)

    page = client.get(f"/p/preview/{world.cleo.pk}/").content.decode()

    assert '<html lang="ar" dir="rtl"' in page
    assert "This is what Cleo Castro sees." in page


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["de", "ja", "ar"])
def test_no_page_has_a_finding_in_it(world, live_server, open_page, code):
    speaking(world, code)
    _, token = links.make(contact=world.cleo, by=world.ada, at=JUNE)
    page = open_page()

    for name in ("?answer=not_sure", f"goals/{world.faster_onboarding.pk}/", "wrong-person/"):
        page.goto(f"{live_server.url}/p/{token}/{name}")
        assert objections(page) == [], name


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_the_right_nothing_leaves_a_narrow_phone(world, live_server, open_page):
    speaking(world, "ar")
    _, token = links.make(contact=world.cleo, by=world.ada, at=MAY)
    page = open_page(f"{live_server.url}/p/{token}/", width=360, javascript=False)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
