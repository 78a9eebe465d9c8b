"""Asking by mail, and by a link to copy."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import contacts
from arbiter.foundation import journal
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import asks, letters
from arbiter.voice.models import Ask, PersonalLink
from arbiter.voice.queries import letters as composed
from arbiter.voice.queries import links
from arbiter.voice.queries.asks import reach, warnings
from arbiter.voice.queries.letters import AskedGoal
from tests.facts import fact_names
from tests.world import JUNE, MAY

GOALS = [AskedGoal("faster_onboarding", 'Crews <b>productive</b> in "two" weeks')]


def send(world, contact=None, at=JUNE, by=None):
    return letters.send(contact=contact or world.cleo, goals=GOALS, by=by or world.ada, at=at)


def mailed_token(mail):
    return mail.text.split("/p/")[1].split("/")[0]


def test_a_letter_is_asks_a_link_and_a_mail_in_one(world):
    link = send(world).link

    mail = OutboxMail.objects.get()
    assert (mail.to, mail.reply_to) == ("cleo@harbour.test", "ada@lighthouse.test")
    assert mail.subject == "Cleo, is Lighthouse working for you?"
    about = Ask.objects.filter(link=link, channel="mail").values_list(
        "kind", "contract_key", "goal_key"
    )
    assert list(about) == [("intent", "harbour-1", ""), ("verdict", "", "faster_onboarding")]
    assert fact_names() == ["voice.link_made", "voice.asked", "voice.asked"]
    assert links.find(mailed_token(mail), at=JUNE).link == link


def test_the_text_and_the_html_hold_three_answers_and_the_goal_in_their_words(world):
    send(world)

    mail = OutboxMail.objects.get()
    address = f"http://localhost:8000/p/{mailed_token(mail)}/"
    for answer in ("yes", "not_sure", "no"):
        assert f"{address}?answer={answer}" in mail.text
        assert f'href="{address}?answer={answer}"' in mail.html
    assert 'Crews <b>productive</b> in "two" weeks' in mail.text
    assert "Crews &lt;b&gt;productive&lt;/b&gt;" in mail.html
    assert "after 30 September 2026?" in mail.text
    assert "It will not trigger a sales call" in mail.text


def test_the_mail_watches_nobody(world):
    send(world)
    loaded = []

    class Loading(HTMLParser):
        def handle_starttag(self, tag, attrs):
            loaded.extend([tag] if tag in {"img", "script", "link", "iframe", "form"} else [])
            loaded.extend(name for name, _ in attrs if name in {"src", "background", "srcset"})

    html = OutboxMail.objects.get().html
    Loading().feed(html)

    assert loaded == []
    assert "url(" not in html


def test_a_mail_program_can_unsubscribe_in_one_click(world):
    send(world)

    mail = OutboxMail.objects.get()
    assert mail.headers == {
        "List-Id": "<asks.localhost>",
        "List-Unsubscribe": f"<http://localhost:8000/p/{mailed_token(mail)}/unsubscription/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": "letter:asks:arbiter:arb49960de5880e",
    }


def test_the_outbox_forgets_the_token_once_the_mail_is_gone(world):
    send(world)

    mail = OutboxMail.objects.get()
    assert mail.tokens == [mailed_token(mail)]
    assert mail.by == world.ada


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"email": ""}, "Cleo Castro has no mail address."),
        ({"unsubscribed_at": MAY}, "Cleo Castro unsubscribed on 1 May 2026."),
        ({"left_on": MAY.date()}, "Cleo Castro left on 1 May 2026."),
    ],
)
def test_a_letter_that_is_not_sent_says_why_and_asks_nothing(world, change, why):
    for name, value in change.items():
        setattr(world.cleo, name, value)

    assert send(world) == letters.Mailed(world.cleo, None, why)

    assert not Ask.objects.exists()
    assert not PersonalLink.objects.exists()
    assert not fact_names()
    kept = OutboxMail.objects.values_list("status", "reason")
    assert list(kept) == ([("dropped", why)] if world.cleo.email else [])


def test_two_letters_are_a_week_apart(world):
    send(world, at=JUNE - timedelta(days=6))

    assert "less than 7 days ago" in send(world).because
    assert send(world, at=JUNE + timedelta(days=1)).link


@pytest.mark.parametrize("who", ["otto", "quinn"])
def test_only_those_who_may_ask_write_letters(world, who):
    with pytest.raises(NotAllowed):
        send(world, by=getattr(world, who))


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (["dora", "sam"], []),
        (["dora", "cleo"], ["Sam Silva, sponsor, is not chosen."]),
        (
            ["cleo"],
            [
                "Only people who do not decide are chosen. Their yes alone says little.",
                "Dora Diaz, decision maker, is not chosen.",
                "Sam Silva, sponsor, is not chosen.",
            ],
        ),
    ],
)
def test_choosing_warns_of_friendly_company(world, chosen, told):
    people = reach(contacts.of(world.harbour), at=JUNE)

    assert warnings(people, [getattr(world, name).pk for name in chosen]) == told


def test_choosing_warns_of_a_decision_maker_who_is_unknown_or_out_of_reach(world):
    world.dora.unsubscribed_at = MAY
    world.dora.save()
    people = reach(contacts.of(world.harbour), at=JUNE)
    everyone = [each.contact.pk for each in people]

    assert warnings(people, everyone) == ["Dora Diaz, decision maker, unsubscribed on 1 May 2026."]
    assert warnings([each for each in people if each.contact != world.dora], everyone) == [
        "No decision maker is known here. Find out who decides, and add them."
    ]


def test_a_link_to_copy_asks_as_well(world):
    copied = letters.copy(contact=world.cleo, goals=GOALS, by=world.ada, at=JUNE)

    assert copied.url.startswith("http://localhost:8000/p/")
    assert not OutboxMail.objects.exists()
    assert set(Ask.objects.values_list("channel", flat=True)) == {"link"}


def test_without_a_term_the_letter_names_no_date(world):
    world.harbour_contract.delete()

    term = composed.running_term(world.cleo, as_of=JUNE)
    letter = composed.compose(contact=world.cleo, by=world.ada, term=term)

    assert "continue with Lighthouse?" in letter.text
    assert "you told us what you want" not in letter.text


def test_delivery_is_kept_where_the_mails_fact_tells_it(world):
    link = send(world).link
    mail = OutboxMail.objects.get()
    journal.record("foundation.mail_sent", subject=mail, by=world.ada, at=JUNE, about=mail.about)

    assert set(Ask.objects.filter(link=link).values_list("delivered_at", flat=True)) == {JUNE}


def test_the_fact_of_another_mail_touches_no_ask(world):
    send(world)
    mail = OutboxMail.objects.get()
    for about in ("voice.code:1", "foundation.test:1", "other"):
        journal.record("foundation.mail_sent", subject=mail, by=world.ada, at=JUNE, about=about)

    assert set(Ask.objects.values_list("delivered_at", flat=True)) == {None}


def test_a_question_in_a_call_is_kept_like_any_other(world):
    ask = asks.put(contact=world.dora, kind="intent", channel="call", by=world.ada, at=JUNE)

    assert (ask.channel, ask.by, ask.link) == ("call", world.ada, None)
