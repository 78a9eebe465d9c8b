"""Replies from a mailbox: each is read once, marked as seen, and left where it is."""

import pytest

from arbiter.connectors.mail import fetching, jobs
from arbiter.foundation.mail.replies import Mailbox
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import letters
from arbiter.voice.models import Feedback, InboundMail
from tests.connectors.mail.mailbox import mailbox
from tests.foundation.replies import reply
from tests.world import JUNE, MAY


@pytest.fixture
def letter(world):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=MAY)
    return OutboxMail.objects.get()


def fetch(box):
    return fetching.fetch(mailbox=Mailbox.parse(box.url), at=JUNE)


def test_what_is_new_is_taken_in_once(letter):
    away = reply(letter, Auto_Submitted="auto-replied", Message_ID="<away@harbour.test>")

    with mailbox(reply(letter, "More seats, please."), away) as box:
        counts = [fetch(box), fetch(box)]

    assert counts == [2, 0]
    assert box.seen == {1, 2}
    assert [each.text for each in Feedback.objects.all()] == ["More seats, please."]
    assert InboundMail.objects.exclude(ignored_because="").count() == 1
    assert not any("DELETE" in said or "EXPUNGE" in said for said in box.heard)


def test_a_line_that_breaks_before_a_mail_is_marked_brings_it_again_and_it_counts_once(letter):
    with mailbox(reply(letter), breaks_at="STORE") as box, pytest.raises(fetching.MailboxAway):
        fetch(box)
    with mailbox(reply(letter)) as box:
        fetch(box)

    assert box.seen == {1}
    assert Feedback.objects.count() == 1


def test_a_mail_that_went_meanwhile_is_passed_over(letter):
    with mailbox(None, reply(letter)) as box:
        assert fetch(box) == 1


def test_a_wrong_password_is_told_without_repeating_it(world):
    with mailbox() as box:
        box.password = "another"
        with pytest.raises(fetching.MailboxAway) as told:
            fetch(box)

    assert "cannot be read" in str(told.value)
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    "url",
    ["imap://replies:x@127.0.0.1:9", "imaps://replies:x@127.0.0.1:9", "imap+tls://a:b@127.0.0.1:9"],
)
def test_a_mailbox_that_is_not_there_is_told(world, url):
    with pytest.raises(fetching.MailboxAway, match=r"127\.0\.0\.1:9"):
        fetching.fetch(mailbox=Mailbox.parse(url), at=JUNE)


def test_a_folder_that_is_not_there_is_told(world):
    with mailbox() as box:
        box.url += "/Elsewhere"
        with pytest.raises(fetching.MailboxAway, match="Elsewhere"):
            fetch(box)


def test_the_job_looks_where_the_settings_say(letter, settings):
    assert not jobs.has_mailbox()
    jobs.fetch_replies.func()

    with mailbox(reply(letter)) as box:
        settings.EMAIL_REPLIES_URL = box.url
        assert jobs.has_mailbox()
        jobs.fetch_replies.func()

    assert Feedback.objects.count() == 1
