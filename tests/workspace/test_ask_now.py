"""Asking now, and by voice: what was typed by mistake is said, and asks nobody."""

import pytest

from arbiter.voice.models import Answer, Ask
from tests.portal.test_letter import text


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def test_a_day_that_is_over_asks_nobody_and_keeps_who_was_chosen(ada, world):
    given = {"how": "mail", "contact": world.cleo.pk, "closes_on": "2026-05-01"}

    reply = ada.post("/surveys/nps/asks/", given, follow=True)

    assert "“Open until” has gone by already. Nobody was asked." in text(reply)
    assert f'value="{world.cleo.pk}" checked' in reply.content.decode()
    assert not Ask.objects.exists()


def test_everybodys_language_is_told_by_its_name(ada, world):
    world.cleo.language = "sv"
    world.cleo.save()

    page = ada.get(f"/surveys/nps/people/?customer={world.harbour.pk}").content.decode()

    assert '<span lang="sv">svenska</span>' in page


def test_nobody_has_said_what_they_will_say_tomorrow(ada, world):
    where = f"/surveys/nps/calls/?contact={world.cleo.pk}"

    reply = ada.post(where, {"said_on": "2026-06-02", "evidence": "Call", "part-score": "9"})

    assert reply.status_code == 422
    assert "That day is yet to come." in reply.content.decode()
    assert not Answer.objects.exists()
