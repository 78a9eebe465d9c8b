"""Where the company's settings want a mailed code, nothing is recorded without it."""

import re

import pytest

from arbiter.foundation.models import OutboxMail
from arbiter.voice.models import Answer
from tests.portal.test_letter import text


@pytest.fixture
def send(client, world, link_of, settings):
    settings.EMAIL_URL = "smtp://mail.lighthouse.test"
    world.company.confirm_by_code = True
    world.company.save()
    where = f"{link_of(world.cleo)}answers/"

    def post(**data):
        return client.post(
            where, {"answer": "no", "comment": 'Say "no"', "submission": "n", **data}
        )

    return post


def mailed():
    return re.search(r"^\d{6}$", OutboxMail.objects.latest("id").text, re.MULTILINE)[0]


def test_without_a_code_one_is_mailed_and_the_answers_wait_in_the_page(send):
    reply = send()

    assert reply.status_code == 200
    assert "the code from your mail" in text(reply)
    assert 'name="answer" value="no"' in reply.content.decode()
    assert 'value="Say &quot;no&quot;"' in reply.content.decode()
    assert mailed() not in reply.content.decode()
    assert not Answer.objects.exists()


def test_the_right_code_records_what_waited(send):
    send()

    assert send(code=mailed()).status_code == 303
    assert Answer.objects.get().comment == 'Say "no"'


def test_a_wrong_code_records_nothing_and_the_right_one_still_works(send):
    send()
    wrong = f"{(int(mailed()) + 7) % 1_000_000:06}"

    reply = send(code=wrong)

    assert reply.status_code == 422
    assert "That is not the code" in text(reply)
    assert not Answer.objects.exists()
    assert send(code=mailed()).status_code == 303


def test_a_code_that_is_used_up_is_replaced(send):
    send()
    first = mailed()
    send(code=first)

    reply = send(code=first)

    assert "We have mailed you a new one" in text(reply)
    assert mailed() != first
    assert Answer.objects.count() == 1


def test_who_has_no_address_is_told(send, world):
    world.cleo.email = ""
    world.cleo.save()

    reply = send()

    assert reply.status_code == 422
    assert "we have no mail address of yours" in text(reply)


def test_without_a_mail_server_nobody_is_asked_for_a_code(send, settings):
    settings.EMAIL_URL = ""

    assert send().status_code == 303
    assert Answer.objects.count() == 1


def test_without_the_companys_wish_nobody_is_asked_for_one(send, world):
    world.company.confirm_by_code = False
    world.company.save()

    assert send().status_code == 303
    assert not OutboxMail.objects.exists()
