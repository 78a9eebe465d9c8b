"""The loop closes: whoever told us something hears what became of it."""

import re

import pytest

from arbiter.accounts.actions import contacts
from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import asks, feedback, replies_to_givers, suppressions, themes
from arbiter.voice.models import FeedbackReply
from arbiter.voice.queries import feedback as inbox
from arbiter.voice.queries import reply_mails
from tests.facts import fact_names, last_fact
from tests.world import APRIL, JULY, JUNE, MAY

SLOW = "The import is slow, & we <wait>."
FASTER = "Imports run in parts now.\n\nTen times faster."


def receive(world, contact, text=SLOW, at=MAY):
    return feedback.receive(
        customer=contact.customer, contact=contact, text=text, source="interview", by=world.olga, at=at
    )  # fmt: skip


def reply(world, piece, text=FASTER, by=None, at=JUNE):
    return replies_to_givers.reply(feedback=piece, text=text, by=by or world.ada, at=at)


@pytest.fixture
def theme(world):
    found = themes.make(name="Slow imports", by=world.olga, at=APRIL)
    pieces = [receive(world, contact) for contact in (world.cleo, world.dora, world.dov)]
    pieces.append(receive(world, world.cleo, "Still slow."))
    themes.sort(theme=found, feedback=pieces, by=world.olga, at=MAY)
    return found


def test_the_giver_gets_their_own_words_and_ours(world):
    piece = receive(world, world.cleo)
    said = reply(world, piece)

    mail = OutboxMail.objects.get(dedupe_key=said.mail_key)
    assert (mail.to, mail.reply_to, mail.about) == ("cleo@harbour.test", "ada@lighthouse.test", said.mail_key)  # fmt: skip
    assert f'"{SLOW}"' in mail.text
    assert "Ten times faster." in mail.text
    assert "The import is slow, &amp; we &lt;wait&gt;." in mail.html
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Unsubscribe"].strip("<>") in mail.text
    assert piece.replied_at == JUNE
    assert list(inbox.replies_to(piece)) == [said]
    assert (last_fact().name, last_fact().customer_id) == ("voice.feedback_replied", world.harbour.pk)  # fmt: skip
    assert "faster" not in last_fact().data


def test_a_reply_does_not_wait_for_the_budget_of_asking(world):
    asks.put(contact=world.cleo, kind="nps", channel="mail", by=world.ada, at=JUNE)

    assert reply(world, receive(world, world.cleo)).mail_key


def test_who_unsubscribed_or_left_is_not_told_and_the_sentence_says_why(world):
    piece = receive(world, world.cleo)
    contacts.unsubscribe(contact=world.cleo, by=world.cleo, at=MAY)
    piece.refresh_from_db()

    with pytest.raises(
        replies_to_givers.MayNotBeTold, match=r"Cleo Castro unsubscribed on 1 May 2026\."
    ):
        reply(world, piece)
    assert not OutboxMail.objects.exists()
    assert not FeedbackReply.objects.exists()


def test_an_address_that_came_back_is_not_written_to(world):
    piece = receive(world, world.cleo)
    suppressions.suppress(
        address=world.cleo.email, scope="all", cause="bounced", by=world.olga, at=MAY
    )

    with pytest.raises(replies_to_givers.MayNotBeTold, match="it came back"):
        reply(world, piece)


def test_words_and_a_giver_are_needed(world):
    piece = receive(world, world.cleo)
    with pytest.raises(replies_to_givers.NothingToTell):
        reply(world, piece, " ")
    nobody = feedback.receive(customer=world.harbour, text="Hm", source="ticket", by=world.ada, at=MAY)  # fmt: skip
    with pytest.raises(replies_to_givers.NobodyToTell):
        reply(world, nobody)
    for who in (world.quinn, world.otto):
        with pytest.raises(NotAllowed):
            reply(world, piece, by=who)


def test_everyone_of_a_theme_gets_one_mail_with_their_own_words(world, theme):
    told = replies_to_givers.reply_to_theme(theme=theme, text=FASTER, by=world.olga, at=JUNE)

    assert {contact.name for contact in told.told} == {"Cleo Castro", "Dora Diaz", "Dov Dahl"}
    assert (told.not_told, told.unknown) == ([], 0)
    assert OutboxMail.objects.count() == 3
    to_cleo = OutboxMail.objects.get(to="cleo@harbour.test")
    assert len(re.findall(r'^"', to_cleo.text, re.MULTILINE)) == 2
    assert FeedbackReply.objects.count() == 4
    assert last_fact().name == "voice.theme_told"
    assert (last_fact().details["told"], fact_names().count("voice.feedback_replied")) == (3, 4)


def test_nobody_is_told_the_same_twice_but_a_new_change_is_news(world, theme):
    replies_to_givers.reply_to_theme(theme=theme, text=FASTER, by=world.olga, at=JUNE)
    with pytest.raises(replies_to_givers.NobodyToTell):
        replies_to_givers.reply_to_theme(theme=theme, text=FASTER, by=world.olga, at=JULY)

    themes.tell_change(theme=theme, change="Twenty times.", by=world.olga, at=JULY)

    again = replies_to_givers.reply_to_theme(theme=theme, text="Twenty.", by=world.olga, at=JULY)
    assert len(again.told) == 3


def test_it_keeps_to_the_budget_and_says_who_is_left_out_and_why(world, theme):
    asks.put(contact=world.cleo, kind="nps", channel="mail", by=world.ada, at=MAY.replace(day=20))

    told = replies_to_givers.reply_to_theme(theme=theme, text=FASTER, by=world.olga, at=JUNE)

    assert [(contact.name, why) for contact, why in told.not_told] == [
        ("Cleo Castro", "Cleo Castro was asked on 20 May, less than 30 days ago.")
    ]
    dropped = OutboxMail.objects.get(to="cleo@harbour.test")
    assert (dropped.status, dropped.reason) == ("dropped", told.not_told[0][1])
    assert not FeedbackReply.objects.filter(feedback__contact=world.cleo).exists()


def test_only_what_is_within_reach_is_told_and_what_has_no_giver_is_counted(world, theme):
    nobody = feedback.receive(customer=world.harbour, text="Hm", source="ticket", by=world.ada, at=MAY)  # fmt: skip
    themes.sort(theme=theme, feedback=[nobody], by=world.ada, at=MAY)

    told = replies_to_givers.reply_to_theme(theme=theme, text=FASTER, by=world.ada, at=JUNE)

    assert {contact.name for contact in told.told} == {"Cleo Castro", "Dora Diaz"}
    assert told.unknown == 1


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("de-AT", "Sie sagten:", "ltr"),
        ("ar", "قلتم:", "rtl"),
        ("ja", "いただいたご意見：", "ltr"),
        ("pl", "You said:", "ltr"),
    ],
)
def test_the_frame_is_in_the_language_of_the_giver_and_the_words_stay(
    world, language, words, direction
):
    world.cleo.language = language

    mail = reply_mails.compose(contact=world.cleo, said=[receive(world, world.cleo)], text=FASTER, by=world.ada)  # fmt: skip

    assert words in mail.text
    assert SLOW in mail.text
    assert f'dir="{direction}"' in mail.html
