"""Forecasts use only what was recorded by their date, add up, and are stored for good."""

import json
from datetime import date, timedelta
from decimal import Decimal
from math import log

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contact, Contract, Customer, Signal
from arbiter.forecast.actions import anchors, base_rates, beliefs
from arbiter.forecast.actions import forecasts as making
from arbiter.forecast.models import Belief, Forecast
from arbiter.forecast.queries import explanations, forecasts, learnings, open_contracts, snapshot
from arbiter.outcomes.actions import awareness, results, revisions, verdicts
from arbiter.outcomes.models import Awareness, Goal, Result, Revision, Verdict
from arbiter.science import renewal
from arbiter.voice.actions import answers, asks
from arbiter.voice.models import Answer, Ask
from tests.world import APRIL, AUGUST, JANUARY, JULY, JUNE, MARCH, MAY


def a_year(world):
    """Something of every kind happens at Harbour, before and after April."""
    dora, cleo, goal = world.dora, world.cleo, world.faster_onboarding
    base_rates.tell(renewed=170, due=200, by=world.olga, at=JANUARY)
    for at, value, chance in ((MARCH, "not_sure", "0.7"), (MAY, "no", "0.2")):
        asks.put(contact=dora, kind="intent", channel="call", by=world.ada, at=at)
        beliefs.log(
            contract=world.harbour_contract, probability=Decimal(chance), by=world.ada, at=at
        )
        answers.give(contact=dora, kind="intent", value=value, by=dora, at=at)
        answers.give(contact=cleo, kind="nps", value="9", scale="0-10", by=cleo, at=at)
        revisions.reconfirm(goal=goal, by=cleo, at=at)
        results.report(goal=goal, value=Decimal(14), by=world.ada, at=at)
        awareness.see(goal=goal, by=cleo, at=at)
        verdicts.give(goal=goal, contact=cleo, verdict="partly", by=cleo, at=at)
        Signal.objects.create(
            customer=world.harbour, name="tickets_critical", at=at, recorded_at=at, value=2
        )


def written(as_of, **more):
    return json.dumps([line.as_json() for line in forecasts.at(as_of, **more)], sort_keys=True)


def test_the_lines_are_those_of_the_format(world):
    a_year(world)

    harbour, quay = forecasts.at(JUNE)

    assert list(harbour.as_json()) == [
        "contract_id",
        "customer_id",
        "ends_on",
        "arr",
        "currency",
        "probability",
        "low",
        "high",
        "reasons",
        "intent",
        "belief",
        "method",
    ]
    assert (harbour.contract.key, quay.contract.key) == ("harbour-1", "quay-1")
    assert (harbour.intent, harbour.belief, harbour.method) == ("no", 0.2, "anchored-prior/1")
    assert harbour.as_json()["arr"] == 48_000
    assert harbour.made.low < harbour.made.probability < harbour.made.high
    assert harbour.made.probability < quay.made.probability


def test_only_contracts_that_end_within_the_days_are_told_and_the_rest_still_anchors(world):
    a_year(world)

    soon = forecasts.at(JUNE, days=150)

    assert [line.contract.key for line in soon] == ["harbour-1"]
    assert soon[0] == forecasts.at(JUNE)[0]


def test_a_contract_without_an_amount_is_forecast_all_the_same(world):
    Contract.objects.filter(pk=world.quay_contract.pk).update(arr=None, currency="")

    assert forecasts.at(JUNE)[1].as_json()["arr"] is None


def test_the_reasons_add_up_to_the_log_odds(world):
    a_year(world)

    for line in forecasts.at(JUNE):
        total = sum(reason.effect for reason in line.made.reasons)
        chance = line.made.probability
        assert total == pytest.approx(log(chance / (1 - chance)), abs=1e-5)


FACTS = (Answer, Ask, Belief, Revision, Result, Verdict, Awareness, Goal, Signal)


def test_shifting_everything_recorded_after_changes_no_byte(world, unguarded):
    a_year(world)
    as_of = APRIL
    before = written(as_of)

    for noun in FACTS:
        for fact in noun.objects.filter(recorded_at__gt=as_of):
            noun.objects.filter(pk=fact.pk).update(recorded_at=fact.recorded_at + timedelta(days=9))

    assert written(as_of) == before


def test_what_was_true_before_and_recorded_after_changes_no_byte(world, unguarded):
    a_year(world)
    before = written(APRIL)

    for noun in FACTS:
        noun.objects.filter(recorded_at__gt=APRIL).update(at=MARCH - timedelta(days=3))

    assert written(APRIL) == before


def test_deleting_everything_recorded_after_changes_no_byte(world, unguarded):
    a_year(world)
    before = written(APRIL)

    for noun in FACTS:
        noun.objects.filter(recorded_at__gt=APRIL).delete()

    assert written(APRIL) == before


def test_a_decision_recorded_later_leaves_the_contract_open(world):
    before = written(APRIL)

    contracts.decide(
        contract=world.harbour_contract,
        decision="renewed",
        decided_on=date(2026, 3, 20),
        by=world.ada,
        at=MAY,
    )

    assert written(APRIL) == before
    assert len(forecasts.at(JUNE)) == 1


def test_the_same_look_twice_gives_the_same_bytes(world):
    a_year(world)

    assert written(JUNE) == written(JUNE)


def store_all(as_of):
    making.forecast_all(as_of=as_of)
    return {each.contract.key: each for each in Forecast.objects.filter(as_of=as_of)}


def test_forecasts_are_stored_with_what_they_were_made_from(world):
    a_year(world)

    made = store_all(JUNE)["harbour-1"]

    assert made.method == "anchored-prior/1"
    assert made.inputs["answers"] == [["no", "decision_maker", 31]]
    assert (made.anchor.due, made.anchor.renewed) == (200, 170)
    assert made.reasons[0]["name"] == "base"
    told = [snapshot.known_from(made.inputs)]
    again = forecasts.make(told, renewal.cases(told), learnings.model_of(made.anchor))
    assert again[0].probability == made.probability


def test_a_forecast_is_stored_anew_only_where_something_changed(world):
    assert making.forecast_all(as_of=APRIL) == 2
    assert making.forecast_all(as_of=APRIL + timedelta(hours=1)) == 0

    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=MAY)

    assert list(store_all(MAY)) == ["harbour-1"]
    history = forecasts.history(world.harbour_contract, as_of=JUNE)
    assert [each.as_of for each in history] == [MAY, APRIL]
    assert history[0].probability > history[1].probability


def test_the_latest_that_was_made_by_then_is_the_one_that_counts(world):
    making.forecast_all(as_of=APRIL)
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=MAY)
    making.forecast_all(as_of=JUNE)
    pk = world.harbour_contract.pk

    assert forecasts.latest([pk], as_of=MAY)[pk].as_of == APRIL
    assert forecasts.latest([pk], as_of=JUNE)[pk].as_of == JUNE
    assert forecasts.latest([pk], as_of=MARCH) == {}


def test_the_database_refuses_to_change_a_forecast(world):
    making.forecast_all(as_of=APRIL)

    with pytest.raises(DatabaseError), transaction.atomic():
        Forecast.objects.update(probability=0.99)


def test_a_contract_that_is_gone_takes_its_forecasts_along(world):
    making.forecast_all(as_of=APRIL)

    world.harbour_contract.delete()

    assert Forecast.objects.count() == 1


def test_a_stored_forecast_is_explained_with_what_would_move_it(world):
    a_year(world)
    making.forecast_all(as_of=JUNE)

    told = explanations.of(world.harbour_contract, as_of=JUNE)

    assert told.forecast.as_of == JUNE
    assert 0.8 < told.start < 0.9
    assert told.moves[0].name == "decision_yes"
    assert told.if_answered["yes"] == pytest.approx(told.moves[0].probability)
    assert told.if_answered["yes"] > told.if_answered["not_sure"] > told.if_answered["no"]
    assert sum(reason.effect for reason in told.reasons) == pytest.approx(
        log(told.forecast.probability / (1 - told.forecast.probability)), abs=1e-5
    )


def test_before_the_first_forecast_there_is_nothing_to_explain(world):
    assert explanations.of(world.harbour_contract, as_of=JUNE) is None


def test_an_open_portfolio_of_nothing_is_forecast_too(db):
    assert forecasts.at(JULY) == []
    assert anchors.set_anew(as_of=AUGUST).contracts == 0


def crowd(count, value="yes"):
    """So many customers, each with a contract, two people, a goal and an answer. Their ids."""
    start, made = Customer.objects.count(), []
    for number in range(start, start + count):
        customer = Customer.objects.create(key=f"c{number}", name=f"Customer {number}")
        Contract.objects.create(
            customer=customer,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            arr=1,
            currency="EUR",
        )
        boss = Contact.objects.create(customer=customer, name="Boss", role="decision_maker")
        Contact.objects.create(customer=customer, name="User", role="user")
        goal = Goal.objects.create(
            customer=customer, statement="More", at=JANUARY, recorded_at=JANUARY
        )
        Revision.objects.create(
            goal=goal, at=JANUARY, recorded_at=JANUARY, direction="up", baseline=0, target=1
        )
        Result.objects.create(goal=goal, at=MARCH, recorded_at=MARCH, value=1)
        Answer.objects.create(contact=boss, kind="intent", value=value, at=MARCH, recorded_at=MARCH)
        made.append(customer.pk)
    return made


def test_the_number_of_queries_does_not_grow_with_the_customers(db, django_assert_num_queries):
    crowd(3)
    with CaptureQueriesContext(connection) as few:
        forecasts.at(JUNE)

    crowd(30)
    with django_assert_num_queries(len(few)):
        lines = forecasts.at(JUNE)

    assert len(lines) == 33
    assert len(open_contracts.at(JUNE)) == 33
