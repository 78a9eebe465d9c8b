"""Asking a survey by mail, by a link to hand over, and by voice."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation.models import OutboxMail, Person
from arbiter.voice import library
from arbiter.voice.actions import answers, survey_mails, surveys
from arbiter.voice.actions import links as making
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries import links
from arbiter.voice.queries import survey_mails as composed
from arbiter.voice.queries import surveys as known
from arbiter.voice.queries.letters import AskedGoal
from tests.facts import fact_names
from tests.world import JUNE, MAY

GOAL = AskedGoal("faster_onboarding", 'Crews <b>productive</b> in "two" weeks')


def of(key):
    return known.newest(known.by_key(key))


def send(world, key="nps", **changes):
    told = {"contact": world.cleo, "version": of(key), "by": world.ada, "at": JUNE}
    return survey_mails.send(**{**told, **changes})


def token_of(mail):
    return mail.text.split("/p/")[1].split("/")[0]


def test_a_survey_mail_is_an_ask_a_link_and_a_mail_in_one(world):
    link = send(world, closes_at=JUNE + timedelta(days=14), rule_key="").link

    mail, ask = OutboxMail.objects.get(), Ask.objects.get()
    assert (mail.to, mail.reply_to) == ("cleo@harbour.test", "ada@lighthouse.test")
    assert mail.subject == "Cleo, would you recommend Lighthouse?"
    assert (ask.kind, ask.channel, ask.link, ask.language) == ("nps", "mail", link, "en")
    assert (ask.version.survey.key, ask.closes_at) == ("nps", JUNE + timedelta(days=14))
    assert fact_names() == ["voice.survey_made", "voice.link_made", "voice.asked"]
    assert links.find(token_of(mail), at=JUNE).link == link


def test_each_step_of_the_scale_leads_to_the_page_with_that_step_chosen(world):
    send(world)

    mail = OutboxMail.objects.get()
    address = f"http://localhost:8000/p/{token_of(mail)}/"
    for step in range(11):
        assert f"{address}?value={step}\n" in mail.text + "\n"
        assert f'href="{address}?value={step}"' in mail.html
    assert "0 (Not at all likely)" in mail.text
    assert "10 (Extremely likely)" in mail.text


def test_what_nobody_sends_is_signed_by_the_company_and_asks_for_no_reply(world):
    send(world, by=Person.objects.system())

    mail = OutboxMail.objects.get()
    assert mail.reply_to == ""
    assert "Arbiter" not in mail.text + mail.html


def test_a_link_tells_what_it_asks(world):
    link = send(world, "still_right", goal=GOAL).link

    order = composed.order_of(link)
    assert (order.version.survey.key, order.language, order.goal_key) == (
        "still_right",
        "en",
        "faster_onboarding",
    )
    assert order.ask == Ask.objects.get()


def test_a_letters_link_asks_no_survey(world):
    link, _ = making.make(contact=world.cleo, by=world.ada, at=JUNE)

    assert composed.order_of(link) is None


def test_the_goal_stands_in_their_words_and_as_words_only(world):
    send(world, "still_right", goal=GOAL)

    mail = OutboxMail.objects.get()
    assert GOAL.statement in mail.text
    assert "Crews &lt;b&gt;productive&lt;/b&gt;" in mail.html
    assert Ask.objects.get().goal_key == "faster_onboarding"


@pytest.mark.parametrize("key", [each.key for each in library.BUILT_IN if not each.by_letter])
@pytest.mark.parametrize("language", library.LANGUAGES)
def test_every_survey_makes_a_mail_in_every_language(world, key, language):
    mail = composed.compose(
        contact=world.cleo, version=of(key), by=world.ada, language=language, goal=GOAL
    )

    assert f'lang="{language}"' in mail.html
    assert ('dir="rtl"' in mail.html) == (language == "ar")
    assert library.letter(language)["stop"] in mail.text
    assert not set("{}") & set(mail.subject + mail.text)
    assert "Lighthouse" in mail.text


def test_the_mail_is_in_the_language_of_the_person_or_of_our_choice(world):
    world.cleo.language = "de"
    send(world)
    assert OutboxMail.objects.get().subject == "Cleo, würden Sie Lighthouse weiterempfehlen?"
    assert Ask.objects.get().language == "de"

    send(world, contact=world.dora, language="fr")
    assert Ask.objects.last().language == "fr"


def test_the_mail_watches_nobody(world):
    send(world)
    loaded = []

    class Loading(HTMLParser):
        def handle_starttag(self, tag, attrs):
            loaded.extend([tag] if tag in {"img", "script", "link", "iframe", "form"} else [])
            loaded.extend(name for name, _ in attrs if name in {"src", "background", "srcset"})

    Loading().feed(OutboxMail.objects.get().html)

    assert loaded == []


def test_it_can_be_unsubscribed_in_one_click(world):
    send(world)

    headers = OutboxMail.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].endswith("/unsubscription/>")


def test_whoever_was_asked_lately_gets_none_and_the_outbox_says_why(world):
    send(world)

    mailed = send(world, "csat", at=JUNE + timedelta(days=2))

    assert mailed.link is None
    assert "was asked on 1 June" in mailed.because
    kept = OutboxMail.objects.get(status="dropped")
    assert kept.reason == mailed.because
    assert "/p/personal-link/" in kept.text


def test_without_an_address_there_is_nothing_to_keep(world):
    world.cleo.email = ""

    assert send(world).because == "Cleo Castro has no mail address."
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("key", ["intent", "verdict"])
def test_the_outcome_questions_go_by_the_letter(world, key):
    with pytest.raises(survey_mails.AskedByLetter, match="by the letter"):
        send(world, key, goal=GOAL)


def test_what_asks_about_a_goal_needs_one(world):
    with pytest.raises(survey_mails.NoGoal, match="choose which"):
        send(world, "still_right")


def test_what_is_put_away_is_not_sent(world):
    survey = surveys.archive(survey=known.by_key("csat"), by=world.mona, at=MAY)

    with pytest.raises(surveys.PutAway):
        send(world, version=known.newest(survey))


def test_nobody_asks_out_of_reach(world):
    for contact, by in ((world.dov, world.ada), (world.cleo, world.otto)):
        with pytest.raises(NotAllowed):
            send(world, contact=contact, by=by)
    assert not Ask.objects.exists()


def test_a_link_to_hand_over_asks_without_a_mail(world):
    copied = survey_mails.copy(
        contact=world.cleo, version=of("check_in"), by=world.ada, at=JUNE, language="es"
    )

    ask = Ask.objects.get()
    assert (ask.channel, ask.kind, ask.language, ask.link) == (
        "link",
        "check_in",
        "es",
        copied.link,
    )
    assert copied.url == f"http://localhost:8000/p/{copied.token}/"
    assert not OutboxMail.objects.exists()


def call(world, key="check_in", **changes):
    told = {
        "contact": world.cleo,
        "version": of(key),
        "said": {"going": "badly", "need": " A person to talk to. "},
        "evidence": "Call on 1 May",
        "by": world.ada,
        "at": MAY,
        "recorded_at": JUNE,
        "language": "en",
    }
    return survey_mails.record_call(**{**told, **changes})


def test_what_is_said_by_voice_is_kept_as_said_by_the_contact_and_marked_so(world):
    answer = call(world)

    assert (answer.value, answer.comment) == ("badly", "A person to talk to.")
    assert (answer.contact, answer.on_behalf_by, answer.evidence) == (
        world.cleo,
        world.ada,
        "Call on 1 May",
    )
    assert (answer.at, answer.recorded_at) == (MAY, JUNE)
    assert (answer.ask.channel, answer.version.survey.key) == ("call", "check_in")


@pytest.mark.parametrize(
    ("key", "said", "refusal"),
    [
        ("check_in", {"going": "fine"}, answers.NotAnAnswer),
        ("discovery", {"result": "Faster", "by_when": "soon"}, answers.NotAnAnswer),
        ("nps", {"score": "11"}, answers.NotAnAnswer),
        ("nps", {}, answers.NotAnAnswer),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(world, key, said, refusal):
    with pytest.raises(refusal):
        call(world, key, said=said)
    assert not Answer.objects.exists()
    assert not Ask.objects.exists()


def test_a_call_needs_to_say_where(world):
    with pytest.raises(answers.NoEvidence):
        call(world, evidence=" ")
