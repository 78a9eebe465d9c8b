"""The outbox: one mail per reason, sent at most once, and every mishap in plain sight."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.actions import mail as decisions
from arbiter.foundation.jobs import worker
from arbiter.foundation.mail import dispatch, letter, outbox
from arbiter.foundation.models import Fact, MailStatus, OutboxMail
from arbiter.foundation.queries import mail as reads
from tests.foundation.letters import put, read, status_of
from tests.foundation.servers import mail_server
from tests.world import JUNE

MINUTE = timedelta(minutes=1)


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
