"""By the calendar: before renewals, every so many months, days after the customer began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from arbiter.accounts.rules import day
from arbiter.engagement.queries.candidates.look import Cause, Look
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import LOOK_BACK, When


def before_renewal(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Each of the given days before the end of a term that runs undecided; only the last that has come."""
    for customer in look.customers:
        for term in look.running_terms(customer.pk):
            step = asking.step_reached(when.days, (term.ends_on - look.today).days)
            if step is not None:
                because = f"The contract ends on {term.ends_on:%-d %B %Y}."
                cause = f"renewal:{term.key}:{term.ends_on}:{step}"
                yield Cause(customer.pk, cause, because, contract_key=term.key)


def every(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """The turn of each customer, on a day of their own."""
    for customer in look.customers:
        turn = asking.round_of(rule_key, customer.key, months=when.months, on=look.today)
        if turn > day(since) or turn == look.today:
            because = f"It is their turn every {when.months} months."
            yield Cause(customer.pk, f"turn:{turn}", because)


def after_start(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Each of the given days after a customer began."""
    earliest = max(day(since), look.today - LOOK_BACK)
    for customer in look.customers:
        began = look.began(customer)
        for days in when.days if began else ():
            assert began is not None
            due = began + timedelta(days=days)
            if earliest < due <= look.today or due == look.today:
                because = f"{days} days after they began on {began:%-d %B %Y}."
                yield Cause(customer.pk, f"start:{began}:{days}", because)
