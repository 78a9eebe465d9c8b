"""Reading mail that reached us: what a person wrote, and whether it was a person."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.core.exceptions import ImproperlyConfigured

from arbiter.foundation.mail import hooks, received
from arbiter.foundation.mail.quoting import own_words
from arbiter.foundation.mail.replies import Mailbox
from arbiter.foundation.mail.server import Security
from tests.foundation.letters import put
from tests.foundation.replies import reply, report


@pytest.mark.parametrize(
    "below",
    [
        "On Mon, 1 Jun 2026 at 09:00, Ada Arnold <ada@lighthouse.test> wrote:\n> Hello Cleo,\n> is it working?",
        "On Mon, 1 Jun 2026 at 09:00, Ada Arnold\n<ada@lighthouse.test> wrote:\n\n> Hello Cleo",
        "On 1 June 2026 Ada wrote:\n\nHello Cleo,\nis it working?",
        "Am 01.06.26 um 09:00 schrieb Ada Arnold:\n> Hallo Cleo",
        "Le lun. 1 juin 2026 à 09:00, Ada <ada@lighthouse.test> a écrit :\n> Bonjour",
        "El lun, 1 jun 2026 a las 9:00, Ada (<ada@lighthouse.test>) escribió:\n> Hola",
        "2026年6月1日(月) 9:00 Ada Arnold <ada@lighthouse.test>:\n> こんにちは",
        "-----Original Message-----\nFrom: Ada\nSent: Monday\n\nHello Cleo",
        "----- Ursprüngliche Nachricht -----\nVon: Ada\n\nHallo Cleo",
        "________________________________\nFrom: Ada Arnold\nSent: Monday\n\nHello Cleo",
        "From: Ada Arnold <ada@lighthouse.test>\nSent: Monday, 1 June 2026\nTo: Cleo\n\nHello Cleo",
        "Von: Ada Arnold\nGesendet: Montag\nAn: Cleo\n\nHallo",
        "-- \nCleo Castro\nHead of crews, Harbour",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "> Hello Cleo,\n> is it working?",
    ],
)
def test_what_stands_below_a_reply_is_cut_off(below):
    assert own_words(f"It works, but slowly.\n\nMore seats would help.\n\n{below}\n") == (
        "It works, but slowly.\n\nMore seats would help."
    )


def test_answers_between_the_quoted_lines_are_kept():
    text = "On Monday, Ada wrote:\n> Is it working?\nYes.\n> Will you continue?\nNot sure yet.\n"

    assert own_words(text) == "Yes.\nNot sure yet."


@pytest.mark.parametrize(
    "text",
    [
        "From my side all is well.\nOn Mondays we are slow.",
        "On the whole it works.",
        "We wrote: nothing.",
        "- one\n- two",
    ],
)
def test_words_that_look_like_a_quotation_stay(text):
    assert own_words(text) == text


def test_a_mail_in_html_alone_is_read_without_what_it_quotes():
    message = EmailMessage()
    message["From"] = "cleo@harbour.test"
    message.set_content(
        "<style>p{}</style><p>It works &amp; more<br>seats help</p><div class='gmail_quote'>"
        "<div>On Monday Ada wrote:</div><blockquote>Hello <b>Cleo</b></blockquote></div><p>Cleo</p>",
        subtype="html",
    )

    assert received.read(message).text == "It works & more\nseats help\n\nCleo"


def test_a_reply_names_what_it_answers_the_nearest_first(ground):
    mail = put()

    read = received.parse(reply(mail))

    assert read.sender == "cleo@harbour.test"
    assert read.message_id == "<reply-1@harbour.test>"
    assert read.answers == (mail.message_id, "<first@elsewhere.test>")
    assert read.at == datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
    assert (read.text, read.automatic, read.bounce) == ("Fine so far.", "", None)


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "Auto-Submitted: auto-replied"),
        ({"Auto_Submitted": "auto-generated; x=y"}, "Auto-Submitted: auto-generated"),
        ({"Auto_Submitted": "no"}, ""),
        ({"Precedence": "bulk"}, "Precedence: bulk"),
        ({"Precedence": "first-class"}, ""),
        ({"X_Autoreply": "yes"}, "X-Autoreply"),
        ({"Return_Path": "<>"}, "sent by a mail server"),
        ({"sender": "MAILER-DAEMON@mx.harbour.test"}, "sent by a mail server"),
        ({"Subject": "Automatic reply: Is it working?"}, "an automatic subject"),
        ({"Subject": "Abwesenheitsnotiz: Ziel"}, "an automatic subject"),
        ({"Subject": "Re: Out of office hours"}, ""),
    ],
)
def test_what_no_person_wrote_says_why(headers, why):
    assert received.parse(reply(None, **headers)).automatic == why


@pytest.mark.parametrize(("status", "final"), [("5.1.1", True), ("4.2.2", False)])
def test_a_report_of_a_mail_server_says_which_mail_came_back(status, final):
    bounce = received.parse(report("<ours@lighthouse.test>", status)).bounce

    assert (bounce.address, bounce.status, bounce.is_final) == ("cleo@harbour.test", status, final)
    assert bounce.message_id == "<ours@lighthouse.test>"
    assert bounce.said == f"smtp; 550 {status} No such user"


def test_a_report_that_all_is_well_is_no_bounce():
    assert received.parse(report("<a@b>", "2.0.0", "delivered")).bounce is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00 nonsense",
        b"From: \r\n\r\nHello",
        b"From: cleo@harbour.test\r\nDate: yesterday\r\nContent-Type: text/plain; charset=odd\r\n\r\nHello",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw):
    assert (
        received.parse(raw).text in {"", "Hello", "nonsense"}
        or "nonsense" in received.parse(raw).text
    )


def test_a_date_without_a_zone_is_universal():
    read = received.parse(reply(None, Date="Mon, 01 Jun 2026 08:30:00"))

    assert read.at == datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


def test_a_mailbox_is_read_from_its_address():
    found = Mailbox.parse("imaps://replies%40in.test:s3cret-word@mail.test/Arbiter%2FIn")

    assert (found.host, found.port, found.security) == ("mail.test", 993, Security.TLS)
    assert (found.user, found.password, found.folder) == (
        "replies@in.test",
        "s3cret-word",
        "Arbiter/In",
    )
    assert "s3cret-word" not in repr(found) + str(found)
    assert Mailbox.parse("") is None


@pytest.mark.parametrize("url", ["pop3://a:b@mail.test", "imaps://mail.test", "imaps://a@x:port"])
def test_a_mailbox_nobody_understands_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_REPLIES_URL"):
        Mailbox.parse(url)


def test_the_secret_of_an_earlier_key_still_opens(settings):
    earlier = hooks.secret()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-another-key-another-key"

    assert hooks.secret() != earlier
    assert hooks.is_secret(hooks.secret())
    assert hooks.is_secret(earlier)
    assert not hooks.is_secret("é")
