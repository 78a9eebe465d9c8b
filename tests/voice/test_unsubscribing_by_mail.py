"""A mail program that knows no click writes to us instead: it stops what the link stops."""

import pytest
from django.test import Client

from arbiter.accounts.models import Contact
from arbiter.connectors.mail import fetching
from arbiter.foundation.mail import letter, received
from arbiter.foundation.mail.replies import Mailbox
from arbiter.foundation.models import OutboxMail, Person
from arbiter.voice.actions import links, replies
from arbiter.voice.models import Feedback
from arbiter.voice.rules import leaving
from tests.connectors.mail.mailbox import mailbox
from tests.facts import fact_names, last_fact
from tests.foundation.letters import read
from tests.foundation.replies import reply
from tests.portal.every_mail import send_all
from tests.world import JUNE, MAY

INBOX = "replies+in@lighthouse.test"


def ways(mail):
    """The ways that the header of a mail names, in the order of our preference."""
    return [each.strip("<>") for each in mail.headers["List-Unsubscribe"].split(", ")]


def written_to(address):
    """The mail that a mail program writes to an address as RFC 6068 means it."""
    to, _, subject = address.removeprefix("mailto:").partition("?subject=")
    return to, reply(None, "", Subject=subject.replace("%20", " "))


def receive(raw, at=JUNE):
    return replies.receive(mail=received.parse(raw), by=Person.objects.system(), at=at)


@pytest.fixture
def token(world):
    return links.make(contact=world.cleo, by=world.ada, at=MAY)[1]


@pytest.fixture
def inbox(settings):
    settings.EMAIL_REPLIES_TO = INBOX


def test_every_mail_names_our_inbox_beside_the_click_where_there_is_one(world, inbox):
    for mail in send_all(world).values():
        click, by_mail = ways(mail)
        assert click.startswith("http://localhost:8000/p/")
        assert by_mail.startswith(f"mailto:{INBOX}?subject=unsubscribe%20")
        assert by_mail.partition("%20")[2] in click
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_an_inbox_no_mail_names_one(world):
    for mail in send_all(world).values():
        assert "mailto:" not in mail.headers["List-Unsubscribe"]


def test_the_header_stays_on_one_line_and_the_click_still_counts(world, inbox):
    mail = send_all(world)["letter:intent"]

    class Envelope:
        original_content = letter.compose(mail, at=JUNE)

    assert b"\r\nList-Unsubscribe: <http" in Envelope.original_content
    assert read(Envelope)["List-Unsubscribe"] == mail.headers["List-Unsubscribe"]
    where = ways(mail)[0].removeprefix("http://localhost:8000")
    assert Client().post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_such_a_mail_unsubscribes_whoever_the_link_belongs_to_and_says_nothing_else(world, inbox):
    for mail in send_all(world).values():
        to, raw = written_to(ways(mail)[1])
        assert to == INBOX
        kept = receive(raw.replace(b"<reply-1@", f"<{mail.pk}@".encode()))
        assert (kept.ignored_because, kept.feedback) == ("", None)

    assert [said.source for said in Feedback.objects.all()] == ["interview"]
    asked = Contact.objects.filter(key__startswith="one-")
    assert set(asked.values_list("unsubscribed_at", flat=True)) == {JUNE}


@pytest.mark.parametrize(
    "subject",
    ["unsubscribe {}", "Unsubscribe  {} ", "[EXTERNAL] unsubscribe {}", "Fwd: UNSUBSCRIBE {}"],
)
def test_what_gateways_put_before_it_does_no_harm(world, token, subject):
    receive(reply(None, "", Subject=subject.format(token)))

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE
    assert (last_fact().name, last_fact().subject_id) == (
        "accounts.contact_unsubscribed",
        world.cleo.pk,
    )


def test_it_counts_though_a_program_wrote_it_and_whoever_sends_it_and_once(world, token):
    raw = {"Subject": f"unsubscribe {token}", "Auto_Submitted": "auto-generated"}

    for number in (1, 2):
        sent = reply(None, "", "bot@program.test", Message_ID=f"<{number}@program.test>", **raw)
        assert receive(sent).ignored_because == ""

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE
    assert fact_names().count("accounts.contact_unsubscribed") == 1


def test_an_expired_link_still_stops_the_mail(world):
    link, token = links.make(contact=world.cleo, by=world.ada, at=MAY, expires_at=MAY)

    assert receive(reply(None, "", Subject=f"unsubscribe {token}")).about.endswith(str(link.pk))

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE


def test_a_made_up_token_stops_nobodys_mail(world, token):
    kept = receive(reply(None, "", Subject=f"unsubscribe {token[:-1]}x"))

    assert kept.ignored_because == "It answers no mail of ours."
    assert "accounts.contact_unsubscribed" not in fact_names()


def test_who_writes_about_unsubscribing_is_read_by_a_person(world):
    assert leaving.token_in("Re: Please unsubscribe me from this list, thank you") == ""
    assert leaving.token_in("unsubscribe") == ""


def test_it_arrives_by_the_mailbox_too(world, token):
    with mailbox(reply(None, "", Subject=f"unsubscribe {token}")) as box:
        fetching.fetch(mailbox=Mailbox.parse(box.url), at=JUNE)

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at == JUNE
    assert OutboxMail.objects.count() == 0
