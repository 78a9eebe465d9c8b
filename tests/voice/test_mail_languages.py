"""Every mail that goes to a customer's people speaks their language: all of it, in both parts, from the right where it is read so."""

import re
from html.parser import HTMLParser

import pytest

from arbiter.accounts.models import Contact
from arbiter.foundation.mail import letter
from arbiter.foundation.models import OutboxMail
from arbiter.portal import words as page_words
from arbiter.voice import library
from arbiter.voice.actions import codes, letters, links
from arbiter.voice.models import Ask
from arbiter.voice.queries import speech
from tests.languages import WHOSE_LANGUAGE
from tests.portal.every_mail import FIRST, SURVEYS, TOO_SLOW, code, send_all
from tests.world import JUNE

FOREIGN = [each for each in library.LANGUAGES if each != "en"]
MOST_BYTES = 30_000
WORD = re.compile(r"[^\W\d_]{2,}")
# Written alike in English and in one of the others.
ALIKE = {
    "de": {"in", "so", "was", "mail", "minute", "september"},
    "fr": {"page", "question", "questions", "code", "minutes"},
    "es": {"no", "decide"},
    "ja": set(),
    "ar": set(),
}


class Words(HTMLParser):
    """What stands in a mail to be read, without its title and styles."""

    def __init__(self, html):
        super().__init__()
        self.tag, self.read, self.root = "", [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tag = tag
        self.root = self.root or dict(attrs)

    def handle_endtag(self, tag):
        self.tag = ""

    def handle_data(self, data):
        if self.tag not in ("style", "title"):
            self.read.append(data)


def ours(world, text):
    """Our words in a text: without addresses and names, and without what the customer or a colleague said."""
    said = [TOO_SLOW[:1_999].rstrip(), world.faster_onboarding.statement, "We made it faster."]
    names = [world.ada.name, *Contact.objects.values_list("name", flat=True)]
    said += [*names, *(each.split()[0] for each in names), "Lighthouse", "Harbour", "EUR"]
    for theirs in sorted(said, key=len, reverse=True):
        text = text.replace(theirs, " ")
    return {word.lower() for word in WORD.findall(re.sub(r"https?://\S+", " ", text))}


def every(world, language):
    """One of every mail to somebody who reads a language."""
    return send_all(world, language=language) | {"code": code(world, language)}


@pytest.fixture
def english(world):
    """Our words of every mail in English; the mails are gone again."""
    found = {name: ours(world, mail.text + mail.subject) for name, mail in every(world, "").items()}
    OutboxMail.objects.all().delete()
    Contact.objects.filter(key__startswith="one-").delete()
    return found


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_every_mail_says_its_language_and_its_direction_and_is_light(world, language):
    mails = every(world, language)

    assert len(mails) == len(FIRST) + len(SURVEYS) + 2
    for name, mail in mails.items():
        assert Words(mail.html).root == {
            "lang": language,
            "dir": "rtl" if language == "ar" else "ltr",
        }, name
        assert len(letter.compose(mail, at=JUNE)) <= MOST_BYTES, name
        assert not set("{}") & set(mail.subject + mail.text), name


@pytest.mark.parametrize("language", FOREIGN)
def test_not_a_word_of_ours_is_left_in_english(world, english, language):
    for name, mail in every(world, language).items():
        read = " ".join(Words(mail.html).read)
        for part in (mail.subject, mail.text, read):
            said = ours(world, part)
            assert said, name
            assert said & english[name] <= ALIKE[language], name
            if language in ("ja", "ar"):
                assert {word for word in said if word.isascii()} == set(), name


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_both_parts_of_a_letter_say_the_same(world, language):
    """What a client without HTML shows lacks nothing."""
    for name, mail in every(world, language).items():
        shown = ours(world, " ".join(Words(mail.html).read)) - ours(world, mail.subject)
        assert shown <= ours(world, mail.text), name


@pytest.mark.parametrize(
    ("language", "date"),
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
def test_the_day_a_term_ends_is_written_as_the_language_writes_it(world, language, date):
    for name, mail in send_all(world, language=language).items():
        if name.startswith("letter"):
            assert date in mail.text, name
            assert date in mail.html, name


@pytest.mark.parametrize(
    ("contact", "customer", "company", "expected"),
    WHOSE_LANGUAGE,
)
def test_the_language_is_the_contacts_or_the_customers_or_ours(
    world, contact, customer, company, expected
):
    for noun, language in (
        (world.cleo, contact),
        (world.harbour, customer),
        (world.company, company),
    ):
        noun.language = language
        noun.save()

    letters.send(contact=world.cleo, goals=[], by=world.ada, at=JUNE)

    assert f'<html lang="{expected}"' in OutboxMail.objects.get().html
    assert set(Ask.objects.values_list("language", flat=True)) == {expected}


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_what_can_be_tapped_in_a_mail_is_called_so_on_the_page(language):
    mail, page = speech.words_of(language), page_words.CATALOGUES[language]

    assert {key: page[key] for key in mail if key.startswith(("intent_", "verdict_"))} == {
        key: mail[key] for key in mail if key.startswith(("intent_", "verdict_"))
    }


def test_a_code_comes_in_the_language_of_the_page_that_asks_for_it(world):
    link, _ = links.make(contact=world.cleo, by=world.ada, at=JUNE)
    codes.send(link=link, at=JUNE, languages=("fr",))

    assert "Voici le code" in OutboxMail.objects.get().text
