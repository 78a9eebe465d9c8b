"""What can be an answer to the parts of a survey."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arbiter.voice.rules import values

NPS = (
    {"id": "score", "type": "scale"},
    {"id": "why", "type": "text"},
    {"id": "quote", "type": "consent"},
)
CHECK_IN = ({"id": "need", "type": "text"}, {"id": "going", "type": "text"})


@pytest.mark.parametrize(
    ("part", "scale", "value", "wrong"),
    [
        ({"type": "scale"}, "0-10", "10", ""),
        ({"type": "scale"}, "0-10", "11", "Choose a number from 0 to 10."),
        ({"type": "scale"}, "1-5", "0", "Choose a number from 1 to 5."),
        ({"type": "choice", "choices": ["a", "b"]}, "", "b", ""),
        ({"type": "choice", "choices": ["a", "b"]}, "", "c", "Choose one of the answers."),
        ({"type": "number"}, "", "12,5", ""),
        ({"type": "number"}, "", "many", "Give a number such as 12.5."),
        ({"type": "number"}, "", "NaN", "Give a number such as 12.5."),
        ({"type": "date"}, "", "2027-01-31", ""),
        ({"type": "date"}, "", "soon", "Give a date such as 2027-01-31."),
        ({"type": "text"}, "", "Words", ""),
        ({"type": "text"}, "", "  ", "Nothing was written yet."),
        ({"type": "consent"}, "", "anything", ""),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(part, scale, value, wrong):
    assert values.wrong_with([part], scale, value) == wrong


def test_a_survey_without_parts_takes_anything():
    assert values.wrong_with([], "", "x") == ""
    assert values.options([], "") == frozenset()


def test_all_that_can_be_chosen():
    assert values.options(NPS, "0-10") == {str(number) for number in range(11)}
    assert values.options([{"type": "choice", "choices": ["a"]}], "") == {"a"}
    assert values.options(CHECK_IN, "") == frozenset()


def test_the_first_part_is_the_value_and_the_words_are_the_comment():
    kept = values.gather(NPS, {"score": "9", "why": " Fast ", "quote": "yes"})

    assert (kept.value, kept.comment, kept.may_quote) == ("9", "Fast", True)
    assert kept.details == {"why": "Fast"}


def test_consent_that_is_refused_is_not_consent_that_was_not_asked():
    assert values.gather(NPS, {"score": "9", "quote": "no"}).may_quote is False
    assert values.gather(NPS, {"score": "9"}).may_quote is None


def test_words_alone_are_said_and_kept_part_by_part():
    kept = values.gather(CHECK_IN, {"need": "A report", "going": "Well"})

    assert (kept.value, kept.comment) == ("said", "A report\n\nWell")
    assert kept.details == {"need": "A report", "going": "Well"}
    assert values.gather(CHECK_IN, {}).value == ""


@pytest.mark.parametrize(
    ("scale", "bands"),
    [
        ("0-10", "lllllllmmhh"),
        ("1-5", "llmhh"),
        ("1-7", "lllmmhh"),
        ("1-10", "lllllmmmhh"),
    ],
)
def test_bands_follow_the_published_cuts(scale, bands):
    found = "".join(values.band(scale, step)[0] for step in values.steps(scale))

    assert found == bands


def test_where_up_is_bad_the_bands_turn_round():
    assert values.band("1-7", "1", "down") == "high"
    assert values.band("1-7", "7", "down") == "low"


def test_numbers_are_kept_so_that_they_can_be_counted():
    worth = [{"id": "worth", "type": "number"}, {"id": "seats", "type": "number"}]

    kept = values.gather(worth, {"worth": "12 000,50", "seats": "3E2"})

    assert (kept.value, kept.details) == ("12000.50", {"seats": "300"})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("200.000", "200000"),
        ("200,000", "200000"),
        ("1.234.567", "1234567"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
        ("0.125", "0.125"),
        ("-3.000", "-3000"),
        ("1’500", "1500"),
        ("１２００", "1200"),
        ("٢٠٠٬٠٠٠", "200000"),
    ],
)
def test_a_number_is_read_as_people_write_it(written, kept):
    worth = [{"id": "worth", "type": "number"}]

    assert values.gather(worth, {"worth": written}).value == kept


@given(some.text())
def test_what_is_no_step_has_no_band(value):
    assert (values.band("1-5", value) == "") == (value not in {"1", "2", "3", "4", "5"})
    assert values.steps(value) == [] or value.replace("-", "").isdecimal()
