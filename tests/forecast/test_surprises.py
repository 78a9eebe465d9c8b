"""The surprise ledger: what was known the day before notice, whether it surprised us, and who says so."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract, Renewal, Signal
from arbiter.engagement.actions import touchpoints
from arbiter.forecast import jobs
from arbiter.forecast.actions import forecasts, frozen_files, surprises
from arbiter.forecast.models import Belief, Forecast, FrozenFile
from arbiter.forecast.queries.surprises import alarms, bars, files, ledger, losses
from arbiter.outcomes.actions import results, verdicts
from arbiter.voice.actions import answers
from tests.forecast import decided as book
from tests.forecast.losing import NOTICE, believe, deny, file_of, line, look_back, lose
from tests.world import APRIL, JULY, MARCH, MAY, TODAY

# What was lost, and when somebody may first have known


def test_the_day_before_notice_is_the_last_that_counts(world):
    lose(world)

    (lost,) = losses.everything(TODAY)

    assert lost.notice_on == NOTICE
    assert lost.eve == datetime(2026, 5, 19, 23, 59, 59, 999999, tzinfo=UTC)
    assert lost.month == date(2026, 5, 1)


def test_without_a_day_of_decision_notice_came_when_it_was_due_at_the_latest(world):
    Contract.objects.filter(pk=world.harbour_contract.pk).update(notice_days=90)
    lose(world)
    Renewal.objects.update(decided_on=None, recorded_at=datetime(2026, 10, 5, tzinfo=UTC))

    (lost,) = losses.everything(datetime(2026, 10, 6, tzinfo=UTC))

    assert lost.notice_on == date(2026, 7, 2)
    assert lost.lost_on == date(2026, 9, 30)


def test_a_loss_is_in_the_ledger_from_the_moment_it_is_known(world):
    lose(world, on=date(2026, 5, 20), at=TODAY)

    assert losses.everything(TODAY - timedelta(seconds=1)) == []
    assert len(losses.everything(TODAY)) == 1


def test_who_stays_for_less_is_listed_apart(world):
    contracts.decide(
        contract=world.quay_contract,
        decision="contracted",
        new_arr=Decimal(5_000),
        by=world.quinn,
        at=TODAY,
    )

    (less,) = losses.visible_to(world.mona, as_of=TODAY, decision="contracted")

    assert (less.customer_name, less.arr, less.new_arr) == ("Quay", 20_000, 5_000)
    assert losses.everything(TODAY) == []


# The frozen file


def test_the_file_says_what_was_known_the_day_before(world):
    believe(world, 0.9, APRIL)
    answers.give(contact=world.cleo, kind="intent", value="yes", by=world.cleo, at=MAY)
    results.report(goal=world.faster_onboarding, value=Decimal(40), by=world.ada, at=APRIL)
    deny(world)
    touchpoints.log(
        customer=world.harbour,
        contacts=[world.cleo],
        kind="call",
        summary="Goals",
        value_conversation=True,
        by=world.ada,
        at=MARCH,
    )
    Signal.objects.create(
        customer=world.harbour, name="health_score", value=88, at=APRIL, recorded_at=APRIL
    )
    forecasts.forecast_all(as_of=MAY)
    lose(world)

    file = file_of(world.harbour_contract)

    told = file.content
    made = Forecast.objects.get(contract=world.harbour_contract)
    assert (file.belief, file.belief_at) == (0.9, APRIL)
    assert (file.forecast, file.forecast_at) == (made.probability, MAY)
    assert file.answer == told["intent"] == "yes"
    assert told["beliefs"][0]["by"] == "Ada Arnold"
    assert {each["role"]: each["state"] for each in told["people"]}["champion"] == "yes"
    assert told["value_conversation_at"] == MARCH.isoformat()
    assert told["signals"] == {"health_score": 88.0}
    goal = next(each for each in told["goals"] if each["id"] == world.faster_onboarding.pk)
    assert (goal["value"], goal["target"], goal["judgement"]) == (40, 14, "not")
    assert goal["verdict_words"] == "Still six weeks"
    assert told["inputs"]["lead_days"] == 134


def test_nothing_that_came_after_notice_is_in_the_file(world):
    believe(world, 0.8, APRIL)
    Signal.objects.create(
        customer=world.harbour, name="health_score", value=88, at=APRIL, recorded_at=APRIL
    )
    lose(world)
    before = files.build(losses.everything(TODAY), at=TODAY)[0]

    late = datetime(2026, 5, 20, 8, tzinfo=UTC)
    Belief.objects.create(
        contract=world.harbour_contract, at=late, recorded_at=late, probability="0.01"
    )
    # True before notice, and recorded after it.
    Belief.objects.create(
        contract=world.harbour_contract, at=MAY, recorded_at=TODAY, probability="0.02"
    )
    Signal.objects.create(
        customer=world.harbour, name="health_score", value=1, at=MAY, recorded_at=TODAY
    )
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=TODAY)
    verdicts.give(
        goal=world.faster_onboarding,
        contact=world.dora,
        verdict="not",
        by=world.dora,
        at=TODAY,
    )
    results.report(
        goal=world.faster_onboarding,
        value=Decimal(41),
        by=world.ada,
        at=MAY,
        recorded_at=TODAY,
    )
    after = files.build(losses.everything(TODAY), at=JULY)[0]

    assert after.content == before.content
    assert after.fingerprint == before.fingerprint
    assert (after.belief, after.answer) == (0.8, "never_asked")


def test_a_file_that_is_stored_stays_whatever_is_learnt_later(world):
    lose(world)
    first = file_of(world.harbour_contract)
    Belief.objects.create(
        contract=world.harbour_contract, at=APRIL, recorded_at=APRIL, probability="0.9"
    )

    frozen_files.freeze_missing(as_of=JULY)

    assert FrozenFile.objects.get().fingerprint == first.fingerprint
    assert line().belief is None


def test_the_database_refuses_to_change_a_file(world):
    lose(world)
    file_of(world.harbour_contract)

    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenFile.objects.update(belief=0.1)


def test_a_notice_that_came_earlier_than_told_gets_a_file_of_its_own(world):
    believe(world, 0.9, MAY)
    lose(world)
    file_of(world.harbour_contract)
    Renewal.objects.update(decided_on=date(2026, 4, 10))

    frozen_files.freeze_missing(as_of=TODAY)

    assert FrozenFile.objects.count() == 2
    assert line().belief is None


def test_the_job_stores_what_is_missing(world):
    assert not jobs.has_unfrozen()
    lose(world)
    assert jobs.has_unfrozen()

    jobs.freeze_losses.call()

    assert FrozenFile.objects.count() == 1
    assert not jobs.has_unfrozen()


def test_many_files_are_told_in_few_queries(db, django_assert_max_num_queries):
    book.book(40)

    with django_assert_max_num_queries(12 + 4 + 5 + 5):
        found = files.build(losses.everything(TODAY), at=TODAY)

    assert len(found) == 5
    assert {each.answer for each in found} == {"no"}


# Whether it surprised us


@pytest.mark.parametrize(
    ("belief", "avoidable", "kind", "is_surprise"),
    [
        (0.9, True, "surprise", True),
        (0.7, True, "surprise", True),
        (0.69, True, "foreseen", False),
        (None, True, "nobody_said", False),
        (0.9, False, "unavoidable", False),
        (0.9, None, "not_judged", None),
    ],
)
def test_a_surprise_is_an_avoidable_loss_that_was_called_safe(
    world, belief, avoidable, kind, is_surprise
):
    if belief is not None:
        believe(world, belief, MAY)
    lose(world, avoidable=avoidable)

    found = line()

    assert (found.kind, found.is_surprise) == (kind, is_surprise)
    assert found.why


def test_a_forecast_that_called_it_safe_makes_a_surprise_too(world):
    believe(world, 0.3, APRIL)
    forecasts.forecast_all(as_of=MAY)
    lose(world)
    made = Forecast.objects.get(contract=world.harbour_contract).probability

    surprises.set_safe_bar(probability=Decimal(str(round(made - 0.01, 4))), by=world.olga, at=TODAY)

    assert line().kind == "surprise"
    assert bars.in_force(TODAY).by == "Olga Owens"


def test_a_belief_on_the_day_of_notice_does_not_count(world):
    believe(world, 0.9, MAY)
    believe(world, 0.1, datetime(2026, 5, 20, 7, tzinfo=UTC))
    lose(world)

    assert line().belief == 0.9


def test_the_post_mortem_overrules_the_decision(world):
    believe(world, 0.9, MAY)
    lose(world, avoidable=False)
    assert line().kind == "unavoidable"

    look_back(world, avoidable=True)

    assert (line().kind, line().cause) == ("surprise", "ours")


def test_the_rate_by_hand(db):
    """Eight lost: four judged avoidable, of which two had been called safe, one had not, and of one nobody spoke."""
    for number, (chance, avoidable, arr) in enumerate(
        [
            ("0.9", True, 100),
            ("0.8", True, 50),
            ("0.4", True, 40),
            (None, True, 10),
            ("0.9", False, 500),
            ("0.9", None, 900),
        ]
    ):
        one = book.customer(f"c{number}")
        contract = book.term(one, date(2026, 3, 1))
        Contract.objects.filter(pk=contract.pk).update(arr=arr)
        if chance:
            moment = book.noon(date(2026, 1, 1))
            Belief.objects.create(
                contract=contract, at=moment, recorded_at=moment, probability=chance
            )
        book.decide(contract, "churned")
        Renewal.objects.filter(contract=contract).update(avoidable=avoidable, churn_cause="ours")

    found = ledger.rate(ledger.of(losses.everything(TODAY), as_of=TODAY))

    assert (found.surprises, found.by_count.n, found.by_count.value) == (2, 4, 0.5)
    # Wilson, 2 of 4 at 95 %.
    assert (round(found.by_count.low, 3), round(found.by_count.high, 3)) == (0.150, 0.850)
    assert found.by_amount.value == pytest.approx(150 / 200)
    assert (found.surprised_arr, found.avoidable_arr) == (150, 200)
    assert "1 not judged" in found.by_count.note


def test_money_in_another_currency_is_counted_apart(db):
    for number, currency in enumerate(["EUR", "EUR", "USD", ""]):
        contract = book.term(book.customer(f"c{number}"), date(2026, 3, 1))
        Contract.objects.filter(pk=contract.pk).update(
            currency=currency, arr=1_000 if currency else None
        )
        book.decide(contract, "churned")
        Renewal.objects.filter(contract=contract).update(avoidable=True)

    found = ledger.rate(ledger.of(losses.everything(TODAY), as_of=TODAY))

    assert (found.currency, found.avoidable_arr) == ("EUR", 2_000)
    assert (found.other_currencies, found.without_arr) == (1, 1)


def test_the_ledger_costs_four_queries_however_many_were_lost(db, django_assert_num_queries):
    book.book(64)
    frozen_files.freeze_missing(as_of=TODAY)

    with django_assert_num_queries(4):
        lines = ledger.of(losses.everything(TODAY), as_of=TODAY)

    assert len(lines) == 8


def test_each_reads_only_the_losses_within_reach(world):
    lose(world)

    seen = {
        who: len(ledger.visible_to(getattr(world, who), as_of=TODAY))
        for who in ("ada", "ben", "quinn", "otto", "mona")
    }

    assert seen == {"ada": 1, "ben": 1, "quinn": 0, "otto": 1, "mona": 1}
    frozen_files.freeze_missing(as_of=TODAY)
    assert not files.visible_to(world.quinn).exists()
    assert files.visible_to(world.otto).exists()


# Alarms in time


def test_who_said_no_in_time_was_an_alarm(db):
    book.book(16)
    for contract in Contract.objects.all():
        forecasts.forecast_all(as_of=book.noon(contract.ends_on - timedelta(days=150)))

    found, forecast = alarms.of(TODAY, since=date(2024, 1, 1))

    assert (found.due, found.lost, forecast) == (16, 2, 16)
    assert found.missed.value == 0
    assert found.not_told.value == 0
    assert 0 < found.precision.value <= 0.5


def test_an_answer_in_time_was_an_alarm_though_no_forecast_was_stored(db):
    book.book(8)

    found, forecast = alarms.of(TODAY, since=date(2024, 1, 1))

    assert (found.due, found.lost, forecast) == (8, 1, 0)
    assert (found.alarm_rate.value, found.missed.value) == (0.25, 0)


@pytest.mark.parametrize(
    ("at", "recorded_at", "missed"),
    [(91, 91, 0), (89, 89, 1), (91, 89, 1), (400, 400, 1)],
    ids=["in time", "too late", "told too late", "in another term"],
)
def test_an_answer_counts_if_it_was_known_90_days_before_in_this_term(db, at, recorded_at, missed):
    contract = book.term(book.customer("left"), date(2026, 3, 1))
    days = [book.noon(contract.ends_on - timedelta(days=each)) for each in (at, recorded_at)]
    book.say(contract.customer, "not_sure", days[0], recorded_at=days[1])
    book.decide(contract, "churned")

    found, _ = alarms.of(TODAY, since=date(2026, 1, 1))

    assert found.missed.value == missed


def test_a_loss_for_an_external_reason_is_neither_hit_nor_miss(db):
    book.book(16)
    (gone, _) = losses.everything(TODAY)

    found, _ = alarms.of(TODAY, since=date(2024, 1, 1), external={gone.contract_id})

    assert (found.lost, found.excluded) == (1, 1)
