"""What contacts answer is kept as they said it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation.models import Fact
from arbiter.voice.actions import answers, links
from arbiter.voice.models import Answer, Ask
from arbiter.voice.permissions import HasLeft
from arbiter.voice.queries import answers as said
from arbiter.voice.rules import Arrival
from tests.facts import fact_names, last_fact
from tests.world import FEBRUARY, JANUARY, JUNE, MARCH, MAY


def give(contact, value="yes", *, by=None, at=JUNE, **more):
    return answers.give(
        contact=contact, kind="intent", value=value, by=by or contact, at=at, **more
    )


def test_a_contact_answers_and_the_journal_tells_it_without_their_words(world):
    answer = give(
        world.cleo, "not_sure", comment=" The budget is open. ", would_make_it_yes="A pilot"
    )

    assert (answer.value, answer.comment) == ("not_sure", "The budget is open.")
    assert (answer.at, answer.recorded_at, answer.on_behalf_by) == (JUNE, JUNE, None)
    fact = last_fact()
    assert (fact.name, fact.by_kind, fact.by_id) == ("voice.answer_given", "contact", world.cleo.pk)
    assert fact.customer_id == world.harbour.pk
    assert "budget" not in fact.data
    assert "not_sure" not in fact.data


def test_a_change_of_mind_follows_and_the_first_answer_stays(world):
    give(world.cleo, "yes", at=MAY)
    give(world.cleo, "no", at=JUNE)

    values = [answer.value for answer in said.of_contact(world.cleo.pk, as_of=JUNE)]
    assert values == ["no", "yes"]


def test_the_same_form_twice_is_one_answer(world):
    first = give(world.cleo, submission="a" * 64)
    again = give(world.cleo, submission="a" * 64)

    assert again.pk == first.pk
    assert Answer.objects.count() == 1
    assert fact_names().count("voice.answer_given") == 1


def test_an_answer_is_tied_to_the_newest_question_of_its_kind(world):
    for at in (FEBRUARY, MARCH):
        Ask.objects.create(contact=world.cleo, kind="intent", at=at, recorded_at=at)
    Ask.objects.create(contact=world.cleo, kind="verdict", at=MAY, recorded_at=MAY)

    assert give(world.cleo).ask.at == MARCH


@pytest.mark.parametrize("who", ["dora", "dov"])
def test_nobody_answers_for_another_contact(world, who):
    with pytest.raises(answers.NotTheirs, match="Only Cleo Castro"):
        give(world.cleo, by=getattr(world, who))
    assert not Answer.objects.exists()


def test_somebody_who_left_answers_no_more(world):
    world.cleo.left_on = MAY.date()

    with pytest.raises(HasLeft, match="left on 1 May 2026"):
        give(world.cleo)


@pytest.mark.parametrize("value", ["", "maybe", "YES"])
def test_an_intent_is_yes_no_or_not_sure(world, value):
    with pytest.raises(answers.NotAnAnswer, match="Choose yes, not sure or no"):
        give(world.cleo, value)


def test_a_colleague_records_on_behalf_with_evidence(world):
    answer = give(world.dora, "yes", by=world.ada, at=MAY, recorded_at=JUNE, evidence="Call, 1 May")

    assert answer.on_behalf_by == world.ada
    assert (answer.at, answer.recorded_at, answer.evidence) == (MAY, JUNE, "Call, 1 May")
    assert last_fact().details["on_behalf"] is True


def test_on_behalf_needs_evidence(world):
    with pytest.raises(answers.NoEvidence, match="Say where Dora Diaz said so"):
        give(world.dora, by=world.ada, evidence="  ")


@pytest.mark.parametrize("who", ["otto", "quinn"])
def test_on_behalf_needs_permission_and_reach(world, who):
    with pytest.raises(NotAllowed):
        give(world.dora, by=getattr(world, who), evidence="Call")


@pytest.mark.parametrize("change", [{"value": "yes"}, {"contact_id": 1}, {"at": MAY}])
@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_an_answer(world, change):
    answer = give(world.cleo, "no")

    with pytest.raises(DatabaseError, match="kept for good"):
        Answer.objects.filter(pk=answer.pk).update(**change)


def test_words_may_be_erased_at_a_persons_request(world):
    answer = give(world.cleo, "no", comment="My boss is wrong")

    Answer.objects.filter(pk=answer.pk).update(comment="")

    assert Answer.objects.get().value == "no"


@pytest.mark.parametrize(
    "arrival",
    [
        Arrival(JUNE, trap="x"),
        Arrival(JUNE, user_agent="Barracuda Sentinel"),
        Arrival(JUNE, delivered_at=JUNE - timedelta(seconds=3)),
    ],
)
def test_what_looks_like_a_machine_is_kept_and_flagged(world, arrival):
    answer = give(world.cleo, arrival=arrival)

    assert answer.flagged
    assert answer.flag_reason
    assert last_fact().details["flagged"] is True


def test_soon_after_delivery_of_the_asking_mail_looks_like_a_machine(world):
    Ask.objects.create(
        contact=world.cleo,
        kind="intent",
        channel="mail",
        at=MAY,
        recorded_at=MAY,
        delivered_at=JUNE - timedelta(seconds=2),
    )

    later = JUNE + timedelta(minutes=1)
    assert give(world.cleo, arrival=Arrival(JUNE)).flagged
    assert not give(world.cleo, "no", at=later, arrival=Arrival(later)).flagged


def test_every_answer_within_seconds_flags_all_of_them(world):
    for second, value in enumerate(["yes", "not_sure", "no"]):
        at = JUNE + timedelta(seconds=second)
        give(world.cleo, value, at=at, arrival=Arrival(at))

    assert list(Answer.objects.values_list("flagged", flat=True)) == [True, True, True]


def test_correcting_a_slip_of_the_thumb_is_human(world):
    for second, value in enumerate(["yes", "no"]):
        at = JUNE + timedelta(seconds=second)
        give(world.cleo, value, at=at, arrival=Arrival(at))

    assert not Answer.objects.filter(flagged=True).exists()


def test_through_a_revoked_link_nothing_is_recorded(world):
    link, _ = links.make(contact=world.cleo, by=world.ada, at=MAY)
    links.revoke(link=link, by=world.ada, at=MAY)

    with pytest.raises(links.TooMuchThroughThisLink), transaction.atomic():
        give(world.cleo, link=link)
    assert not Answer.objects.exists()


def test_a_refused_answer_leaves_no_fact(world):
    with pytest.raises(answers.NotTheirs):
        give(world.cleo, by=world.dora)

    assert not Fact.objects.exists()


def test_as_of_knows_what_was_said_and_known_by_then(world):
    give(world.cleo, "yes", at=JANUARY, recorded_at=MAY, by=world.ada, evidence="Mail")

    assert not said.of_contact(world.cleo.pk, as_of=MARCH)
    assert said.of_contact(world.cleo.pk, as_of=MAY).count() == 1


def test_a_colleague_sees_answers_within_their_reach_only(world):
    give(world.cleo)
    give(world.dov)

    assert [answer.contact for answer in said.visible_to(world.ben)] == [world.cleo]
    assert [answer.contact for answer in said.visible_to(world.quinn)] == [world.dov]
    assert said.visible_to(world.otto).count() == 2
