"""Mail servers as they are: secured or not, strict, rude, broken; what each does to a mail, and what it never does."""

import smtplib
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from arbiter.foundation.mail import dispatch, outbox
from arbiter.foundation.mail.dispatch import wait_after
from arbiter.foundation.mail.server import Security, Server
from arbiter.foundation.models import MailStatus
from arbiter.foundation.queries import mail as reads
from tests.foundation.letters import put, status_of
from tests.foundation.servers import Authority, Postbox, lets_in, mail_server
from tests.world import JUNE

MINUTE = timedelta(minutes=1)


def test_the_way_is_secured_by_starttls_with_our_own_authority(point_to, settings, tmp_path):
    authority = Authority(tmp_path)
    settings.EMAIL_CA_FILE = str(authority.file)
    mail = put()

    with mail_server(tls_context=authority.server_tls(), require_starttls=True) as server:
        point_to(server, "smtp+tls")
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.SENT


def test_the_way_is_secured_by_tls_from_the_first_byte(point_to, settings, tmp_path):
    authority = Authority(tmp_path)
    settings.EMAIL_CA_FILE = str(authority.file)
    mail = put()

    with mail_server(tls=authority.server_tls()) as server:
        point_to(server, "smtps")
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.SENT


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
def test_a_certificate_nobody_vouches_for_stops_the_mail_before_it_is_told(
    point_to, tmp_path, scheme
):
    tls = Authority(tmp_path).server_tls()
    mail = put()
    options = {"tls": tls} if scheme == "smtps" else {"tls_context": tls}

    with mail_server(**options) as server:
        point_to(server, scheme)
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.QUEUED
    assert "certificate is not trusted" in mail.error
    assert server.handler.mails == []


def test_a_certificate_for_another_name_is_refused(point_to, settings, tmp_path):
    authority = Authority(tmp_path)
    settings.EMAIL_CA_FILE = str(authority.file)
    mail = put()

    with mail_server(tls=authority.server_tls("mail.elsewhere.test")) as server:
        point_to(server, "smtps")
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.QUEUED
    assert "certificate is not trusted" in mail.error


@pytest.fixture
def locked(settings, tmp_path):
    """What a server needs that lets only Ada in, and only over STARTTLS."""
    authority = Authority(tmp_path)
    settings.EMAIL_CA_FILE = str(authority.file)
    return {
        "tls_context": authority.server_tls(),
        "authenticator": lets_in("ada", "p@ss word"),
        "auth_required": True,
    }


def test_a_server_that_wants_a_password_gets_it(point_to, locked):
    mail = put()

    with mail_server(**locked) as server:
        point_to(server, "smtp+tls", login="ada:p%40ss%20word@")
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.SENT


def test_a_wrong_password_loses_no_mail_and_is_never_repeated(point_to, locked):
    mail = put()

    with mail_server(**locked) as server:
        point_to(server, "smtp+tls", login="ada:wrong-secret@")
        dispatch.send_due(JUNE)
        transcript, trouble = dispatch.send_test(
            outbox.server(), to="olga@lighthouse.test", at=JUNE
        )

    assert status_of(mail) == MailStatus.QUEUED
    assert "535" in mail.error
    assert "535" in trouble
    assert any(line.startswith("> AUTH PLAIN ••••") for line in transcript)
    assert "wrong-secret" not in str(transcript) + mail.error + repr(outbox.server())


def test_a_refusal_for_good_is_kept_in_the_servers_words_and_does_not_stop_the_next(point_to):
    refused = put()

    with mail_server(Postbox(rcpt="550 No such user here")) as server:
        point_to(server)
        dispatch.send_due(JUNE)
    with mail_server() as server:
        point_to(server)
        next_one = put("test:2")
        dispatch.send_due(JUNE + MINUTE)

    assert (status_of(refused), refused.error) == (MailStatus.FAILED, "550 No such user here")
    assert status_of(next_one) == MailStatus.SENT


def test_a_refusal_of_the_whole_mail_is_one_for_good_as_well(point_to):
    mail = put()

    with mail_server(Postbox(data="554 Looks like spam")) as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert (status_of(mail), mail.error) == (MailStatus.FAILED, "554 Looks like spam")


def test_a_refusal_for_now_is_tried_again_later_and_then_goes_out(point_to):
    mail = put()
    with mail_server(Postbox(rcpt="451 Try again later")) as server:
        point_to(server)
        dispatch.send_due(JUNE)
        assert (status_of(mail), mail.send_after) == (MailStatus.QUEUED, JUNE + MINUTE)
        assert "451" in mail.error

        server.handler.rcpt = "250 OK"
        dispatch.send_due(JUNE + MINUTE)

    assert status_of(mail) == MailStatus.SENT
    assert mail.attempts == 2


def test_patience_ends_after_some_attempts(point_to):
    mail = put()
    at = JUNE

    with mail_server(Postbox(rcpt="451 Never")) as server:
        point_to(server)
        for attempt in range(1, 12):
            dispatch.send_due(at)
            at += wait_after(attempt)

    assert (status_of(mail), mail.attempts) == (MailStatus.FAILED, dispatch.ATTEMPTS)


def test_when_the_server_is_away_all_mail_waits_and_only_one_attempt_is_counted(ground):
    mails = [put(f"test:{number}") for number in range(3)]

    assert dispatch.send_due(JUNE) == 1
    assert dispatch.send_due(JUNE + timedelta(seconds=59)) == 0

    assert [status_of(mail) for mail in mails] == [MailStatus.QUEUED] * 3
    assert sum(mail.attempts for mail in mails) == 1


def test_a_server_that_closes_says_so_and_all_mail_waits(point_to):
    mail = put()

    with mail_server(Postbox(rcpt="421 Going down")) as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert (status_of(mail), mail.error) == (MailStatus.QUEUED, "421 Going down")


def test_a_line_that_breaks_before_the_mail_was_handed_over_costs_nothing(point_to):
    mail = put()

    with mail_server(breaks_at="RCPT") as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.QUEUED


def test_a_line_that_breaks_after_the_mail_was_handed_over_leaves_it_to_a_person(point_to):
    mail = put()

    with mail_server(breaks_at="reply") as server:
        point_to(server)
        dispatch.send_due(JUNE)
        dispatch.send_due(JUNE + timedelta(days=1))

    assert len(server.handler.mails) == 1
    assert status_of(mail) == MailStatus.SENDING
    assert reads.is_stuck(mail, at=JUNE)
    assert "handed over" in mail.error


def test_a_mail_that_cannot_be_written_fails_with_the_reason_and_the_next_goes_out(point_to):
    broken = put(headers={"X-Injected": "one\r\nBcc: everyone@harbour.test"})
    whole = put("test:2")

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert status_of(broken) == MailStatus.FAILED
    assert "cannot be written" in broken.error
    assert status_of(whole) == MailStatus.SENT
    assert len(server.handler.mails) == 1


def test_a_server_without_starttls_is_not_told_anything_in_the_open(point_to):
    mail = put()

    with mail_server() as server:
        point_to(server, "smtp+tls", login="ada:secret@")
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.QUEUED
    assert "STARTTLS" in mail.error


def test_the_test_mail_shows_the_conversation(point_to):
    with mail_server() as server:
        point_to(server)
        transcript, trouble = dispatch.send_test(
            outbox.server(), to="olga@lighthouse.test", at=JUNE
        )

    assert trouble == ""
    assert transcript[0].startswith("* 127.0.0.1:")
    assert "> rcpt TO:<olga@lighthouse.test>" in [
        line.replace("RCPT", "rcpt") for line in transcript
    ]
    assert len(server.handler.mails) == 1


def test_the_test_mail_tells_what_went_wrong(ground):
    transcript, trouble = dispatch.send_test(outbox.server(), to="olga@lighthouse.test", at=JUNE)

    assert "refused" in trouble
    assert transcript[-1] == f"! {trouble}"


def test_a_conversation_that_ends_badly_after_the_mail_does_not_lose_it(point_to, monkeypatch):
    def broken(self):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", broken)
    mail = put()

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.SENT


# --- The address of the server


def test_the_address_says_how_the_way_is_secured():
    plain, starttls, tls = (
        Server.parse(f"{scheme}://mail.lighthouse.test") for scheme in ("smtp", "smtp+tls", "smtps")
    )

    assert Server.parse("") is None
    assert (plain.security, plain.port) == (Security.NONE, 25)
    assert (starttls.security, starttls.port) == (Security.STARTTLS, 587)
    assert (tls.security, tls.port) == (Security.TLS, 465)


@pytest.mark.parametrize(
    ("url", "ca_file", "says"),
    [
        ("http://mail.lighthouse.test", "", "use smtp://"),
        ("mail.lighthouse.test:25", "", "use smtp://"),
        ("smtp://", "", "use smtp://"),
        ("smtp://mail.lighthouse.test:notaport", "", "EMAIL_URL"),
        ("smtp://mail.lighthouse.test", "/no/such/ca.pem", "no such file"),
    ],
)
def test_an_address_that_cannot_be_understood_stops_the_start(url, ca_file, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        Server.parse(url, ca_file=ca_file)
