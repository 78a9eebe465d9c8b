"""What customers said in their own words, found by a word and a page at a time."""

from datetime import timedelta

import pytest

from arbiter.voice.actions import answers
from arbiter.voice.models import Answer
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
