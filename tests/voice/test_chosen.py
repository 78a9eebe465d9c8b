"""What was answered by a choice or a number: one answer a person, by its label, and few numbers tell no middle."""

from datetime import timedelta

import pytest

from arbiter.accounts.models import Contact
from arbiter.voice.actions import responses, surveys
from arbiter.voice.queries import chosen, in_words
from arbiter.voice.queries.responses import Window
from arbiter.voice.queries.surveys import by_key, newest
from tests.world import JUNE, MAY

WINDOW = Window(as_of=JUNE)


@pytest.fixture
def library(world):
    surveys.adopt_library(by=world.mona, at=MAY)
    return lambda key: newest(by_key(key))


@pytest.fixture
def own(world):
    """A survey of our own: a choice, another choice, a number and a day."""
    parts = [
        {"id": "why", "type": "choice", "choices": ["price", "speed"]},
        {"id": "team", "type": "choice", "choices": ["price", "sales"]},
        {"id": "seats", "type": "number"},
        {"id": "since", "type": "date"},
        {"id": "more", "type": "text"},
    ]
    words = {
        "subject": "Why us",
        "question": "Why did you choose {vendor}?",
        "choices": {"why.price": "The price", "why.speed": "It is fast", "team.price": "Pricing", "team.sales": "Sales"},
        "parts": {"team": "Which team?", "seats": "How many?", "since": "Since when?", "more": "What else?"},
    }  # fmt: skip
    made = surveys.make(name="Why us", parts=parts, words={"en": words}, by=world.mona, at=MAY)
    return newest(made)


def give(contact, version, at=MAY, **given):
    return responses.give(contact=contact, version=version, given=given, by=contact, at=at)


def test_each_choice_is_counted_by_its_label(world, own):
    give(world.cleo, own, why="speed")
    give(world.dora, own, why="speed")
    give(world.sam, own, why="price")

    [told] = chosen.read(world.mona, WINDOW, language="en")

    assert (told.survey, told.n, told.middle) == ("Why us", 3, None)
    assert told.choices == {"The price": 1, "It is fast": 2}


def test_a_person_counts_once_with_the_last_of_what_they_said(world, own):
    give(world.cleo, own, why="price")
    give(world.cleo, own, why="speed", at=MAY + timedelta(days=1))

    [told] = chosen.read(world.mona, WINDOW, language="en")

    assert told.choices == {"The price": 0, "It is fast": 1}


def test_a_later_version_goes_on_counting_what_it_calls_the_same(world, own):
    give(world.cleo, own, why="price")
    words = {
        "subject": "s",
        "question": "q",
        "choices": {"why.price": "The price", "why.brand": "The name"},
    }
    parts = [{"id": "why", "type": "choice", "choices": ["price", "brand"]}]
    newer = surveys.revise(
        survey=own.survey, parts=parts, words={"en": words}, by=world.mona, at=MAY
    )
    give(world.dora, newer, why="price")

    [told] = chosen.read(world.mona, WINDOW, language="en")

    assert told.choices == {"The price": 2, "The name": 0, "It is fast": 0}


def test_of_ten_numbers_the_middle_is_told_and_of_nine_it_is_not(world, library):
    worth = library("price_of_value")
    for number in range(1, 10):
        pat = Contact.objects.create(customer=world.harbour, name=f"Pat {number}")
        give(pat, worth, worth=str(number * 1_000))
    [few] = chosen.read(world.mona, WINDOW, language="en")

    give(world.cleo, worth, worth="100000")
    [told] = chosen.read(world.mona, WINDOW, language="en")

    assert (few.n, few.middle, few.ends) == (9, None, None)
    assert (told.n, told.middle, told.ends) == (10, 5_500, (1_000, 100_000))


def test_what_is_out_of_reach_flagged_or_on_a_scale_is_not_counted(world, library, own):
    give(world.cleo, library("nps"), score="9")
    give(world.dora, own, why="price").__class__.objects.update(flagged=True)
    give(world.dov, own, why="price")

    assert chosen.read(world.ada, WINDOW, language="en") == []


def test_an_answer_is_said_in_words_with_every_part(world, own):
    answer = give(
        world.cleo,
        own,
        why="speed",
        team="price",
        seats="12",
        since="2026-01-31",
        more="Thank you",
    )

    told = in_words.of([answer], language="en")[answer.pk]

    assert (told.survey, told.value.value) == ("Why us", "It is fast")
    assert [(each.question, each.value) for each in told.others] == [
        ("Which team?", "Pricing"),
        ("How many?", "12"),
        ("Since when?", "2026-01-31"),
    ]


def test_words_are_in_our_language_and_one_query(world, library, django_assert_num_queries):
    answer = give(world.cleo, library("check_in"), going="mixed")
    answer.version.survey  # noqa: B018  # at hand

    with django_assert_num_queries(1):
        told = in_words.of([answer], language="de")

    assert told[answer.pk].value.value == "Mittelmäßig"
    assert in_words.plain("check_in", "well", language="xx") == "Well"
    assert in_words.plain("check_in", "fine", language="en") == "fine"
    assert in_words.plain("custom", "well", language="en") == "well"
