"""Erasing a person: not a word of theirs is left anywhere, and nothing that was counted changes."""

from datetime import timedelta
from html import escape

import pytest
from django.db import DatabaseError, connection, transaction

from arbiter.accounts.actions import contacts
from arbiter.accounts.models import Contact
from arbiter.accounts.permissions import NotAllowed
from arbiter.forecast.actions import standings
from arbiter.forecast.models import Standing
from arbiter.foundation import guards, journal
from arbiter.foundation.jobs import worker
from arbiter.foundation.mail import outbox
from arbiter.foundation.models import Fact, MailStatus, OutboxMail
from arbiter.outcomes.models import Goal, Verdict
from arbiter.voice.actions import letters
from arbiter.voice.models import Answer, Suppression
from arbiter.voice.queries import links as known_links
from arbiter.voice.queries import ratings, responses
from arbiter.voice.queries.responses import Window
from tests.accounts.erased import SENTENCES, WORDS, everything_about, left_of
from tests.world import JUNE, MAY

AFTER = JUNE + timedelta(hours=1)


@pytest.fixture
def cleo(world):
    """Cleo, of whom something is in every table."""
    return everything_about(world.cleo, world)


def erase(contact, world, at=AFTER):
    return contacts.erase(contact=contact, by=world.olga, at=at)


def test_no_word_of_the_person_is_left_in_any_table(cleo, world):
    assert {word for _, _, word in left_of(WORDS)} == {*WORDS}

    erase(cleo, world)
    standings.refresh_stale(as_of=AFTER)

    assert left_of(WORDS) == []


def test_what_was_counted_stays_as_it_was(cleo, world):
    def counted():
        window = Window(AFTER)
        return (
            responses.read(world.olga, window).total,
            [(each.kind, each.n, each.estimate()) for each in ratings.read(world.olga, window)],
            list(Answer.objects.order_by("pk").values_list("contact", "kind", "at", "value", "scale")),
            list(Verdict.objects.order_by("pk").values_list("goal", "contact", "at", "verdict")),
            [(each.own_words, each.confirmed, each.intent) for each in Standing.objects.order_by("pk")][1:],
            Contact.objects.values_list("role", "joined_on", "left_on").get(pk=cleo.pk),
        )  # fmt: skip

    before = counted()

    erase(cleo, world)

    assert counted() == before
    assert Answer.objects.exclude(details="").get().details == '{"again": "no"}'


def test_the_chain_of_the_journal_holds_and_tells_of_it_without_a_word(cleo, world):
    before = Fact.objects.count()

    erase(cleo, world)

    assert journal.verify() is None
    fact = Fact.objects.get(name="accounts.contact_erased")
    assert (fact.subject_id, fact.by_id, fact.details) == (
        cleo.pk,
        world.olga.pk,
        {"role": "champion"},
    )
    assert fact.pk > before


def test_what_others_said_stays(cleo, world):
    from arbiter.voice.actions import answers

    same = answers.give(
        contact=world.dora,
        kind="nps",
        value="2",
        scale="0-10",
        comment=SENTENCES["comment"],
        by=world.dora,
        at=MAY,
    )
    aside = answers.give(
        contact=world.sam,
        kind="nps",
        value="9",
        scale="0-10",
        comment="Cleo Castro is a joy, and Cleopatra too",
        by=world.sam,
        at=MAY,
    )

    erase(cleo, world)

    same.refresh_from_db()
    aside.refresh_from_db()
    assert same.comment == SENTENCES["comment"]
    assert aside.comment == "[erased] is a joy, and Cleopatra too"


def test_a_namesake_elsewhere_keeps_their_name(cleo, world):
    namesake = Contact.objects.create(customer=world.quay, key="other", name="Cleo Castro")
    kept = outbox.put(
        dedupe_key="n", to="ada@lighthouse.test", subject="Cleo Castro", text="", at=MAY
    )

    erase(cleo, world)

    namesake.refresh_from_db()
    kept.refresh_from_db()
    assert (namesake.name, kept.subject) == ("Cleo Castro", "Cleo Castro")


def test_a_goal_goes_on_by_its_measure(cleo, world):
    erase(cleo, world)

    goal = Goal.objects.get(pk=world.faster_onboarding.pk)
    assert goal.statement == "Days until a new crew works alone"
    assert goal.whose_words == "vendor"
    assert goal.revisions.count() == 2


def test_mails_that_wait_are_not_sent_any_more(world):
    mail = outbox.put(dedupe_key="x", to="cleo@harbour.test", subject="Hi", text="Hi", at=MAY)
    OutboxMail.objects.filter(pk=mail.pk).update(status=MailStatus.QUEUED)

    erase(world.cleo, world)

    mail.refresh_from_db()
    assert (mail.status, mail.to, mail.text) == (MailStatus.DROPPED, "", "")
    assert mail.reason == "The person was erased."


def test_their_links_open_nothing(world):
    from arbiter.voice.actions import links

    _, token = links.make(contact=world.cleo, by=world.ada, at=MAY)
    assert known_links.find(token, at=AFTER) is not None

    erase(world.cleo, world)

    assert known_links.find(token, at=AFTER) is None


def test_whoever_wanted_no_mail_gets_none_when_somebody_brings_them_again(cleo, world):
    erase(cleo, world)

    assert not Suppression.objects.exclude(address="").exists()
    again = contacts.add(
        customer=world.harbour,
        name="Cleo Castro",
        email="cleo@harbour.test",
        key="cleo",
        by=world.ada,
        at=AFTER,
    )
    later = AFTER + timedelta(days=90)
    assert "unsubscribed" in letters.send(contact=again, goals=[], by=world.ada, at=later).because


def test_what_they_did_in_the_product_is_erased_by_a_job_that_names_nobody(world, clock):
    from arbiter.usage.actions import flushes
    from arbiter.usage.models import Membership
    from tests.usage.sending import a_source, parcel, track

    source = a_source()
    parcel(source, track("one", user="cleo"), track("two", user="dora"))
    flushes.flush(at=AFTER)
    erase(world.cleo, world)
    assert "cleo" not in str(left_of(["cleo@", "Cleo Castro"]))

    clock.set(AFTER + timedelta(days=1))
    worker.run_due(clock.now)

    assert Fact.objects.get(name="usage.user_erased").details == {"events": 1}
    assert set(Membership.objects.values_list("user_key", flat=True)) == {"dora"}


def test_it_happens_once_and_nobody_writes_them_anew(world):
    erased = erase(world.cleo, world)

    assert (erased.name, erased.email, erased.erased_at) == ("Erased contact", "", AFTER)
    with pytest.raises(contacts.AlreadyErased):
        erase(world.cleo, world)
    with pytest.raises(contacts.AlreadyErased):
        contacts.edit(contact=erased, name="Cleo", by=world.ada, at=AFTER)


def test_only_who_manages_the_settings_erases(world):
    with pytest.raises(NotAllowed):
        contacts.erase(contact=world.cleo, by=world.ada, at=AFTER)


def test_a_guard_is_shut_again_after_it_was_opened(cleo, world):
    from arbiter.forecast.models import PostMortem

    erase(cleo, world)

    assert guards.missing(connection) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        PostMortem.objects.update(quote="Something else")
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(value="10")


def test_somebody_who_said_a_lot_is_erased_too(world):
    from arbiter.voice.actions import answers

    said = [f"Sentence {number} is “mine” & nobody's" for number in range(300)]
    for number, words in enumerate(said):
        answers.give(
            contact=world.cleo,
            kind="nps",
            value="5",
            scale="0-10",
            comment=words,
            by=world.cleo,
            at=MAY + timedelta(minutes=number),
        )
    outbox.put(
        dedupe_key="d",
        to=world.ada.email,
        subject="News",
        text="",
        html=f"<p>{escape(said[299])}</p>",
        at=MAY,
    )

    erase(world.cleo, world)

    assert left_of([said[7], said[299], escape(said[299])]) == []
