"""How mail fared: what came back is not written to again, and the journal knows why."""

from datetime import timedelta

import pytest

from arbiter.foundation.models import OutboxMail, Person
from arbiter.voice.actions import deliveries, letters
from arbiter.voice.models import Ask, DeliveryNews, Suppression
from arbiter.voice.queries import suppressions
from tests.facts import fact_names
from tests.world import JUNE

CLEO = "cleo@harbour.test"


def note(kind, number="1", **more):
    told = {"address": CLEO, "by": Person.objects.system(), "at": JUNE}
    return deliveries.note(number=number, kind=kind, **{**told, **more})


def held():
    return [(each.scope, each.cause) for each in suppressions.of_address(CLEO, at=JUNE)]


@pytest.fixture
def letter(world):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=JUNE)
    Ask.objects.update(delivered_at=JUNE)
    return OutboxMail.objects.get()


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        ("hard_bounce", "bounced"),
        ("complaint", "complained"),
        ("unsubscribed", "unsubscribed"),
    ],
)
def test_what_came_back_for_good_is_not_written_to_again(world, kind, cause):
    note(kind, detail="550 5.1.1 No such user")

    assert held() == [("all", cause)]
    assert Suppression.objects.get().detail == "550 5.1.1 No such user"
    assert fact_names() == ["voice.mail_came_back", "voice.address_suppressed"]


def test_what_arrived_spares_nobody_and_is_no_line_in_the_journal(world):
    note("delivered")

    assert held() == []
    assert fact_names() == []


def test_the_same_number_again_changes_nothing(world):
    first = note("complaint")
    suppressions.of_address(CLEO, at=JUNE)[0].delete()

    assert note("complaint") == first

    assert DeliveryNews.objects.count() == 1
    assert held() == []


@pytest.mark.parametrize(
    ("days", "mails", "expected"),
    [
        ((0, 5, 13), ("a", "b", "c"), [("all", "bounced")]),
        ((0, 5, 14), ("a", "b", "c"), []),
        ((0, 5), ("a", "b"), []),
        # One mail that its provider tries again and again is one.
        ((0, 1, 2), ("a", "a", "a"), []),
        ((0, 1, 2), ("", "", ""), [("all", "bounced")]),
    ],
)
def test_three_mails_that_came_back_in_fourteen_days_are_enough(world, days, mails, expected):
    for day, mail in zip(days, mails, strict=True):
        at = JUNE - timedelta(days=max(days) - day)
        note("soft_bounce", number=f"{day}", message_id=mail, at=at)

    assert held() == expected


def test_news_of_a_mail_of_ours_finds_its_person_and_its_address(letter, world):
    note("hard_bounce", address="", message_id=letter.message_id)

    kept = Suppression.objects.get()
    assert (kept.address, kept.contact) == (CLEO, world.cleo)
    assert DeliveryNews.objects.get().message_id == letter.message_id


def test_news_may_name_the_providers_own_number(letter, world):
    OutboxMail.objects.update(provider_id="b7bc2f4a")

    note("complaint", address="", message_id="b7bc2f4a")

    assert Suppression.objects.get().contact == world.cleo


def test_what_came_back_was_not_delivered_and_what_arrives_then_was(letter):
    note("soft_bounce", message_id=letter.message_id)
    assert set(Ask.objects.values_list("delivered_at", flat=True)) == {None}

    later = JUNE + timedelta(hours=1)
    note("delivered", "2", message_id=letter.message_id, at=later)
    assert set(Ask.objects.values_list("delivered_at", flat=True)) == {later}


def test_a_letter_goes_to_nobody_whose_mail_came_back(world):
    note("hard_bounce", at=JUNE - timedelta(days=30))

    sent = letters.send(contact=world.cleo, goals=[], by=world.ada, at=JUNE)

    assert sent.because == "Cleo Castro gets no mail: it came back on 2 May 2026."


def test_other_news_is_refused(world):
    with pytest.raises(deliveries.NoSuchNews):
        note("opened")


@pytest.mark.parametrize("about", ["", "voice.letter:", "voice.letter:999", "foundation.test:1"])
def test_what_holds_no_link_leads_to_nobody(world, about):
    assert deliveries.link_of(about) is None
