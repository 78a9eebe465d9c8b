"""What we make of a loss: a chain of causes with evidence, whose doing it was, and whether it was avoidable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.accounts.rules import day
from arbiter.forecast.actions import frozen_files
from arbiter.forecast.models import PostMortem
from arbiter.forecast.models.surprise import LossCause
from arbiter.forecast.queries.surprises import losses
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person


class NotLost(Refusal):
    """A post-mortem is about a loss."""


class CauseUnknown(Refusal):
    """A loss is ours, external, or a payment that failed."""


class EvidenceMissing(Refusal):
    """That a loss was not ours is easily said; something has to show it."""


class StepsMissing(Refusal):
    """Without a first cause there is no chain."""


class QuoteIncomplete(Refusal):
    """Words belong to somebody who said them, at this customer."""


class KnownToNobody(Refusal):
    """Who knew, and since when, belong to the statement that somebody knew."""


class Step(NamedTuple):
    """One cause: because of what, what shows it, and where that can be read."""

    because: str
    evidence: str = ""
    link: str = ""


@transaction.atomic
def record(
    *,
    contract: Contract,
    cause: str,
    steps: Sequence[Step],
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    evidence: str = "",
    avoidable: bool | None = None,
    known: bool | None = None,
    known_to: str = "",
    known_on: date | None = None,
    quote: str = "",
    quoted: Contact | None = None,
    lessons: str = "",
) -> PostMortem:
    """Record what became clear about a loss. Whoever thinks again records a new version; every one is kept.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NotLost: the contract is not decided, or the customer stayed.
        CauseUnknown, EvidenceMissing, StepsMissing, QuoteIncomplete, KnownToNobody: what was given cannot be.
    """
    accounts.demand(by, Permission.EDIT_CUSTOMERS, contract.customer)
    known_at = recorded_at or at
    lost = losses.of_contracts([contract.pk], as_of=known_at)
    if not lost:
        raise NotLost("This contract was not lost: there is nothing to look back on.")
    _check_cause(cause, evidence)
    _check_quote(contract, quote, quoted)
    _check_known(known, known_to, known_on, known_at)
    made = PostMortem.objects.create(
        contract=contract,
        at=at,
        recorded_at=known_at,
        by=by,
        cause=cause,
        evidence=evidence.strip(),
        avoidable=avoidable,
        steps=_chain(steps),
        known=known,
        known_to=known_to.strip(),
        known_on=known_on,
        quote=quote.strip(),
        quoted=quoted,
        lessons=lessons.strip(),
    )
    frozen_files.freeze(lost, at=known_at)
    journal.record(
        "forecast.post_mortem_recorded",
        subject=made,
        by=by,
        at=at,
        recorded_at=known_at,
        customer=contract.customer_id,
        contract=contract.pk,
        cause=str(cause),
        avoidable=avoidable,
    )
    return made


def _check_cause(cause: str, evidence: str) -> None:
    if cause not in LossCause.values:
        raise CauseUnknown("Say whose doing it was: ours, external, or a payment.", field="cause")
    if cause == LossCause.EXTERNAL and not evidence.strip():
        raise EvidenceMissing(
            "What shows that it was not ours? Name a mail, a call or a public source.",
            field="evidence",
        )


def _check_quote(contract: Contract, quote: str, quoted: Contact | None) -> None:
    if bool(quote.strip()) != (quoted is not None):
        raise QuoteIncomplete("Give their words and who said them, or neither.", field="quote")
    if quoted is not None and quoted.customer_id != contract.customer_id:
        raise QuoteIncomplete(f"{quoted.name} is not at {contract.customer.name}.", field="quoted")


def _check_known(
    known: bool | None, known_to: str, known_on: date | None, known_at: datetime
) -> None:
    if known is not True and (known_to.strip() or known_on):
        raise KnownToNobody(
            "Who knew, or since when, is told only of what was known.", field="known"
        )
    if known and not known_to.strip():
        raise KnownToNobody("Say who knew.", field="known_to")
    if known_on and known_on > day(known_at):
        raise KnownToNobody("That day is yet to come.", field="known_on")


def _chain(steps: Sequence[Step]) -> list[dict[str, str]]:
    told = [Step(*(part.strip() for part in step)) for step in steps]
    kept = [step for step in told if any(step)]
    if not kept:
        raise StepsMissing("Name at least one cause.", field="because_1")
    for number, step in enumerate(told, start=1):
        if any(step) and not step.because:
            raise StepsMissing("Evidence for what? Name the cause.", field=f"because_{number}")
        if step.link and not step.link.startswith(("https://", "http://")):
            raise EvidenceMissing("A link begins with https:// or http://.", field=f"link_{number}")
    return [step._asdict() for step in kept]
