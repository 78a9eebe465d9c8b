"""Who was asked, who told us, and with whom we talked."""

from datetime import date, timedelta

from arbiter.engagement.actions import touchpoints
from arbiter.voice.actions import answers, asks
from tests.metrics.company import customer, measure, names, picture, stays
from tests.world import APRIL, DECEMBER, MARCH, MAY


def ask(world, contact, at=MAY):
    return asks.put(contact=contact, kind="intent", channel="call", by=world.ada, at=at)


def answer(contact, value, at=MAY):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at)


def test_asked_without_a_reply_is_asked_and_has_not_told_us(world):
    ask(world, world.cleo)
    seen = picture()

    assert measure("intent_asked", seen=seen).count == 1
    assert measure("intent_answered", seen=seen).count == 0
    assert names(measure("intent_asked", seen=seen), "never_asked", seen) == ["Quay"]
    assert names(measure("intent_answered", seen=seen), "no_reply", seen) == ["Harbour"]


def test_every_state_is_told_apart(world):
    answer(world.cleo, "yes")
    answer(world.dora, "not_sure")

    states = measure("intent_answered").details["states"]

    assert states == {"never_asked": 1, "no_reply": 0, "not_sure": 1, "no": 0, "yes": 0}


def test_yes_is_counted_in_money_of_what_ends_soon(world):
    answer(world.dora, "yes")
    stays("Later", arr=900_000)

    found = measure("said_yes")

    assert found.estimate.value == 48 / 68
    assert found.estimate.n == 2
    assert found.details["by_amount"]["amount"] == 48_000


def test_money_abroad_is_not_in_it_and_is_named(world):
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
