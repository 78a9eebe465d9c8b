"""Who was asked, who told us, and with whom we talked."""

from datetime import date, timedelta

import pytest

from arbiter.engagement.actions import touchpoints
from arbiter.forecast.models import Belief
from arbiter.voice.actions import answers, asks
from arbiter.voice.models import Answer
from tests.metrics.company import customer, measure, names, picture, stays
from tests.world import APRIL, DECEMBER, MARCH, MAY


def ask(world, contact, at=MAY):
    return asks.put(contact=contact, kind="intent", channel="call", by=world.ada, at=at)


def answer(contact, value, at=MAY):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at)


@pytest.fixture
def believed(world):
    """The team has said what it believes, so that no answer waits to be read."""
    for contract in (world.harbour_contract, world.quay_contract):
        Belief.objects.create(
            contract=contract, probability=0.9, at=APRIL, recorded_at=APRIL, by=world.ada
        )


def test_asked_without_a_reply_is_asked_and_has_not_told_us(world):
    ask(world, world.cleo)
    seen = picture()

    assert measure("intent_asked", seen=seen).count == 1
    assert measure("intent_answered", seen=seen).count == 0
    assert names(measure("intent_asked", seen=seen), "never_asked", seen) == ["Quay"]
    assert names(measure("intent_answered", seen=seen), "no_reply", seen) == ["Harbour"]


def test_every_state_is_told_apart(world, believed):
    answer(world.cleo, "yes")
    answer(world.dora, "not_sure")

    states = measure("intent_answered").details["states"]

    assert states["not_sure"] == states["never_asked"] == 1
    assert sum(states.values()) == 2


def test_yes_is_counted_in_money_of_what_ends_soon(world, believed):
    answer(world.dora, "yes")
    stays("Later", arr=900_000)

    found = measure("said_yes")

    assert found.estimate.value == 48 / 68
    assert found.estimate.n == 2
    assert found.details["by_amount"]["amount"] == 48_000


def test_what_is_sealed_is_under_no_answer(world):
    answer(world.dora, "no")
    seen = picture()

    found = measure("intent_answered", seen=seen)

    assert found.details["states"]["no"] == 0
    assert names(found, "no", seen) == []
    assert names(found, "sealed", seen) == ["Harbour"]
    assert measure("intent_asked", seen=seen).count == 1


def test_a_sealed_yes_is_in_no_sum(world):
    answer(world.dora, "yes")

    assert measure("said_yes").estimate.value == 0


def test_an_imported_answer_is_not_sealed(world):
    Answer.objects.create(
        contact=world.dora, kind="intent", value="yes", at=MAY, recorded_at=MAY, import_id=1
    )

    assert measure("said_yes").estimate.value == 48 / 68


def test_money_abroad_is_not_in_it_and_is_named(world, believed):
    world.quay_contract.currency = "USD"
    world.quay_contract.save()
    answer(world.dora, "yes")

    found = measure("said_yes")

    assert found.estimate.value == 1
    assert "20,000 USD (1 contract)" in found.estimate.note


def test_nothing_soon_is_said(world):
    assert not measure("said_yes", date(2025, 11, 30)).estimate.is_known


def test_the_champion_s_word_is_not_the_decision_maker_s(world):
    answer(world.cleo, "yes")
    seen = picture()

    found = measure("decision_maker_heard", seen=seen)

    assert found.count == 0
    assert names(found, "silent", seen) == ["Harbour", "Quay"]


def test_the_decision_maker_is_heard(world):
    answer(world.dora, "no")
    world.dov.delete()

    found = measure("decision_maker_heard")

    assert found.count == 1
    assert found.details["nobody_known"] == 1


def test_a_word_of_an_earlier_term_says_nothing_of_this_one(world):
    answer(world.dora, "yes", at=MAY)

    assert measure("intent_answered", date(2026, 9, 30)).count == 1
    # The contract has ended undecided: nothing is open any more.
    assert measure("intent_answered", date(2026, 10, 31)).estimate.n == 1


def test_without_an_open_contract_there_is_nobody_to_ask(db):
    customer("Alone")

    assert measure("intent_asked").estimate.note == "No contract is open."


def talk(world, at, *, value_conversation=True):
    touchpoints.log(
        customer=world.harbour,
        kind="call",
        contacts=[world.cleo],
        value_conversation=value_conversation,
        summary="",
        by=world.ada,
        at=at,
    )


def test_a_value_conversation_counts_for_ninety_days(world):
    talk(world, APRIL)
    talk(world, MAY, value_conversation=False)
    last = APRIL.date() + timedelta(days=90)

    assert measure("value_conversation", last).count == 1
    assert measure("value_conversation", last + timedelta(days=1)).count == 0


def test_who_has_waited_longest_comes_first_and_never_stands_apart(world):
    talk(world, MARCH)
    seen = picture(DECEMBER.date())

    found = measure("value_conversation", seen=seen)

    assert names(found, "long_ago", seen) == ["Harbour"]
    assert found.behind["long_ago"].value.tolist() == [275]
    assert names(found, "never", seen) == ["Quay"]
    assert found.details["median_days"] == 275
