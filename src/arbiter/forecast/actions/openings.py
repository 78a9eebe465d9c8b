"""A sealed answer is read without saying first what one believes: allowed, and kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.forecast.models import Opening
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import answers

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person


class NoSuchAnswer(Refusal):
    """The answer is not one of this customer's people about continuing."""


@transaction.atomic
def open_sealed(*, answer_id: int, contract: Contract, by: Person, at: datetime) -> Opening:
    """Open an answer that was sealed until somebody logs a belief. Opened twice, it stays opened once.

    Raises:
        NotAllowed: the person may not log beliefs about this customer.
        NoSuchAnswer: the answer belongs to another customer, or is about something else.
    """
    accounts.demand(by, Permission.LOG_BELIEFS, contract.customer)
    given = answers.intents_given([contract.customer_id], as_of=at).get(contract.customer_id, [])
    if answer_id not in {answer.answer_id for answer in given}:
        raise NoSuchAnswer("There is no such answer at this customer.")
    opening, is_new = Opening.objects.get_or_create(
        answer_id=answer_id, contract=contract, defaults={"at": at, "by": by}
    )
    if is_new:
        journal.record(
            "forecast.answer_opened",
            subject=opening,
            by=by,
            at=at,
            customer=contract.customer_id,
            contract=contract.pk,
            answer=answer_id,
        )
    return opening
