"""Replies to our mail become feedback of who wrote them, and never an answer."""

import pytest

from arbiter.foundation.mail import received
from arbiter.foundation.models import OutboxMail, Person
from arbiter.voice.actions import letters, replies, survey_mails
from arbiter.voice.models import Answer, Ask, DeliveryNews, Feedback, InboundMail, Suppression
from arbiter.voice.queries import surveys
from arbiter.voice.queries.letters import AskedGoal
from tests.facts import fact_names
from tests.foundation.replies import reply, report
from tests.world import JUNE, MAY


@pytest.fixture
def letter(world):
    goals = [AskedGoal(world.faster_onboarding.key, world.faster_onboarding.statement)]
    letters.send(contact=world.cleo, goals=goals, first="verdict", by=world.ada, at=MAY)
    return OutboxMail.objects.get()


def receive(raw, at=JUNE):
    return replies.receive(mail=received.parse(raw), by=Person.objects.system(), at=at)


def test_a_reply_is_feedback_of_the_person_and_no_answer(letter, world):
    kept = receive(reply(letter, "Not sure yet.\n\nOn Friday Ada wrote:\n> Hello"))

    said = Feedback.objects.get()
    assert (said.contact, said.customer, said.source) == (world.cleo, world.harbour, "reply")
    assert (said.text, said.goal_key, said.answer) == ("Not sure yet.", "faster_onboarding", None)
    assert said.recorded_at == JUNE
    assert said.at < JUNE
    assert (kept.feedback, kept.about, kept.ignored_because) == (said, letter.about, "")
    assert not Answer.objects.exists()
    assert fact_names()[-1] == "voice.feedback_received"


def test_a_reply_knows_the_question_it_was_written_to(world):
    nps = surveys.newest(surveys.by_key("nps"))
    survey_mails.send(contact=world.cleo, version=nps, by=world.ada, at=MAY)

    receive(reply(OutboxMail.objects.get(), "Nine, but printing fails."))

    assert Feedback.objects.get().ask == Ask.objects.get()


def test_of_a_letter_it_is_the_question_whose_answer_is_kept_beside_it(letter):
    receive(reply(letter))

    said = Feedback.objects.get()
    assert (said.ask.kind, said.goal_key) == ("intent", "faster_onboarding")


def test_the_same_mail_again_changes_nothing(letter):
    first = receive(reply(letter))

    assert receive(reply(letter)) == first
    assert Feedback.objects.count() == 1


def test_mails_without_a_number_are_told_apart_by_what_they_hold(letter):
    for text in ("One thing.", "Another.", "Another."):
        receive(reply(letter, text, Message_ID=""))

    assert Feedback.objects.count() == 2


def test_an_out_of_office_note_is_ignored_with_the_reason(letter):
    kept = receive(reply(letter, Auto_Submitted="auto-replied"))

    assert kept.ignored_because == "No person wrote it: Auto-Submitted: auto-replied."
    assert not Feedback.objects.exists()
    assert fact_names()[-1] == "voice.reply_ignored"


def test_what_answers_no_mail_of_ours_is_ignored(letter):
    assert receive(reply(None)).ignored_because == "It answers no mail of ours."


def test_a_stranger_cannot_speak_for_the_person(letter, world):
    kept = receive(reply(letter, sender=world.dov.email))

    assert kept.ignored_because == "It came from an address that is nobody's at this customer."
    assert not Feedback.objects.exists()


def test_whom_it_was_passed_on_to_speaks_for_themselves(letter, world):
    receive(reply(letter, sender="Dora <DORA@harbour.test>"))

    said = Feedback.objects.get()
    assert (said.contact, said.ask) == (world.dora, None)


def test_a_reply_of_one_who_left_is_kept_by_us(letter, world):
    world.cleo.left_on = JUNE.date()
    world.cleo.save()

    receive(reply(letter))

    assert Feedback.objects.get().contact == world.cleo


def test_a_quotation_alone_says_nothing(letter):
    kept = receive(reply(letter, "> Hello Cleo,\n> is it working?"))

    assert kept.ignored_because == "It holds no words of theirs."


@pytest.mark.parametrize(
    ("status", "kind", "spared"), [("5.1.1", "hard_bounce", 1), ("4.2.2", "soft_bounce", 0)]
)
def test_a_report_of_a_mail_that_came_back_is_news_of_it(letter, status, kind, spared):
    kept = receive(report(letter.message_id, status))

    assert kept.ignored_because == "It reports a mail that did not arrive."
    assert DeliveryNews.objects.get().kind == kind
    assert Suppression.objects.count() == spared


def test_nobody_has_an_address_spared_by_a_made_up_report(letter):
    receive(report("<made-up@elsewhere.test>"))

    assert not DeliveryNews.objects.exists()
    assert InboundMail.objects.count() == 1
