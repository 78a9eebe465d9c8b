"""Mail that survives real clients: tables, styles in place, dark where they know it, small, and whole in plain text."""

import re
from html.parser import HTMLParser

import pytest

from arbiter.foundation.mail import letter
from arbiter.voice import library
from tests.foundation.letters import read
from tests.portal.every_mail import paths, send_all
from tests.world import JUNE

# Gmail cuts a mail off beyond 102 KB, and with it the way to unsubscribe.
MOST_BYTES = 100_000
# What the Word engine of Outlook, or a web client that rewrites mail, leaves out.
UNKNOWN = re.compile(r"display:\s*(?:flex|grid)|position:|float:|var\(|calc\(|rem\b|url\(|@import")
VOID = {"meta", "br", "img", "hr", "link", "input"}


class Structure(HTMLParser):
    """What a mail is made of."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.unclosed = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def of(self, *names):
        return [attrs for tag, attrs in self.tags if tag in names]


@pytest.fixture(params=["", "ja", "ar"])
def mails(world, request):
    """One of each, in one of the languages."""
    return send_all(world, language=request.param)


def test_every_mail_is_drawn_by_tables_with_its_styles_in_place(mails):
    for mail in mails.values():
        found = Structure(mail.html)
        assert (found.unclosed, found.open) == ([], [])
        assert {each.get("role") for each in found.of("table")} == {"presentation"}
        assert not found.of("div", "script", "img", "link", "form", "iframe", "section")
        assert all("style" in each for each in found.of("a", "p"))
        assert all("color" in each["style"] for each in found.of("a"))
        assert not UNKNOWN.search(" ".join(each.get("style", "") for _, each in found.tags))


def test_every_mail_says_its_language_and_which_way_it_runs(mails):
    for mail in mails.values():
        root, body = Structure(mail.html).of("html", "body")
        assert root["lang"] in library.LANGUAGES
        assert root["dir"] == body["dir"] == ("rtl" if root["lang"] == "ar" else "ltr")


def test_every_mail_is_dark_where_a_client_says_so(mails):
    for mail in mails.values():
        found = Structure(mail.html)
        [style] = re.findall(r"(?s)^<style>.*?</style>", mail.html, re.MULTILINE)
        assert {"color-scheme", "supported-color-schemes"} <= {
            each.get("name") for each in found.of("meta")
        }
        told = set(re.findall(r"\.(\w+)", style.partition("@media")[2])) - {"5"}
        used = {name for _, each in found.tags for name in each.get("class", "").split()}
        assert "prefers-color-scheme: dark" in style
        assert used <= told


def test_every_mail_is_whole_in_plain_text(mails):
    for mail in mails.values():
        links = {each["href"] for each in Structure(mail.html).of("a")}
        assert links
        assert all(link.startswith("http://localhost:8000/p/") for link in links)
        assert {link for link in links if link not in mail.text} == set()
        assert not re.search(r"&(?:amp|lt|gt|quot|#)|</?\w+>|{[{%]", mail.text)


def test_no_mail_is_cut_off_however_much_there_is_to_say(world):
    # As long as a statement and a colleague's words may be.
    mails = send_all(world, goal="Ä" * 1_000, text="Ö" * 5_000)

    for mail in mails.values():
        assert len(letter.compose(mail, at=JUNE)) < MOST_BYTES
        assert paths(mail)


def test_on_the_wire_a_mail_has_both_parts_and_says_that_no_person_typed_it(world):
    for mail in send_all(world).values():

        class Envelope:
            original_content = letter.compose(mail, at=JUNE)

        sent = read(Envelope)
        assert sent.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in sent.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert sent["Auto-Submitted"] == "auto-generated"
        assert sent["Message-ID"] == mail.message_id
        for header in ("List-Unsubscribe", "List-Id", "Feedback-ID"):
            assert sent[header] == mail.headers[header]
