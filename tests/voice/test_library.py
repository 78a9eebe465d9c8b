"""What the library brings along: the same questions in six languages, each said whole."""

import re

import pytest

from arbiter.voice import library
from arbiter.voice.models import AskKind, Purpose
from arbiter.voice.rules import surveys, values

EVERY = [(each.key, language) for each in library.BUILT_IN for language in library.LANGUAGES]


def names_in(words):
    return set(re.findall(r"\{(\w+)\}", str(words)))


@pytest.mark.parametrize("found", library.BUILT_IN, ids=lambda each: each.key)
def test_each_survey_can_be_asked(found):
    assert surveys.fault_of_parts(list(found.parts), found.scale) == ""
    assert found.kind in AskKind.values
    assert found.purpose in Purpose.values
    assert library.definition(found.key) is found


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_each_survey_is_said_whole_in_each_language(key, language):
    found, words = library.definition(key), library.words(key, language)
    parts = surveys.parts_of(found.parts)

    assert surveys.missing_words(parts, words) == []
    assert words["thanks"]
    assert words.keys() == library.words(key, "en").keys()
    assert words["parts"].keys() == library.words(key, "en")["parts"].keys()
    if surveys.follow_up_of(parts) and "follow_up" in words:
        assert set(words["follow_up"]) == {"low", "middle", "high"}


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_a_translation_fills_in_the_same_names(key, language):
    words, english = library.words(key, language), library.words(key, "en")

    for part in ("subject", "question", "parts"):
        assert names_in(words[part]) - {"name"} <= {"vendor", "customer", "goal", "currency"}
        assert {"goal", "currency"} & names_in(words[part]) == {"goal", "currency"} & names_in(
            english[part]
        )


@pytest.mark.parametrize("language", library.LANGUAGES)
def test_the_mail_around_a_question_is_said_in_each_language(language):
    around = library.letter(language)

    assert around.keys() == library.letter("en").keys()
    assert all(around.values())


def test_the_mail_around_falls_back_to_the_language_and_then_to_english():
    assert library.letter("de-AT") == library.letter("de")
    assert library.letter("nl") == library.letter("en")


@pytest.mark.parametrize(
    ("key", "low", "middle", "high"),
    [
        ("nps", range(7), (7, 8), (9, 10)),
        ("csat", (1, 2), (3,), (4, 5)),
        ("ces", (1, 2, 3), (4, 5), (6, 7)),
        ("ces_inverse", (5, 6, 7), (3, 4), (1, 2)),
    ],
)
def test_the_bands_of_each_scale(key, low, middle, high):
    found = library.definition(key)
    bands = {
        str(step): name
        for name, steps in (("low", low), ("middle", middle), ("high", high))
        for step in steps
    }

    assert {
        step: values.band(found.scale, step, found.direction) for step in values.steps(found.scale)
    } == bands


def test_a_name_read_from_the_left_stays_whole_in_words_read_from_the_right():
    words = library.words("still_right", "ar")

    said = surveys.fill(words, goal="Close in 5 days", vendor="المنار")["question"]

    assert "\u2068Close in 5 days\u2069" in said
    assert "\u2068المنار" not in surveys.fill(words, vendor="المنار")["subject"]
    assert "\u2068" not in str(surveys.fill(library.words("nps", "de"), vendor="Lighthouse"))
