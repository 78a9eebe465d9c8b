"""Exchange rates are set, replaced and withdrawn, and each stays on record."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from arbiter.foundation.permissions import NotAllowed
from arbiter.metrics.actions import rates
from arbiter.metrics.models import ExchangeRate
from arbiter.metrics.queries import access
from arbiter.metrics.queries import rates as read
from tests.facts import last_fact
from tests.world import JUNE, MARCH, MAY

BEGIN = date(2026, 1, 1)


def dollars(world, per_unit="0.9", *, valid_from=BEGIN, at=MAY, by=None, currency="usd "):
    return rates.set_rate(
        currency=currency,
        per_unit=Decimal(per_unit),
        valid_from=valid_from,
        by=by or world.olga,
        at=at,
    )


def test_a_rate_counts_from_its_day_on(world):
    dollars(world)

    assert read.table().on(date(2025, 12, 31)) == {"EUR": 1}
    assert read.table().on(BEGIN) == {"EUR": 1, "USD": Decimal("0.9")}
    assert last_fact().name == "metrics.rate_set"
    assert last_fact().details["per_unit"] == "0.9"


def test_the_latest_rate_that_began_counts(world):
    dollars(world, "0.8", valid_from=date(2026, 5, 1))
    dollars(world, "0.9", valid_from=BEGIN)

    assert read.table().on(date(2026, 4, 30))["USD"] == Decimal("0.9")
    assert read.table().on(date(2026, 5, 1))["USD"] == Decimal("0.8")


def test_a_rate_for_the_same_day_takes_the_place_of_the_one_before(world):
    before = dollars(world, "0.8", at=MARCH)
    after = dollars(world, "0.9", at=MAY)

    assert list(read.listed()) == [after]
    assert read.table().on(BEGIN)["USD"] == Decimal("0.9")
    before.refresh_from_db()
    assert (before.withdrawn_at, before.withdrawn_by) == (MAY, world.olga)
    assert [Decimal(each) for each in last_fact().details["replaced"]] == [Decimal("0.8")]


def test_a_withdrawn_rate_counts_no_more(world):
    rate = dollars(world)

    rates.withdraw(rate=rate, by=world.olga, at=JUNE)

    assert "USD" not in read.table().on(BEGIN)
    assert read.find(rate.pk) is None
    assert last_fact().name == "metrics.rate_withdrawn"


def test_it_cannot_be_withdrawn_twice(world):
    rate = dollars(world)
    rates.withdraw(rate=rate, by=world.olga, at=JUNE)

    with pytest.raises(rates.RateWithdrawn):
        rates.withdraw(rate=rate, by=world.olga, at=JUNE)


@pytest.mark.parametrize("day", [date(1026, 6, 1), date(1969, 12, 31), date(2027, 6, 1)])
def test_a_year_mistyped_is_refused_beside_its_field(world, day):
    with pytest.raises(rates.RateImpossible, match="Look at its year again") as refused:
        dollars(world, valid_from=day)

    assert refused.value.field == "valid_from"


@pytest.mark.parametrize(
    ("currency", "per_unit", "field"),
    [
        ("dollar", "1", "currency"),
        ("U$D", "1", "currency"),
        ("EUR", "1", "currency"),
        ("USD", "0", "per_unit"),
        ("USD", "-1", "per_unit"),
        ("USD", "NaN", "per_unit"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, currency, per_unit, field):
    with pytest.raises(rates.RateImpossible) as refused:
        dollars(world, per_unit, currency=currency)

    assert refused.value.field == field


@pytest.mark.parametrize("who", ["ada", "mona", "otto"])
def test_only_who_may_change_settings_sets_and_withdraws_rates(world, who):
    rate, by = dollars(world), getattr(world, who)

    with pytest.raises(NotAllowed):
        dollars(world, by=by)
    with pytest.raises(NotAllowed):
        rates.withdraw(rate=rate, by=by, at=JUNE)
    assert not access.may_manage(by)
    assert access.may_see(by)


def test_rates_into_another_currency_do_not_count(world):
    dollars(world)
    world.company.currency = "GBP"
    world.company.save()

    assert read.table().on(BEGIN) == {"GBP": 1}


def test_currencies_of_running_contracts_without_a_rate_are_named(world):
    world.quay_contract.currency = "USD"
    world.quay_contract.save()

    assert read.missing(JUNE) == ["USD"]
    dollars(world)
    assert read.missing(JUNE) == []


@pytest.mark.parametrize(
    "wrong", [{"per_unit": 0}, {"currency": "EUR"}], ids=["of nothing", "into itself"]
)
def test_the_database_holds_rates_to_what_can_be(world, wrong):
    told = {"currency": "USD", "into": "EUR", "per_unit": 1, "valid_from": BEGIN}

    with pytest.raises(IntegrityError):
        ExchangeRate.objects.create(**{**told, **wrong}, recorded_at=MAY)
