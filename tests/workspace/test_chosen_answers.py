"""The responses page tells what was chosen and which numbers were given, where there is no scale."""

import pytest

from arbiter.accounts.models import Contact
from arbiter.voice.actions import answers, responses, surveys
from arbiter.voice.queries.surveys import by_key, newest
from tests.portal.test_letter import text
from tests.world import MAY


@pytest.fixture
def give(world):
    """Let some people answer a survey of the library."""
    surveys.adopt_library(by=world.mona, at=MAY)

    def give_(key, part, *values):
        version = newest(by_key(key))
        for value in values:
            pat = Contact.objects.create(customer=world.harbour, name="Pat", role="user")
            responses.give(contact=pat, version=version, given={part: value}, by=pat, at=MAY)

    return give_


def test_how_many_chose_each_answer_is_shown_by_its_label(client, world, give):
    give("check_in", "going", "well", "well", "badly")
    client.force_login(world.mona)

    seen = text(client.get("/responses/"))

    assert "Check-in" in seen
    assert "Well × 2 So-so × 0 Not well × 1 n 3" in seen
    assert "badly" not in seen
    assert "%" not in seen.split("Check-in")[-1]


def test_from_ten_on_shares_are_told_with_their_intervals(client, world, give):
    give("check_in", "going", *["well"] * 15, *["badly"] * 5)
    client.force_login(world.mona)

    assert "75%" in text(client.get("/responses/"))


def test_the_middle_of_few_numbers_is_not_told(client, world, give):
    client.force_login(world.mona)
    give("price_of_value", "worth", *(str(each * 1_000) for each in range(1, 10)))
    assert "Too few to say n 9" in text(client.get("/responses/"))

    give("price_of_value", "worth", "100000")

    assert "5,500 1,000 to 100,000 n 10" in text(client.get("/responses/"))


def test_every_answer_stands_in_words_with_all_its_parts(client, world):
    parts = [
        {"id": "why", "type": "choice", "choices": ["price", "speed"]},
        {"id": "seats", "type": "number"},
        {"id": "since", "type": "date"},
    ]
    words = {
        "subject": "Why us",
        "question": "Why did you choose us?",
        "choices": {"price": "The price", "speed": "It is fast"},
        "parts": {"seats": "How many seats?", "since": "Since when?"},
    }
    made = surveys.make(name="Why us", parts=parts, words={"en": words}, by=world.mona, at=MAY)
    given = {"why": "speed", "seats": "12000", "since": "2026-01-31"}
    responses.give(contact=world.cleo, version=newest(made), given=given, by=world.cleo, at=MAY)
    client.force_login(world.mona)

    for page in ("/comments/?every=yes", f"/customers/{world.harbour.pk}/voice/"):
        seen = text(client.get(page))
        assert "It is fast Why us" in seen
        assert "How many seats? 12,000" in seen
        assert "Since when? 31 Jan 2026" in seen
        assert "speed" not in seen.replace("It is fast", "")


def test_an_answer_without_a_survey_of_ours_stands_in_words_too(client, world):
    answers.give(contact=world.cleo, kind="check_in", value="mixed", by=world.cleo, at=MAY)
    client.force_login(world.mona)

    assert "So-so Check-in" in text(client.get("/comments/?every=yes"))


def test_an_answer_that_is_words_alone_has_no_value_beside_them(client, world):
    told = {"contact": world.cleo, "kind": "custom", "by": world.cleo, "at": MAY}
    answers.give(value="said", comment="We love it", **told)
    client.force_login(world.mona)

    assert "Own question “We love it”" in text(client.get("/comments/"))


def test_two_efforts_are_told_apart_by_their_names(client, world, give):
    give("ces", "score", "2")
    give("ces_inverse", "score", "2")
    client.force_login(world.mona)

    seen = text(client.get("/comments/?every=yes"))

    assert "2 of 7 CES, how easy it was" in seen
    assert "2 of 7 CES, how much effort it took" in seen
