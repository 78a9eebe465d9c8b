"""What customers said in their own words, found by a word and a page at a time."""

from datetime import timedelta

import pytest

from arbiter.voice.actions import answers, asks, feedback
from arbiter.voice.models import Answer, Feedback
from arbiter.voice.queries import comments
from arbiter.voice.queries.comments import Filters
from arbiter.voice.queries.places import Place
from arbiter.voice.queries.responses import Window
from tests.world import MAY, TODAY


@pytest.fixture
def told(world):
    def say(contact, value, day, comment="", kind="nps", **more):
        at = MAY + timedelta(days=day)
        return answers.give(
            contact=contact, kind=kind, value=value, by=contact, at=at, comment=comment, **more
        )

    say(world.cleo, "9", 0, "The crews like the Übersicht")
    say(world.dora, "3", 1, "Support is slow")
    say(world.uma, "10", 2)
    say(world.dov, "7", 3, "Quay is calm")
    say(world.sam, "not_sure", 4, kind="intent", would_make_it_yes="Faster support")
    return world


def found(person, **filters):
    rows = comments.visible(person, Window(TODAY), Filters(**filters))
    return [answer.contact.key for answer in comments.page(rows).rows]


def test_the_newest_come_first_and_those_without_words_only_if_wanted(told):
    assert found(told.mona) == ["sam", "dov", "dora", "cleo"]
    assert found(told.mona, silent_too=True) == ["sam", "dov", "uma", "dora", "cleo"]
    assert found(told.ada) == ["sam", "dora", "cleo"]


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        ({"words": "SUPPORT"}, ["sam", "dora"]),
        ({"words": "%"}, []),
        ({"kind": "intent"}, ["sam"]),
        ({"band": "detractor"}, ["dora"]),
        ({"band": "promoter", "silent_too": True}, ["uma", "cleo"]),
        ({"role": "decision_maker"}, ["dov", "dora"]),
        ({"value": "7"}, ["dov"]),
        ({"words": "x" * 500}, []),
    ],
)
def test_they_are_narrowed(told, filters, who):
    assert found(told.mona, **filters) == who


@pytest.fixture
def asked(world):
    """Uma was asked for an NPS by mail."""
    return asks.put(contact=world.uma, kind="nps", channel="mail", by=world.ada, at=MAY)


def write_back(world, ask, text="Printing fails", contact=None, **more):
    contact = contact or world.uma
    return feedback.receive(
        customer=contact.customer, contact=contact, text=text, source="reply", ask=ask,
        by=contact, at=MAY + timedelta(days=5), **more,
    )  # fmt: skip


def answer(world, ask, value="9", day=6, **more):
    at = MAY + timedelta(days=day)
    return answers.give(
        contact=world.uma, kind="nps", value=value, ask=ask, by=world.uma, at=at, **more
    )


@pytest.mark.parametrize("order", ["reply first", "answer first"])
def test_a_reply_stands_beside_the_answer_whichever_came_first(world, asked, order):
    if order == "reply first":
        write_back(world, asked)
    given = answer(world, asked)
    if order == "answer first":
        write_back(world, asked)

    assert found(world.ada) == ["uma"]
    assert found(world.ada, words="PRINTING") == ["uma"]
    (beside,) = comments.replies_to([given])[given.pk]
    assert beside.text == "Printing fails"


def test_the_comment_of_an_answer_and_its_reply_are_two_pieces_and_both_are_kept(world, asked):
    given = answer(world, asked, comment="The crews like it")
    write_back(world, asked)

    assert Feedback.objects.get(answer=given).text == "The crews like it"
    assert Feedback.objects.get(ask=asked).text == "Printing fails"
    assert [each.text for each in comments.replies_to([given])[given.pk]] == ["Printing fails"]


def test_a_reply_stands_beside_the_answer_that_was_given_last(world, asked):
    first, last = answer(world, asked, day=6), answer(world, asked, "2", day=8)
    write_back(world, asked)

    assert set(comments.replies_to([last, first])) == {last.pk}


def test_replies_of_others_are_not_taken_for_one(world, asked):
    """Neither what was written to another mail, nor words that were erased, nor what somebody else wrote."""
    given = answer(world, asked)
    other = asks.put(contact=world.uma, kind="ces", channel="mail", by=world.ada, at=MAY)
    write_back(world, other)
    write_back(world, asked, contact=world.dov)
    Feedback.objects.filter(pk=write_back(world, asked).pk).update(text="")

    assert comments.replies_to([given]) == {}
    assert found(world.ada) == []


def test_without_an_ask_nothing_is_looked_up(told, django_assert_num_queries):
    rows = list(Answer.objects.filter(ask=None))

    with django_assert_num_queries(0):
        assert comments.replies_to(rows) == {}


def test_a_machine_like_answer_is_not_among_them(told):
    Answer.objects.filter(contact=told.dora).update(flagged=True)

    assert "dora" not in found(told.mona)


def test_pages_follow_each_other_by_key(told, django_assert_num_queries):
    rows = comments.visible(told.mona, Window(TODAY), Filters())
    with django_assert_num_queries(1):
        first = comments.page(rows, size=3)
    second = comments.page(rows, size=3, after=Place.parse(str(first.after)))

    assert [each.contact.key for each in first.rows] == ["sam", "dov", "dora"]
    assert [each.contact.key for each in second.rows] == ["cleo"]
    assert second.after is None


@pytest.mark.parametrize(
    "text", ["", "x_1", "2026-01-01T00:00:00_1", "2026-01-01T00:00:00+00:00_x", "0001-01-01T00:00:00+00:00_1", "_" + "9" * 30]
)  # fmt: skip
def test_no_place_is_made_of_nonsense(text):
    assert Place.parse(text) is None
