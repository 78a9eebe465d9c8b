"""Answers to surveys: kept as far as somebody went, completed and never overwritten."""

import json
from datetime import timedelta

import pytest

from arbiter.voice.actions import answers, openings, responses
from arbiter.voice.models import Answer, Ask, Feedback, PersonalLink, Survey, SurveyVersion
from arbiter.voice.rules import Arrival
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY

LATER = JUNE + timedelta(minutes=1)


@pytest.fixture
def nps(world):
    survey = Survey.objects.create(
        key="our-nps", name="NPS", kind="nps", purpose="relationship", made_at=MAY
    )
    parts = [
        {"id": "score", "type": "scale"},
        {"id": "why", "type": "text"},
        {"id": "seats", "type": "number"},
        {"id": "quote", "type": "consent"},
    ]
    return SurveyVersion.objects.create(
        survey=survey, number=1, scale="0-10", parts=parts, made_at=MAY
    )


@pytest.fixture
def ask(world, nps):
    return Ask.objects.create(
        contact=world.cleo, kind="nps", version=nps, channel="mail", at=MAY, recorded_at=MAY
    )


@pytest.fixture
def give(world, nps, ask):
    def give_(contact=None, at=JUNE, by=None, more=None, **given):
        contact = contact or world.cleo
        return responses.give(
            contact=contact, version=nps, given=given, ask=ask, by=by or contact, at=at, **more or {}
        )  # fmt: skip

    return give_


def test_the_score_alone_is_an_answer_with_its_scale_and_language(give, ask, nps):
    answer = give(score="9", more={"language": "de", "via": "qr"})

    assert (answer.kind, answer.value, answer.scale) == ("nps", "9", "0-10")
    assert (answer.ask, answer.version, answer.language, answer.via) == (ask, nps, "de", "qr")
    assert (answer.comment, answer.details, answer.may_quote) == ("", "", None)


def test_everything_at_once_is_kept_by_part(give):
    answer = give(score="3", why="Slow", seats="12", quote="no")

    assert json.loads(answer.details) == {"why": "Slow", "seats": "12"}
    assert (answer.comment, answer.may_quote) == ("Slow", False)


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "value"), ({"score": "11"}, "score"), ({"score": "9", "seats": "lots"}, "seats")],
)
def test_what_is_no_answer_is_refused_by_its_part(give, given, field):
    with pytest.raises(answers.NotAnAnswer) as refused:
        give(**given)

    assert refused.value.field == field
    assert not Answer.objects.exists()


def test_what_was_left_empty_is_completed_and_told_without_the_words(give, world):
    answer = give(score="9")

    responses.complete(
        answer=answer, given={"why": "Fast", "quote": "yes"}, by=world.cleo, at=LATER
    )

    answer.refresh_from_db()
    assert (answer.value, answer.comment, answer.may_quote) == ("9", "Fast", True)
    assert (last_fact().name, last_fact().by_id) == ("voice.answer_completed", world.cleo.pk)
    assert "Fast" not in last_fact().data


def test_what_was_said_stays_and_the_same_again_is_nothing(give, world):
    answer = give(score="9", why="Fast", quote="no")

    responses.complete(
        answer=answer,
        given={"score": "2", "why": "Slow", "quote": "yes"},
        by=world.cleo,
        at=LATER,
    )

    answer.refresh_from_db()
    assert (answer.value, answer.comment, answer.may_quote) == ("9", "Fast", False)
    assert "voice.answer_completed" not in fact_names()


def test_nobody_completes_what_another_said(give, world):
    with pytest.raises(answers.NotTheirs):
        responses.complete(answer=give(score="9"), given={"why": "x"}, by=world.dora, at=LATER)


def test_a_machine_that_completes_it_flags_it(give, world):
    answer = give(score="9")
    trapped = Arrival(at=LATER, trap="http://spam.test")

    responses.complete(
        answer=answer, given={"why": "Buy"}, by=world.cleo, at=LATER, arrival=trapped
    )

    assert Answer.objects.get().flagged


def test_what_comes_through_a_link_is_counted_there(give, world):
    link = PersonalLink.objects.create(
        contact=world.cleo, token_hash="y", created_at=MAY, expires_at=LATER
    )

    responses.complete(
        answer=give(score="9"), given={"why": "Fast"}, by=world.cleo, at=LATER, link=link
    )

    link.refresh_from_db()
    assert (link.posts, Answer.objects.get().comment) == (1, "Fast")


def test_what_is_completed_with_words_is_taken_into_the_feedback(give, world):
    answer = give(score="2")
    assert not Feedback.objects.exists()

    responses.complete(answer=answer, given={"why": "Slow"}, by=world.cleo, at=LATER)

    assert (Feedback.objects.get().answer, Feedback.objects.get().text) == (answer, "Slow")


def test_after_its_end_a_question_takes_no_answer(give, ask, world):
    answer = give(score="9")
    ask.closes_at = LATER
    ask.save()

    with pytest.raises(answers.AskClosed, match="closed on 1 June 2026"):
        give(score="1", at=LATER)
    with pytest.raises(answers.AskClosed):
        responses.complete(
            answer=Answer.objects.get(pk=answer.pk), given={"why": "x"}, by=world.cleo, at=LATER
        )


def test_every_number_within_seconds_is_a_machine(give):
    for second in range(11):
        at = JUNE + timedelta(milliseconds=second)
        give(score=str(second), at=at, more={"arrival": Arrival(at=at)})

    assert Answer.objects.filter(flagged=True).count() == 11


def test_a_colleague_records_it_on_behalf(give, world):
    answer = give(by=world.ada, score="7", more={"evidence": "Call"})

    assert (answer.on_behalf_by, answer.evidence, answer.value) == (world.ada, "Call", "7")


@pytest.mark.parametrize(("trap", "seen"), [("", True), ("filled", False)])
def test_a_page_is_opened_once_and_by_people(world, ask, trap, seen):
    ask.link = PersonalLink.objects.create(
        contact=world.cleo, token_hash="x", created_at=MAY, expires_at=LATER
    )
    ask.save()

    assert openings.note(link=ask.link, arrival=Arrival(at=JUNE, trap=trap)) is seen
    assert openings.note(link=ask.link, arrival=Arrival(at=LATER)) is not seen

    ask.refresh_from_db()
    assert ask.opened_at == (JUNE if seen else LATER)
