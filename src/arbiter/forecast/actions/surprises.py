"""The ledger as a whole: from when on a contract is called safe, and that a month was gone through."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.rules import day
from arbiter.forecast.models import MonthReview, SafeBar
from arbiter.forecast.queries.surprises import ledger, losses, months
from arbiter.foundation import journal
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class NotAChance(Refusal):
    """A contract is called safe from a chance above 0 and up to 100 % on."""


class NothingLost(Refusal):
    """There is nothing to go through in a month without a loss."""


class MonthNotBegun(Refusal):
    """A month that is yet to come cannot be reviewed."""


@transaction.atomic
def set_safe_bar(*, probability: Decimal, by: Person, at: datetime) -> SafeBar:
    """Say from which chance on a contract is called safe. It counts for the whole ledger from now on.

    Raises:
        NotAllowed: the person may not change settings.
        NotAChance: the number lies outside 0 and 1, or is 0.
    """
    must(by, Permission.MANAGE_SETTINGS)
    if not 0 < probability <= 1:
        raise NotAChance("Safe begins above 0 % and at most at 100 %.", field="probability")
    bar = SafeBar.objects.create(probability=probability, by=by, at=at)
    journal.record("forecast.safe_bar_set", subject=bar, by=by, at=at, probability=str(probability))
    return bar


@transaction.atomic
def review_month(*, month: date, by: Person, at: datetime, said: str = "") -> MonthReview:
    """Put on record that the losses of a month were gone through. A later look is a new record.

    Raises:
        NotAllowed: the person sees only some customers, or changes nothing.
        MonthNotBegun, NothingLost: there is nothing to go through.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    must(by, Permission.SEE_ALL_CUSTOMERS)
    first = month.replace(day=1)
    if first > day(at):
        raise MonthNotBegun("That month is yet to come.")
    lost = [each for each in losses.everything(at) if each.month == first]
    found = months.find(ledger.of(lost, as_of=at, most=None), first, as_of=at)
    if found is None:
        raise NothingLost(f"Nothing was lost in {first:%B %Y}.")
    made = MonthReview.objects.create(
        month=first,
        at=at,
        by=by,
        said=said.strip(),
        losses=len(found.lines),
        judged=found.judged,
        surprises=found.rate.surprises,
    )
    journal.record("forecast.month_reviewed", subject=made, by=by, at=at, month=first.isoformat())
    return made
