from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from arbiter.accounts.actions import contracts as verbs
from arbiter.accounts.actions.contracts import (
    AlreadyDecided,
    AmountContradicts,
    AmountNegative,
    CauseMissing,
    CurrencyMissing,
    DecidedTooEarly,
    EndsBeforeStart,
    EvidenceMissing,
    NotDecided,
)
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import contracts
from tests.facts import fact_names, last_fact
from tests.world import APRIL, AUGUST, JANUARY, JULY, JUNE, MAY, NEXT_YEAR, OCTOBER

TERM = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 9, 30)}


def decide(world, decision="renewed", *, at=JUNE, **more):
    return verbs.decide(
        contract=world.harbour_contract, decision=decision, by=world.ada, at=at, **more
    )


def test_a_term_is_written_down_with_its_worth(world):
    contract = verbs.add(
        customer=world.harbour, arr=Decimal(50_000), currency="EUR", by=world.ada, at=JUNE, **TERM
    )

    assert contracts.of(world.harbour).first() == contract
    assert last_fact().name == "accounts.contract_added"
    assert last_fact().details["arr"] == "50000"


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"ends_on": date(2026, 9, 1)}, EndsBeforeStart, "ends_on"),
        ({"arr": Decimal(1)}, CurrencyMissing, "currency"),
        ({"arr": Decimal(-1), "currency": "EUR"}, AmountNegative, "arr"),
    ],
)
def test_a_term_that_cannot_be_is_refused(world, change, refusal, field):
    with pytest.raises(refusal) as refused:
        verbs.add(customer=world.harbour, by=world.ada, at=JUNE, **(TERM | change))

    assert refused.value.field == field


def test_a_term_is_corrected_and_checked_as_a_whole(world):
    verbs.edit(contract=world.harbour_contract, arr=Decimal(60_000), by=world.ada, at=JUNE)

    assert last_fact().details["fields"] == ["arr"]
    with pytest.raises(EndsBeforeStart):
        verbs.edit(contract=world.harbour_contract, ends_on=date(2025, 1, 1), by=world.ada, at=JUNE)
    with pytest.raises(CurrencyMissing):
        verbs.edit(contract=world.harbour_contract, currency="", by=world.ada, at=JUNE)


def test_a_correction_without_a_difference_leaves_no_trace(world):
    verbs.edit(contract=world.harbour_contract, seats=40, by=world.ada, at=JUNE)

    assert fact_names() == []


def test_a_renewal_is_decided_once_and_the_decision_can_be_taken_back(world):
    decide(world, "expanded", new_arr=Decimal(60_000))

    with pytest.raises(AlreadyDecided):
        decide(world)

    verbs.withdraw_decision(contract=world.harbour_contract, by=world.ada, at=JULY)

    with pytest.raises(NotDecided):
        verbs.withdraw_decision(contract=world.harbour_contract, by=world.ada, at=JULY)
    decide(world, "churned", at=JULY, churn_cause="ours")
    assert fact_names() == [
        "accounts.renewal_decided",
        "accounts.renewal_withdrawn",
        "accounts.renewal_decided",
    ]


def test_a_decision_of_an_earlier_day_keeps_both_dates(world):
    renewal = decide(world, decided_on=date(2026, 5, 4))

    assert (renewal.decided_on, renewal.recorded_at) == (date(2026, 5, 4), JUNE)
    assert last_fact().at == datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert last_fact().recorded_at == JUNE


@pytest.mark.parametrize("on", [date(2025, 9, 30), date(2026, 6, 2)])
def test_a_decision_lies_between_the_start_of_the_term_and_today(world, on):
    with pytest.raises(DecidedTooEarly):
        decide(world, decided_on=on)


def test_an_amount_that_contradicts_the_decision_is_refused(world):
    with pytest.raises(AmountContradicts) as refused:
        decide(world, "contracted", new_arr=Decimal(50_000))

    assert refused.value.field == "new_arr"


def test_a_new_amount_needs_the_contracts_currency_and_keeps_it(world):
    world.harbour_contract.arr, world.harbour_contract.currency = None, ""
    world.harbour_contract.save()
    with pytest.raises(CurrencyMissing) as refused:
        decide(world, "expanded", new_arr=Decimal(50_000))
    assert refused.value.field == "new_arr"

    verbs.edit(contract=world.harbour_contract, currency="EUR", by=world.ada, at=JUNE)
    decide(world, "expanded", new_arr=Decimal(50_000))

    with pytest.raises(CurrencyMissing):
        verbs.edit(contract=world.harbour_contract, currency="", by=world.ada, at=JUNE)


def test_a_loss_is_told_apart_and_an_external_one_needs_evidence(world):
    with pytest.raises(CauseMissing):
        decide(world, "churned")
    with pytest.raises(EvidenceMissing):
        decide(world, "churned", churn_cause="external", churn_reason="Insolvent")

    renewal = decide(
        world,
        "churned",
        churn_cause="external",
        churn_reason="Insolvent",
        evidence="Court notice of 3 May",
        avoidable=False,
    )

    assert renewal.evidence == "Court notice of 3 May"
    assert last_fact().details == {"decision": "churned", "cause": "external", "avoidable": False}


def test_one_who_stays_has_no_cause_of_loss_even_if_the_form_sent_one(world):
    renewal = decide(world, churn_cause="ours", churn_reason="x", evidence="y", avoidable=True)

    assert (renewal.churn_cause, renewal.churn_reason, renewal.evidence) == ("", "", "")
    assert renewal.avoidable is None


def test_another_team_decides_nothing(world):
    with pytest.raises(NotAllowed):
        verbs.decide(contract=world.harbour_contract, decision="renewed", by=world.quinn, at=JUNE)
    with pytest.raises(NotAllowed):
        verbs.withdraw_decision(contract=world.harbour_contract, by=world.otto, at=JUNE)


def test_a_term_is_open_from_its_start_until_it_ends_or_its_renewal_is_known(world):
    before_start = datetime(2025, 9, 30, tzinfo=UTC)

    assert world.harbour_contract not in contracts.open_at(before_start)
    assert world.harbour_contract in contracts.open_at(MAY)

    decide(world, decided_on=date(2026, 5, 4))

    assert world.harbour_contract in contracts.open_at(MAY), "decided, but not known by then"
    assert world.harbour_contract not in contracts.open_at(JUNE)


def test_a_decision_learnt_early_but_true_later_does_not_count_before_its_day(world):
    renewal = decide(world, at=APRIL)
    renewal.decided_on = date(2026, 5, 20)
    renewal.save()

    assert world.harbour_contract in contracts.open_at(MAY)
    assert world.harbour_contract not in contracts.open_at(JUNE)


def test_a_term_that_ended_undecided_is_overdue_and_not_open(world):
    assert world.harbour_contract not in contracts.open_at(OCTOBER)
    assert list(contracts.overdue(OCTOBER)) == [world.harbour_contract]
    assert not contracts.overdue(JUNE)


def test_the_next_to_end_come_first(world):
    assert list(contracts.ending_within(JUNE, days=180)) == [world.harbour_contract]
    assert list(contracts.ending_within(JUNE, days=200)) == [
        world.harbour_contract,
        world.quay_contract,
    ]


def test_open_terms_and_earlier_renewals_of_many_customers_take_one_query_each(
    world, django_assert_num_queries
):
    ids = [world.harbour.pk, world.quay.pk]
    decide(world, at=JUNE)
    verbs.add(customer=world.harbour, by=world.ada, at=JUNE, **TERM)

    with django_assert_num_queries(1):
        past = contracts.past_of(ids)
    with django_assert_num_queries(1):
        running = contracts.open_of(ids, as_of=AUGUST)

    assert [past.renewals(pk, as_of=AUGUST) for pk in ids] == [1, 0]
    assert running == {world.quay.pk: [world.quay_contract]}
    assert past.renewals(world.harbour.pk, as_of=MAY) == 0


@pytest.mark.parametrize("as_of", [JANUARY, MAY, JUNE, AUGUST, OCTOBER, NEXT_YEAR])
def test_what_ran_at_a_moment_is_the_same_from_the_past_and_from_the_database(world, as_of):
    decide(world, at=JUNE)
    verbs.add(customer=world.harbour, by=world.ada, at=JUNE, **TERM)
    ids = [world.harbour.pk, world.quay.pk]

    past, running = contracts.past_of(ids), contracts.open_of(ids, as_of=as_of)

    for pk in ids:
        began = min((term.starts_on for term in running.get(pk, ())), default=None)
        assert past.open_since(pk, as_of=as_of) == began


def test_who_was_lost_did_not_stay(world):
    decide(world, "churned", churn_cause="ours")

    assert contracts.past_of([world.harbour.pk]).renewals(world.harbour.pk, as_of=NEXT_YEAR) == 0
    assert [renewal.decision for renewal in contracts.decided_by(NEXT_YEAR)] == ["churned"]


def test_the_next_term_agreed_is_the_first_that_has_not_begun(world):
    decide(world)
    for year in (2028, 2027, 2026):
        verbs.add(
            customer=world.harbour,
            starts_on=date(year, 10, 1),
            ends_on=date(year + 1, 9, 30),
            by=world.ada,
            at=JUNE,
        )

    settled = contracts.settled_of([world.harbour.pk, world.quay.pk], as_of=JULY)

    assert set(settled) == {world.harbour.pk}
    told = settled[world.harbour.pk]
    assert (told.starts_on, told.renewed, told.left) == (date(2026, 10, 1), True, False)
    later = contracts.settled_of([world.harbour.pk], as_of=NEXT_YEAR)[world.harbour.pk]
    assert later.starts_on == date(2027, 10, 1)


def test_of_who_leaves_the_last_term_is_told_unless_they_come_back(world):
    decide(world, "churned", churn_cause="ours", churn_reason="Too slow")
    leaving = contracts.settled_of([world.harbour.pk], as_of=JULY)[world.harbour.pk]
    assert contracts.settled_of([world.harbour.pk], as_of=MAY) == {}

    verbs.add(customer=world.harbour, by=world.ada, at=JUNE, **TERM)
    back = contracts.settled_of([world.harbour.pk], as_of=JULY)[world.harbour.pk]

    assert (leaving.ends_on, leaving.left) == (date(2026, 9, 30), True)
    assert (back.starts_on, back.renewed, back.left) == (date(2026, 10, 1), False, False)
