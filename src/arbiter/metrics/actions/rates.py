"""Exchange rates are set and withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.queries import company
from arbiter.foundation.refusals import Refusal
from arbiter.metrics import permissions
from arbiter.metrics.models import ExchangeRate


class RateImpossible(Refusal):
    """The rate, the currency or the day cannot be."""


# What lies outside is a year mistyped.
EARLIEST = date(1970, 1, 1)
FARTHEST = timedelta(days=366)


class RateWithdrawn(Refusal):
    """The rate was withdrawn before."""


@transaction.atomic
def set_rate(
    *, currency: str, per_unit: Decimal, valid_from: date, by: Person, at: datetime
) -> ExchangeRate:
    """Set what one unit of a currency is worth in the company's, from a day on.

    A rate for the same day is withdrawn by it; both stay on record.

    Raises:
        NotAllowed: the person may not change settings.
        RateImpossible: the currency is not three letters or the company's own, the rate is not above 0, or its first
            day lies before 1970 or over a year ahead.
    """
    permissions.demand_manage(by)
    code, into = currency.strip().upper(), company.currency()
    _demand_possible(code, into, per_unit)
    if not EARLIEST <= valid_from <= at.date() + FARTHEST:
        raise RateImpossible(
            f"A rate is valid from a day between {EARLIEST:%Y} and a year from now. Look at its year again.",
            field="valid_from",
        )
    same_day = ExchangeRate.objects.filter(
        currency=code, into=into, valid_from=valid_from, withdrawn_at=None
    )
    replaced = [str(value) for value in same_day.values_list("per_unit", flat=True)]
    same_day.update(withdrawn_at=at, withdrawn_by=by)
    rate = ExchangeRate.objects.create(
        currency=code, into=into, per_unit=per_unit, valid_from=valid_from, recorded_at=at, by=by
    )
    journal.record(
        "metrics.rate_set",
        subject=rate,
        by=by,
        at=at,
        currency=code,
        into=into,
        per_unit=str(per_unit),
        valid_from=valid_from.isoformat(),
        replaced=replaced,
    )
    return rate


@transaction.atomic
def withdraw(*, rate: ExchangeRate, by: Person, at: datetime) -> ExchangeRate:
    """Take a rate back; amounts in its currency are counted apart unless an earlier one stands.

    Raises:
        NotAllowed: the person may not change settings.
        RateWithdrawn: somebody has taken it back already.
    """
    permissions.demand_manage(by)
    stands = ExchangeRate.objects.filter(pk=rate.pk, withdrawn_at=None)
    if not stands.update(withdrawn_at=at, withdrawn_by=by):
        raise RateWithdrawn(f"This rate of {rate.currency} was withdrawn already.")
    rate.refresh_from_db()
    journal.record("metrics.rate_withdrawn", subject=rate, by=by, at=at, currency=rate.currency)
    return rate


def _demand_possible(code: str, into: str, per_unit: Decimal) -> None:
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise RateImpossible("Give a currency as three letters, such as USD.", field="currency")
    if code == into:
        raise RateImpossible(
            f"{into} is what the company counts in and needs no rate.", field="currency"
        )
    if not (per_unit.is_finite() and per_unit > 0):
        raise RateImpossible("A rate is a number above 0.", field="per_unit")
