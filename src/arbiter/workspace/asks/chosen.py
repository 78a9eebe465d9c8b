"""What was chosen on the form: whom to ask, what first, what we believe; carried on by the preview, done by the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.http import QueryDict

from arbiter.accounts.queries import contacts, contracts
from arbiter.forecast.actions import beliefs
from arbiter.foundation.refusals import Refusal
from arbiter.workspace.asks import question
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.asks.question import Question

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person


class BeliefUnreadable(Refusal):
    """What was typed as a belief is no chance in percent."""


@dataclass(frozen=True)
class Said:
    """A belief as it was typed: a chance in percent and a line of reason."""

    contract_pk: int
    percent: Decimal
    reason: str


@dataclass(frozen=True)
class Chosen:
    """The form, read."""

    contact_pks: list[int]
    beliefs: list[Said]
    question: Question

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Everything again, as hidden fields of the next form."""
        kept = [("contact", str(pk)) for pk in self.contact_pks]
        for said in self.beliefs:
            kept += [
                (f"belief-{said.contract_pk}", str(said.percent)),
                (f"reason-{said.contract_pk}", said.reason),
            ]
        return kept + self.question.fields

    def people(self, person: Person) -> list[Contact]:
        """Those chosen who are within reach, by customer."""
        found = contacts.visible_to(person).filter(pk__in=self.contact_pks)
        return list(found.order_by("customer__name", "customer_id", "pk"))


def read(data: QueryDict) -> Chosen:
    """Read the form.

    Raises:
        BeliefUnreadable: a belief is no number from 0 to 100.
    """
    said = []
    for name in data:
        prefix, _, number = name.partition("-")
        typed = data.get(name, "").strip()
        if prefix == "belief" and number.isdecimal() and typed:
            percent = _percent(typed)
            said.append(Said(int(number), percent, data.get(f"reason-{number}", "").strip()))
    return Chosen(numbers(data, "contact"), said, question.read(data))


def log_beliefs(chosen: Chosen, *, by: Person, at: datetime) -> None:
    """Log what we believe, before anybody is asked.

    Raises:
        Refusal: a belief cannot be logged.
    """
    for said in chosen.beliefs:
        contract = contracts.visible_to(by).filter(pk=said.contract_pk).first()
        if contract is not None:
            probability = said.percent / 100
            beliefs.log(
                contract=contract, probability=probability, reason=said.reason, by=by, at=at
            )


def _percent(typed: str) -> Decimal:
    try:
        percent = Decimal(typed.rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        percent = Decimal("NaN")
    if not (percent.is_finite() and 0 <= percent <= 100):
        raise BeliefUnreadable(
            f"“{typed[:20]}” is no chance in percent: give a number from 0 to 100."
        )
    return percent
