"""Forecasts learn from the company's own renewals, keep what they learnt, and use nothing that came later."""

import json
from dataclasses import replace
from datetime import date, timedelta
from math import log

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contract, Customer, Renewal, Signal
from arbiter.forecast import jobs
from arbiter.forecast.actions import anchors, base_rates, standings
from arbiter.forecast.actions import forecasts as making
from arbiter.forecast.models import Anchor, Forecast, Learning, Standing
from arbiter.forecast.queries import explanations, forecasts, learnings, money, outlooks, snapshot
from arbiter.science import renewal
from arbiter.voice.models import Answer
from tests.forecast.decided import book, customer, decide, noon, say, score, term
from tests.world import APRIL, JANUARY, JUNE, MARCH, MAY

RUNNING = date(2026, 10, 31)


@pytest.fixture
def company(db):
    """Forty decided renewals up to spring 2025, and three open contracts."""
    book(40)
    for name, said in (("glad", "yes"), ("sour", "no"), ("mute", None)):
        one = customer(name, segment="Small")
        term(one, RUNNING)
        score(one, 50, MARCH)
        if said:
            say(one, said, MARCH)


def written(as_of):
    return json.dumps([line.as_json() for line in forecasts.at(as_of)], sort_keys=True)


def chances(as_of):
    return {line.contract.customer_key: line.made.probability for line in forecasts.at(as_of)}


def opened(name):
    return Contract.objects.get(customer__key=name)


def test_without_a_decided_renewal_it_is_the_first_day(world):
    worked = learnings.work_out(JUNE)
    anchor = anchors.set_anew(as_of=JUNE)

    assert worked.model.learnt is None
    assert (anchor.method, anchor.learning, anchor.decided) == ("anchored-prior/1", None, 0)
    seen = worked.open_contracts
    first = renewal.anchored(seen.x, base_rate=renewal.UNTOLD)
    assert worked.model.mean.tobytes() == first.mean.tobytes()


def test_what_was_learnt_is_stored_with_what_it_was_learnt_from(company):
    anchor = anchors.set_anew(as_of=JUNE)

    learning = Learning.objects.get()
    assert anchor.learning == learning
    assert (learning.renewals, learning.churns, learning.customers) == (40, 5, 40)
    assert (learning.snapshots, learning.method, learning.as_of) == (
        120,
        "anchored-learning/1",
        JUNE,
    )
    assert renewal.fingerprint(renewal.from_json(learning.model)) == learning.fingerprint
    assert (anchor.method, anchor.decided, anchor.contracts) == ("anchored-learning/1", 40, 3)


def test_the_database_refuses_to_change_what_was_learnt(company):
    anchors.set_anew(as_of=JUNE)

    with pytest.raises(DatabaseError), transaction.atomic():
        Learning.objects.update(renewals=1)


def test_a_no_weighs_what_it_was_worth_here(company):
    before = chances(JUNE)

    Renewal.objects.filter(decision="churned").update(decision="renewed")
    kinder = chances(JUNE)

    assert before["sour"] < before["glad"]
    assert kinder["sour"] > before["sour"]


def test_every_renewal_that_stayed_or_left_moves_the_start(company):
    Renewal.objects.update(decision="churned")

    assert max(chances(JUNE).values()) < 0.6


def test_the_told_base_rate_still_anchors(company, world):
    untold = chances(JUNE)["mute"]

    base_rates.tell(renewed=20, due=100, by=world.olga, at=MAY)

    assert chances(JUNE)["mute"] < untold


def test_forecasts_are_stored_with_the_days_left_and_their_own_signals(company):
    for number, one in enumerate(Customer.objects.filter(key__startswith="b")):
        score(one, number % 9, noon(date(2023, 8, 1)), name="unread")

    making.forecast_all(as_of=JUNE)

    made = Forecast.objects.get(contract=opened("sour"))
    assert made.method == "anchored-learning/1"
    assert made.inputs["lead_days"] == 152
    assert made.inputs["signals"] == [["health_score", 50]]
    known = snapshot.known_from(made.inputs)
    model = learnings.model_of(made.anchor)
    again = forecasts.make([known], renewal.cases([known]), model)
    assert again[0].probability == made.probability


def test_the_reasons_of_a_learnt_forecast_add_up(company):
    making.forecast_all(as_of=JUNE)

    told = explanations.of(opened("sour"), as_of=JUNE)

    total = sum(reason.effect for reason in told.reasons)
    chance = told.forecast.probability
    assert total == pytest.approx(log(chance / (1 - chance)), abs=1e-5)
    assert told.if_answered["yes"] > told.if_answered["no"]


def test_the_read_model_and_the_money_go_by_what_was_learnt(company, world):
    standings.rebuild(as_of=JUNE)

    stored = {row.key: row.probability for row in Standing.objects.filter(key__in=("glad", "sour"))}
    assert stored == {name: chances(JUNE)[name] for name in ("glad", "sour")}
    due = outlooks.due(world.olga, as_of=JUNE, days=365).filter(contract__customer__key="sour")
    assert money.of(due, as_of=JUNE).expected == pytest.approx(1_000 * stored["sour"], abs=15)


def test_an_earlier_day_is_forecast_from_what_had_been_decided_by_then(company):
    early = noon(date(2024, 9, 1))
    anchors.set_anew(as_of=JUNE)

    before = written(early)
    Renewal.objects.filter(recorded_at__gt=early).update(decision="churned")
    Renewal.objects.filter(recorded_at__gt=early).update(recorded_at=JUNE)

    assert json.loads(before)[0]["method"] == "anchored-learning/1"
    assert written(early) == before
    assert Learning.objects.count() == 1


def test_what_came_after_the_looks_and_the_notices_changes_no_byte(company, unguarded):
    before = written(JUNE)

    for decision in Renewal.objects.select_related("contract__customer"):
        late = noon(decision.decided_on)
        say(decision.contract.customer, "no", late)
        score(decision.contract.customer, 0, late)
    Answer.objects.filter(recorded_at__gt=JUNE).update(at=JANUARY)
    Signal.objects.create(customer_id=opened("mute").customer_id, name="health_score", value=1,
                          at=APRIL, recorded_at=JUNE + timedelta(days=1))  # fmt: skip

    assert written(JUNE) == before


def test_what_was_stored_within_a_day_is_not_learnt_again(company, monkeypatch):
    anchors.set_anew(as_of=JUNE)
    before = written(JUNE)
    monkeypatch.setattr(learnings, "work_out", pytest.fail)

    assert written(JUNE + timedelta(hours=3)) == before


@pytest.mark.parametrize("what", ["a day later", "another decision", "another rate"])
def test_what_is_no_longer_fresh_is_learnt_anew(company, world, what):
    anchor = anchors.set_anew(as_of=JUNE)
    as_of = JUNE + timedelta(hours=6)
    if what == "a day later":
        as_of += timedelta(days=2)
    elif what == "another decision":
        decide(opened("mute"), on=JUNE.date())
    else:
        base_rates.BaseRate.objects.create(renewed=1, due=2, at=JUNE, by=world.olga)

    assert not learnings.is_fresh(anchor, as_of=as_of)
    assert forecasts.at(as_of)


def test_the_same_renewals_are_not_learnt_twice(company):
    first = anchors.set_anew(as_of=JUNE)
    again = anchors.set_anew(as_of=JUNE + timedelta(days=1))

    assert first == again
    assert Learning.objects.count() == 1


def test_new_renewals_are_learnt_where_they_move_anything(company):
    first = anchors.set_anew(as_of=JUNE)
    Renewal.objects.filter(contract__customer__key__lt="b010").update(decision="churned")

    second = anchors.set_anew(as_of=JUNE + timedelta(days=1))

    assert first != second
    assert list(learnings.history(JUNE + timedelta(days=2))) == [second.learning, first.learning]


def test_new_renewals_that_move_little_are_learnt_within_the_month(company):
    first = anchors.set_anew(as_of=JUNE)
    decide(term(customer("late"), date(2026, 6, 2)))

    soon = anchors.set_anew(as_of=JUNE + timedelta(days=3))
    later = anchors.set_anew(as_of=JUNE + timedelta(days=31))

    assert (soon == first, later == first) == (True, False)
    assert Anchor.objects.get(pk=first.pk).decided == 41


def test_without_open_contracts_the_start_tells_whether_anything_moved(db):
    book(20)
    first = anchors.set_anew(as_of=JUNE)
    Renewal.objects.update(decision="churned")

    assert anchors.set_anew(as_of=JUNE) != first


def test_the_job_learns_once_decisions_are_known_that_the_anchor_does_not_know(company):
    first = anchors.set_anew(as_of=APRIL)
    Renewal.objects.filter(contract__customer__key__lt="b010").update(decision="churned")
    decide(opened("mute"), on=MAY.date())
    standings.mark([opened("glad").customer_id], since=MAY)

    standings.refresh_stale(as_of=JUNE)

    assert learnings.newest_anchor(JUNE) != first
    assert Standing.objects.get(key="glad").probability == chances(JUNE)["glad"]


def test_every_night_is_learnt_from_the_day(company, clock):
    jobs.rebuild.call()

    assert Learning.objects.count() == 1
    assert Standing.objects.get(key="sour").probability is not None


def test_a_rate_told_where_there_is_much_to_learn_from_waits_for_the_job(
    company, world, monkeypatch
):
    anchors.set_anew(as_of=APRIL)
    monkeypatch.setattr(base_rates, "AT_ONCE", 10)

    base_rates.tell(renewed=1, due=100, by=world.olga, at=MAY)
    waiting = learnings.newest_anchor(MAY)
    standings.refresh_stale(as_of=JUNE)

    assert waiting.due is None
    assert learnings.newest_anchor(JUNE).due == 100


def test_a_challenger_that_cannot_be_asked_here_has_no_say(company, monkeypatch):
    anchor = anchors.set_anew(as_of=JUNE)
    text = json.dumps({"kind": "a forest"})
    model = learnings.model_of(anchor)
    other = renewal.Challenger(text, model.reference)
    monkeypatch.setattr(
        learnings,
        "_kept",
        {anchor.learning.fingerprint: replace(model, challenger=other, weight=0.5)},
    )
    monkeypatch.setattr(renewal.challenger, "is_available", lambda: False)

    alone = learnings.stored(anchor.learning)

    assert (alone.challenger, alone.weight) == (None, 0.0)
    assert alone.mean.tobytes() == model.mean.tobytes()


def test_a_forecast_is_made_anew_when_ten_days_or_a_quarter_of_a_spread_have_passed(company):
    making.forecast_all(as_of=JUNE)
    glad = Customer.objects.get(key="glad")

    assert making.forecast_all(as_of=JUNE + timedelta(hours=1)) == 0
    score(glad, 51, JUNE + timedelta(hours=2))
    assert making.forecast_all(as_of=JUNE + timedelta(hours=3)) == 0
    score(glad, 90, JUNE + timedelta(hours=4))
    assert making.forecast_all(as_of=JUNE + timedelta(hours=5)) == 1


def test_the_number_of_queries_does_not_grow_with_what_is_learnt(
    company, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as few:
        forecasts.at(JUNE)
    for number in range(30):
        decide(term(customer(f"more{number}"), date(2025, 12, 31)))

    with django_assert_num_queries(len(few)):
        forecasts.at(JUNE)
