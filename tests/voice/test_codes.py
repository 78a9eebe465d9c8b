"""The six digits that prove whose mail it is."""

import re
from datetime import timedelta

import pytest

from arbiter.foundation.models import OutboxMail
from arbiter.voice import rules
from arbiter.voice.actions import codes, links
from arbiter.voice.models import AnswerCode
from tests.world import JUNE


@pytest.fixture
def link(world):
    return links.make(contact=world.cleo, by=world.ada, at=JUNE)[0]


def mailed_code():
    return re.search(r"^\d{6}$", OutboxMail.objects.latest("id").text, re.MULTILINE)[0]


def check(link, typed, at=JUNE):
    return codes.check(link=link, typed=typed, at=at)


def test_a_code_is_mailed_and_only_its_hash_is_kept(link):
    codes.send(link=link, at=JUNE)

    mail = OutboxMail.objects.get()
    assert mail.to == "cleo@harbour.test"
    assert mail.secret
    assert mailed_code() not in str(AnswerCode.objects.values().get())


def test_the_right_code_works_once(link):
    codes.send(link=link, at=JUNE)
    code = mailed_code()

    assert check(link, f" {code[:3]} {code[3:]} ") == "right"
    assert check(link, code) == "spent"


def test_a_wrong_code_works_not_and_five_use_it_up(link):
    codes.send(link=link, at=JUNE)
    code = mailed_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    assert [check(link, wrong) for _ in range(rules.CODE_ATTEMPTS)] == ["wrong"] * 5
    assert check(link, code) == "spent"


def test_a_code_lives_ten_minutes(link):
    codes.send(link=link, at=JUNE)

    assert check(link, mailed_code(), at=JUNE + timedelta(minutes=10)) == "spent"


def test_a_new_code_replaces_the_old_one(link):
    codes.send(link=link, at=JUNE)
    old = mailed_code()
    codes.send(link=link, at=JUNE)
    new = mailed_code()

    assert old != new
    assert check(link, old) == "wrong"
    assert check(link, new) == "right"


def test_the_code_of_one_link_opens_no_other(world, link):
    other, _ = links.make(contact=world.dora, by=world.ada, at=JUNE)
    codes.send(link=link, at=JUNE)

    assert check(other, mailed_code()) == "spent"


def test_without_an_address_no_code_can_be_mailed(link):
    link.contact.email = ""

    with pytest.raises(codes.NoAddress, match="no mail address of yours"):
        codes.send(link=link, at=JUNE)


def test_codes_that_no_longer_work_are_forgotten(link):
    codes.send(link=link, at=JUNE)

    assert codes.forget(at=JUNE) == 0
    assert codes.forget(at=JUNE + timedelta(hours=1)) == 1
