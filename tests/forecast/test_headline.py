"""The headline to the cent, and the sums beside it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.accounts.models import Customer
from arbiter.forecast.actions import base_rates, beliefs, standings
from arbiter.forecast.models import Edition, Outlook
from arbiter.forecast.queries import headline, memo, money, outlooks
from arbiter.forecast.queries.amounts import cents
from arbiter.voice.actions import answers
from tests.forecast.portfolio import stands
from tests.forecast.test_forecasts import crowd
from tests.world import APRIL, JANUARY, TODAY


def test_the_headline_is_right_to_the_cent(world):
    stands("Alder", intent="yes", arr="1000.10", belief=0.9)
    stands("Birch", intent="yes", arr="0.20", days=180)
    stands("Cedar", intent="no", arr="2500.33", belief=0.25)
    stands("Dogwood", intent="no_reply", arr="700.00", belief=1.0)
    stands("Elder", arr="99999.99", days=181)
    stands("Fir", arr="5.00", days=-1)
    stands("Ginkgo", arr="300.00", currency="USD")
    stands("Hazel", arr=None)
    stands("Iris", days=None, arr=None)

    told = headline.of(world.mona, as_of=TODAY)

    assert (told.currency, told.currencies, told.without_arr) == ("EUR", ("EUR", "USD"), 1)
    assert (told.due_arr, told.contracts, told.customers) == (Decimal("4200.63"), 4, 4)
    assert told.yes_arr == Decimal("1000.30")
    assert told.yes_share == pytest.approx(1000.30 / 4200.63)
    assert told.believed_on_arr == Decimal("4200.43")
    assert told.believed_arr == Decimal("2225.17")
    assert told.believed_share == pytest.approx(2225.17 / 4200.43)
    assert {name: (state.arr, state.customers) for name, state in told.states.items()} == {
        "no": (Decimal("2500.33"), 1),
        "not_sure": (0, 0),
        "no_reply": (Decimal("700.00"), 1),
        "never_asked": (0, 0),
        "yes": (Decimal("1000.30"), 2),
        "sealed": (0, 0),
    }


def test_what_is_sealed_is_due_and_counts_under_no_answer(world):
    stands("Alder", intent="yes", arr="100.00", belief=0.9)
    stands("Birch", intent="yes", arr="40.00", sealed=True)
    stands("Cedar", intent="no", arr="2.00", sealed=True)

    told = headline.of(world.mona, as_of=TODAY)

    assert (told.due_arr, told.customers, told.yes_arr) == (142, 3, 100)
    assert told.states["no"].customers == 0
    assert (told.states["sealed"].arr, told.states["sealed"].customers) == (42, 2)


def test_a_customer_with_one_contract_behind_a_seal_is_still_one(world):
    alder = stands("Alder", intent="yes", arr="10.00", belief=0.9)
    second(alder, sealed=True)

    assert headline.of(world.mona, as_of=TODAY).customers == 1


def test_another_currency_and_another_window_may_be_asked_for(world):
    stands("Alder", arr="10.00", days=20)
    stands("Birch", arr="20.00", days=90)
    stands("Ginkgo", arr="300.00", currency="USD")

    assert headline.of(world.mona, as_of=TODAY, days=30).due_arr == 10
    assert headline.of(world.mona, as_of=TODAY, currency="USD").due_arr == 300


def second(customer, **more):
    """Another contract of a customer, like the first but for what is given."""
    row = Outlook.objects.get(customer=customer.customer_id)
    other = row.contract
    other.pk, other.key, other._state.adding = None, "second", True
    other.save()
    row.pk = other.pk
    for name, value in more.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_a_customer_with_two_contracts_is_one_customer(world):
    alder = stands("Alder", intent="yes", arr="10.00")
    second(alder)

    told = headline.of(world.mona, as_of=TODAY)

    assert (told.contracts, told.customers, told.due_arr) == (2, 1, 20)


def test_of_nothing_there_are_no_shares(world):
    told = headline.of(world.mona, as_of=TODAY)

    assert (told.due_arr, told.yes_share, told.believed_share, told.currency) == (0, None, None, "")


@pytest.mark.parametrize(("name", "seen"), [("ada", 30), ("ben", 30), ("quinn", 60), ("otto", 70)])
def test_everybody_sees_the_money_within_their_reach(world, name, seen):
    stands("Alder", arr="10.00", owner=world.ada)
    stands("Birch", arr="40.00", owner=world.quinn)
    stands("Cedar", arr="20.00")

    assert headline.of(getattr(world, name), as_of=TODAY).due_arr == seen


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=200))
def test_a_sum_in_floating_point_comes_back_to_the_cent(amounts):
    exact = sum((Decimal(amount) / 100 for amount in amounts), Decimal(0))
    drifting = sum(amount / 100 for amount in amounts)

    assert cents(drifting) == exact


def test_half_a_cent_goes_up():
    assert (cents(0.005), cents(Decimal("2.675")), cents(None)) == (
        Decimal("0.01"),
        Decimal("2.68"),
        Decimal("0.00"),
    )


def test_a_sum_is_kept_until_the_read_model_is_written_again(world, django_assert_num_queries):
    belief = {"contract": world.harbour_contract, "probability": Decimal("0.9"), "by": world.ada}
    beliefs.log(at=APRIL, **belief)
    standings.rebuild(as_of=TODAY)
    first = headline.of(world.mona, as_of=TODAY)
    with django_assert_num_queries(1):
        kept = headline.of(world.mona, as_of=TODAY)
    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=TODAY)
    standings.refresh_stale(as_of=TODAY)

    fresh = headline.of(world.mona, as_of=TODAY)

    assert kept is first
    assert (first.yes_arr, fresh.yes_arr) == (0, 48_000)


def test_what_is_kept_is_bounded(db):
    Edition.objects.create(pk=1, token="one")

    for number in range(memo.KEPT + 5):
        memo.remember(("bounded", number), lambda: None)

    assert len(memo._kept) <= memo.KEPT


def test_who_sees_other_customers_gets_their_own_sum(world):
    standings.rebuild(as_of=TODAY)

    assert headline.of(world.ada, as_of=TODAY).due_arr == 48_000
    assert headline.of(world.quinn, as_of=TODAY, days=200).due_arr == 20_000
    assert memo.scope(world.mona) == memo.scope(world.otto) == "everybody"


def test_renewals_are_summed_by_month_and_answer(world):
    stands("Alder", intent="yes", arr="10.00", days=10, probability=0.5)
    stands("Birch", intent="yes", arr="30.00", days=12, probability=0.9)
    stands("Cedar", intent="no", arr="7.00", days=40)
    stands("Dogwood", arr="1.00", days=-3)

    june, july = outlooks.by_month(world.mona, as_of=TODAY)

    assert (june.month, june.intent, june.contracts, june.arr) == (date(2026, 6, 1), "yes", 2, 40)
    assert june.expected == Decimal("32.00")
    assert (july.month, july.intent, july.arr, july.expected) == (date(2026, 7, 1), "no", 7, 0)


def test_what_is_sealed_stands_apart_in_its_month_and_nothing_is_expected_of_it(world):
    stands("Alder", intent="yes", arr="10.00", days=10, probability=0.5)
    stands("Birch", intent="yes", arr="30.00", days=12, probability=0.9, sealed=True)

    sealed, yes = outlooks.by_month(world.mona, as_of=TODAY)

    assert (sealed.intent, sealed.arr, sealed.expected) == ("sealed", 30, 0)
    assert (yes.intent, yes.arr, yes.expected) == ("yes", 10, 5)


def test_due_and_overdue_are_told_apart(world):
    stands("Alder", days=10)
    stands("Birch", days=-1)
    stands("Cedar", days=400, owner=world.quinn)

    assert [row.customer_name for row in outlooks.due(world.mona, as_of=TODAY, days=365)] == [
        "Alder"
    ]
    assert [row.customer_name for row in outlooks.overdue(world.mona, as_of=TODAY)] == ["Birch"]
    assert outlooks.visible_to(world.ada).count() == 2


def test_the_money_comes_with_a_range(world):
    base_rates.tell(renewed=170, due=200, by=world.olga, at=JANUARY)
    crowd(40)
    standings.rebuild(as_of=APRIL)
    Outlook.objects.update(sealed=False)

    told = money.portfolio(world.olga, currency="EUR", as_of=APRIL, days=365)

    due = outlooks.due(world.olga, as_of=APRIL, days=365)
    assert told.expected == pytest.approx(
        sum(float(row.arr) * row.probability for row in due), abs=0.01
    )
    assert 0 < told.low < told.median < told.high <= 68_040
    assert told == money.portfolio(world.olga, currency="EUR", as_of=APRIL, days=365)


def test_a_sealed_contract_is_in_no_sum_of_forecasts(world):
    standings.rebuild(as_of=APRIL)
    harbour = Outlook.objects.get(contract=world.harbour_contract)
    Outlook.objects.filter(contract=world.quay_contract).update(sealed=True)

    told = money.portfolio(world.olga, currency="EUR", as_of=APRIL, days=365)

    assert told.expected == pytest.approx(48_000 * harbour.probability, abs=1)


def test_of_very_many_contracts_an_even_sample_is_simulated(world, monkeypatch):
    crowd(40)
    Customer.objects.filter(key__in=["harbour", "quay"]).delete()
    standings.rebuild(as_of=APRIL)
    whole = money.of(Outlook.objects.all(), as_of=APRIL)
    monkeypatch.setattr(money, "MOST", 10)

    sampled = money.of(Outlook.objects.all(), as_of=APRIL)

    assert sampled.expected == pytest.approx(whole.expected, rel=1e-3)
    assert sampled.low < sampled.expected < sampled.high


def test_where_nothing_is_due_there_is_no_money(world):
    standings.rebuild(as_of=TODAY)

    assert money.portfolio(world.olga, currency="GBP", as_of=TODAY) is None
    assert money.of(Outlook.objects.all(), as_of=JANUARY) is None
