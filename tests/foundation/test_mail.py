"""The outbox: one mail per reason, sent at most once, and every mishap in plain sight."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.actions import mail as decisions
from arbiter.foundation.jobs import worker
from arbiter.foundation.mail import dispatch, letter, outbox
from arbiter.foundation.mail.dispatch import wait_after
from arbiter.foundation.mail.server import Security, Server
from arbiter.foundation.models import Fact, MailStatus, OutboxMail
from arbiter.foundation.queries import mail as reads
from tests.foundation.servers import Authority, Postbox, lets_in, mail_server
from tests.world import JUNE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ground(world, settings):
    """A company whose mail goes to a server that is not there yet."""
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    settings.EMAIL_BACKEND = "arbiter.foundation.mail.backend.OutboxBackend"
    settings.BASE_URL = "https://arbiter.lighthouse.test"
    settings.EMAIL_FROM = "Lighthouse, the vendor <hello@lighthouse.test>"
    return world


@pytest.fixture
def point_to(ground, settings):
    """Have mail go to a running server."""

    def point(server, scheme="smtp", login=""):
        settings.EMAIL_URL = f"{scheme}://{login}127.0.0.1:{server.port}"

    return point


def put(key="test:1", **more):
    words = {"to": "cleo@harbour.test", "subject": "Did you get it?", "text": "Tell us.\n"}
    return outbox.put(dedupe_key=key, at=JUNE, **words | more)


def status_of(mail):
    mail.refresh_from_db()
    return mail.status


def read(envelope):
    return message_from_bytes(envelope.original_content, policy=policy.default)


def test_a_mail_goes_out_whole_with_its_headers(point_to):
    unsubscribe = "<https://arbiter.lighthouse.test/p/0123456789012345678901/unsubscribe/>, <mailto:hello@lighthouse.test?subject=no>"
    mail = put(
        subject="Schönes Ziel: 10 % schneller?\n",
        text="Zwei Zeilen.\n.\nEin Punkt allein beendet nichts.\n" + "lang " * 300,
        html="<p>Zwei Zeilen.</p>",
        headers={"List-Unsubscribe": unsubscribe, "List-Id": "<asks.lighthouse.test>"},
        reply_to="ada@lighthouse.test",
    )

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE + MINUTE)

    [envelope] = server.handler.mails
    sent = read(envelope)
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "hello@lighthouse.test",
        ["cleo@harbour.test"],
    )
    assert sent["Subject"] == "Schönes Ziel: 10 % schneller?"
    assert sent["From"].addresses[0].display_name == "Lighthouse, the vendor"
    assert sent["Message-ID"] == letter.message_id("test:1")
    assert sent["Reply-To"] == "ada@lighthouse.test"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert f"List-Unsubscribe: {unsubscribe}\r\n".encode() in envelope.original_content
    assert sent.get_body(("plain",)).get_content().replace("\r\n", "\n") == mail.text + "\n"
    assert sent.get_body(("html",)).get_content().strip() == mail.html
    assert all(len(line) <= 998 for line in envelope.original_content.splitlines())
    assert status_of(mail) == MailStatus.SENT


def test_a_mail_is_written_with_the_transaction_of_its_reason(ground):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    assert not outbox.is_waiting()


def test_the_same_key_is_the_same_mail_for_ever(point_to):
    first = put()
    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)
        again = put(subject="Another subject")
        dispatch.send_due(JUNE + MINUTE)

    assert again == first
    assert len(server.handler.mails) == 1


def test_the_worker_sends_within_its_round(point_to, clock):
    put()

    with mail_server() as server:
        point_to(server)
        ran = worker.run_due(JUNE)

    assert ran >= 1
    assert len(server.handler.mails) == 1


def test_the_mails_of_a_batch_share_one_conversation(point_to, monkeypatch):
    monkeypatch.setattr(dispatch, "BATCH", 3)
    for number in range(4):
        put(f"test:{number}")

    with mail_server() as server:
        point_to(server)
        counts = [dispatch.send_due(JUNE) for _ in range(3)]

    assert counts == [3, 1, 0]
    assert server.calls == 2
    assert len({envelope.original_content for envelope in server.handler.mails}) == 4


def test_without_a_server_mail_is_kept_and_shown(ground, settings):
    settings.EMAIL_URL = ""

    mail = put(tokens=["secret-token"], text="https://arbiter/p/secret-token/")

    assert not outbox.delivers()
    assert mail.status == MailStatus.KEPT
    assert dispatch.send_due(JUNE) == 0
    assert "secret-token" in reads.words_of(mail).text


def test_a_mail_that_is_not_to_be_sent_says_why(ground):
    mail = put(drop_because="Cleo unsubscribed on 3 May.")

    assert (mail.status, mail.reason) == (MailStatus.DROPPED, "Cleo unsubscribed on 3 May.")
    assert not outbox.is_waiting()


# --- What servers do to us


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


# --- What stays secret


def test_sign_in_mail_is_shown_to_nobody_and_wiped_when_it_has_left(point_to):
    EmailMultiAlternatives(
        "Your code", "The code is 4711.", to=["Olga <olga@lighthouse.test>"]
    ).send()
    code = OutboxMail.objects.get()
    assert reads.words_of(code) is None

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert "4711" in read(server.handler.mails[0]).get_content()
    assert status_of(code) == MailStatus.SENT
    assert code.text == ""


def test_in_the_demo_a_sign_in_code_can_be_read_in_the_outbox(ground, settings):
    settings.EMAIL_URL = ""
    settings.DEMO = True
    code = EmailMultiAlternatives("Your code", "4711", to=["olga@lighthouse.test"])
    code.attach_alternative("<p>4711</p>", "text/html")
    code.send()

    words = reads.words_of(OutboxMail.objects.get())

    assert (words.text, words.html) == ("4711", "<p>4711</p>")


def test_personal_links_are_hidden_in_the_outbox_and_gone_once_sent(point_to):
    mail = put(
        text="Answer: https://x/p/tok3n/",
        html='<a href="https://x/p/tok3n/">Answer</a>',
        headers={"List-Unsubscribe": "<https://x/p/tok3n/off/>"},
        tokens=["tok3n"],
    )
    assert "tok3n" not in reads.words_of(mail).text + reads.words_of(mail).html

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert b"tok3n" in server.handler.mails[0].original_content
    mail.refresh_from_db()
    assert "tok3n" not in f"{mail.text}{mail.html}{mail.headers}{mail.tokens}"


# --- What people decide


def stuck_mail():
    mail = put()
    OutboxMail.objects.filter(pk=mail.pk).update(status=MailStatus.SENDING, claimed_at=JUNE)
    mail.refresh_from_db()
    return mail


def test_a_mail_whose_sending_was_cut_off_waits_for_a_person(ground):
    mail = stuck_mail()

    assert not reads.is_stuck(mail, at=JUNE + 5 * MINUTE)
    with pytest.raises(decisions.MailMovedOn):
        decisions.send_again(mail=mail, by=ground.olga, at=JUNE + 5 * MINUTE)
    assert reads.is_stuck(mail, at=JUNE + 11 * MINUTE)


def test_a_person_may_have_it_sent_again(point_to, world):
    mail = stuck_mail()

    decisions.send_again(mail=mail, by=world.olga, at=JUNE + 11 * MINUTE)
    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE + 11 * MINUTE)

    assert status_of(mail) == MailStatus.SENT
    assert mail.decided_by == world.olga
    assert Fact.objects.filter(name="foundation.mail_requeued", by_id=world.olga.pk).exists()


def test_a_person_may_say_that_it_did_leave_once(ground):
    mail = stuck_mail()

    decisions.mark_sent(mail=mail, by=ground.olga, at=JUNE + 11 * MINUTE)

    assert status_of(mail) == MailStatus.SENT
    with pytest.raises(decisions.MailMovedOn):
        decisions.send_again(mail=mail, by=ground.olga, at=JUNE + 12 * MINUTE)


def test_a_person_may_give_it_up(ground):
    mail = put()

    decisions.drop(mail=mail, by=ground.olga, at=JUNE)

    assert (status_of(mail), mail.reason) == (
        MailStatus.DROPPED,
        "Olga Owens decided not to send it.",
    )


def test_what_was_only_shown_goes_out_once_there_is_a_server(point_to, settings, world):
    settings.EMAIL_URL = ""
    mail = put()
    with pytest.raises(decisions.MailIsOver, match="no mail server"):
        decisions.send_again(mail=mail, by=world.olga, at=JUNE)

    with mail_server() as server:
        point_to(server)
        decisions.send_again(mail=mail, by=world.olga, at=JUNE)
        dispatch.send_due(JUNE)

    assert len(server.handler.mails) == 1


def test_a_code_is_over_and_not_sent_again(ground):
    mail = put(secret=True)
    OutboxMail.objects.update(status=MailStatus.FAILED)

    with pytest.raises(decisions.MailIsOver, match="code is over"):
        decisions.send_again(mail=mail, by=ground.olga, at=JUNE)


def test_a_decision_made_while_it_was_sent_is_not_overwritten(point_to, world, monkeypatch):
    mail = put()
    compose = dispatch._compose

    def decide_meanwhile(row, at):
        OutboxMail.objects.filter(pk=mail.pk).update(status=MailStatus.DROPPED, reason="Given up.")
        return compose(row, at)

    monkeypatch.setattr(dispatch, "_compose", decide_meanwhile)
    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)

    assert status_of(mail) == MailStatus.DROPPED


def test_whoever_a_mail_belongs_to_hears_what_became_of_it(point_to, world):
    heard = []
    journal.listen(heard.extend)
    put(about="voice.ask:7")
    put("test:2", about="voice.ask:8", to="nobody@harbour.test")
    put("test:3")

    with mail_server() as server:
        point_to(server)
        dispatch.send_due(JUNE)
    journal._listeners.remove(heard.extend)

    assert [(fact.name, fact.details["about"]) for fact in heard] == [
        ("foundation.mail_sent", "voice.ask:7"),
        ("foundation.mail_sent", "voice.ask:8"),
    ]


def test_colleagues_see_the_mail_they_caused_and_those_who_manage_see_all(ground):
    by_ada = put(by=ground.ada)
    put("test:2", by=ground.ben)

    assert list(reads.visible_to(ground.ada)) == [by_ada]
    assert reads.counts(ground.abe) == {"queued": 2}
    assert reads.counts(ground.otto) == {}


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
