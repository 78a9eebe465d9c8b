"""The responses page tells what was chosen and which numbers were given, where there is no scale."""

import pytest

from arbiter.accounts.models import Contact
from arbiter.voice.actions import responses, surveys
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
    assert "2 of 3" in seen
    assert "Not well" in seen
    assert "badly" not in seen


def test_the_middle_of_few_numbers_is_not_told(client, world, give):
    client.force_login(world.mona)
    give("price_of_value", "worth", *(str(each * 1_000) for each in range(1, 10)))
    assert "Too few to say n 9" in text(client.get("/responses/"))

    give("price_of_value", "worth", "100000")

    assert "5,500 1,000 to 100,000 n 10" in text(client.get("/responses/"))
