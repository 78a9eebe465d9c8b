"""Mail through a provider's API: whole, once, and every mishap in plain sight."""

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ImproperlyConfigured

from arbiter.foundation.mail import dispatch, letter, outbox
from arbiter.foundation.mail.provider import KEYS, Provider
from arbiter.foundation.mail.ways import parse
from arbiter.foundation.models import MailStatus
from tests.foundation.letters import put, status_of
from tests.foundation.providers import provider
from tests.world import JUNE

UNSUBSCRIBE = "<https://arbiter.lighthouse.test/p/0123456789012345678901/unsubscription/>"


def headers_of(told):
    return {each["Name"]: each["Value"] for each in told["Headers"]}


@pytest.fixture
def kept(ground, settings):
    """What anymail's own test backend keeps in memory."""
    settings.EMAIL_URL = "anymail+test://"
    django_mail.outbox = []
    return django_mail.outbox


def test_a_mail_is_handed_over_whole_with_its_headers(ground, settings):
    mail = put(
        html="<p>Tell us.</p>",
        headers={"List-Unsubscribe": UNSUBSCRIBE, "List-Id": "<asks.lighthouse.test>"},
        reply_to="ada@lighthouse.test",
    )

    with provider() as api:
        settings.EMAIL_URL = api.url
        dispatch.send_due(JUNE)

    [(sent_with, told)] = api.calls
    assert sent_with["X-Postmark-Server-Token"] == "server-token"
    assert told["From"] == '"Lighthouse, the vendor" <hello@lighthouse.test>'
    assert (told["To"], told["ReplyTo"]) == ("cleo@harbour.test", "ada@lighthouse.test")
    assert (told["TextBody"], told["HtmlBody"]) == (mail.text, mail.html)
    assert headers_of(told) == {
        "Message-ID": letter.message_id("test:1"),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": UNSUBSCRIBE,
        "List-Id": "<asks.lighthouse.test>",
        "X-PM-KeepID": "true",
    }
    assert status_of(mail) == MailStatus.SENT
    assert mail.provider_id == "number-1"


def test_anymails_test_backend_takes_mail_as_any_provider_does(kept):
    mail = put()

    dispatch.send_due(JUNE)

    assert [each.to for each in kept] == [["cleo@harbour.test"]]
    assert status_of(mail) == MailStatus.SENT


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (422, MailStatus.FAILED),  # it will never take this mail
        (401, MailStatus.QUEUED),  # our key is wrong
        (429, MailStatus.QUEUED),  # too fast
        (503, MailStatus.QUEUED),
        (201, MailStatus.SENDING),  # what it says makes no sense
        (500, MailStatus.SENDING),  # nobody knows whether it was taken
        (None, MailStatus.SENDING),
    ],
)
def test_each_mishap_is_kept_and_no_mail_goes_twice(ground, settings, status, becomes):
    mail = put()

    with provider(status, code=300, message="No server-token today") as api:
        settings.EMAIL_URL = api.url
        dispatch.send_due(JUNE)
        dispatch.send_due(JUNE)

    assert status_of(mail) == becomes
    assert mail.error
    assert "server-token" not in mail.error
    assert len(api.calls) == 1


def test_a_provider_that_is_not_there_loses_no_mail(ground, settings):
    settings.EMAIL_URL = "anymail+postmark://server-token@?api_url=http://127.0.0.1:9/"
    mail, next_ = put(), put("test:2")

    dispatch.send_due(JUNE)

    assert status_of(mail) == status_of(next_) == MailStatus.QUEUED
    assert next_.attempts == 0
    assert next_.send_after > JUNE


def test_a_refused_mail_does_not_stop_the_next(ground, settings):
    put(to="nobody@[broken")
    fine = put("test:2")

    with provider() as api:
        settings.EMAIL_URL = api.url
        dispatch.send_due(JUNE)

    assert status_of(fine) == MailStatus.SENT


def test_a_provider_that_must_be_told_more_says_so_and_loses_no_mail(ground, settings):
    settings.EMAIL_URL = "anymail+mailjet://secret-key@"
    mail = put()

    dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.QUEUED
    assert "MAILJET_API_KEY" in mail.error


def test_a_test_mail_shows_what_was_said(ground, settings):
    with provider() as api:
        settings.EMAIL_URL = api.url
        transcript, trouble = dispatch.send_test(
            outbox.server(), to="olga@lighthouse.test", at=JUNE
        )

    assert trouble == ""
    assert transcript == [
        "* the API of postmark",
        "> a mail to olga@lighthouse.test",
        "< sent, number number-1",
    ]


def test_replies_reach_whoever_asked_and_us(ground, settings, kept):
    settings.EMAIL_REPLIES_TO = "replies@in.lighthouse.test"
    put(reply_to="ada@lighthouse.test")
    put("test:2")

    dispatch.send_due(JUNE)

    assert [each.reply_to for each in kept] == [
        ["ada@lighthouse.test", "replies@in.lighthouse.test"],
        [],
    ]


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("anymail+postmark://a%40b@", {"server_token": "a@b"}),
        ("anymail+resend://:key@", {"api_key": "key"}),
        ("anymail+mailgun://key@mg.test", {"api_key": "key", "sender_domain": "mg.test"}),
        ("anymail+mailjet://id:key@", {"api_key": "id", "secret_key": "key"}),
        ("anymail+amazon-ses://", {}),
        ("anymail+brevo://key@?api_url=http://x/", {"api_key": "key", "api_url": "http://x/"}),
    ],
)
def test_a_provider_is_read_from_its_address(url, options):
    found = parse(url)

    assert isinstance(found, Provider)
    assert found.options == options
    assert "key" not in repr(found) + str(found)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("anymail+pigeon://key@", "names the provider 'pigeon': use one of amazon-ses, brevo"),
        ("anymail+postmark://", "holds no key"),
    ],
)
def test_an_address_nobody_understands_stops_the_start(url, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        parse(url)


def test_without_the_extra_the_start_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("arbiter.foundation.mail.provider.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=r"pip install 'arbiter\[mail\]'"):
        parse("anymail+postmark://key@")


@pytest.mark.parametrize("name", sorted(KEYS.keys() - {"amazon-ses", "mailjet", "mailgun"}))
def test_every_provider_takes_its_key_as_anymail_calls_it(name):
    from arbiter.foundation.mail.handing import Handing

    more = "?api_url=http://127.0.0.1:9/" if name in ("postal", "unisender-go") else ""
    with Handing(Provider.parse(f"anymail+{name}://key@{more}")) as talk:
        assert talk.transcript == [f"* the API of {name}"]
