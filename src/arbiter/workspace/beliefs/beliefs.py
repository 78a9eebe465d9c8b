"""Saying how likely a renewal is, in one number and one line. It is kept as it was said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.accounts.queries import contracts
from arbiter.forecast.actions import beliefs as actions
from arbiter.forecast.queries import beliefs, outlooks
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import answers
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import GroupedForm, done, show

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person


class PercentField(forms.IntegerField):
    """A chance in whole per cent, handed on as a probability."""

    suffix = "%"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(min_value=0, max_value=100, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> Decimal | None:
        """Turn 85 into 0.85."""
        percent = super().clean(value)
        return None if percent is None else Decimal(percent) / 100


class BeliefForm(GroupedForm):
    """A number and a line."""

    GROUPS = (("What do you believe?", 1, ("probability", "reason")),)

    probability = PercentField(
        label="How likely is it that they renew?",
        help_text="Your own number, 0 to 100. Nobody corrects it; it is scored once they decide.",
    )
    reason = forms.CharField(label="Why, in one line", max_length=500, required=False)


@open_to_colleagues("GET", "POST", needs=Permission.LOG_BELIEFS)
def log(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was believed and ask anew; a POST locks a belief in."""
    contract = get_object_or_404(contracts.visible_to(request.user), pk=pk)
    now = timezone.now()
    waiting = _waiting(request.user, contract, now)
    form = BeliefForm(request.POST or None)
    if form.keeps(actions.log, contract=contract, by=request.user, at=now):
        said = "Your belief is locked in."
        if waiting:
            said += f" {contract.customer.name}'s answer is open now."
        return done(request, said, contract.customer)
    return show(
        request,
        "beliefs/log",
        title="Your belief",
        now=now,
        customer=contract.customer,
        form=form,
        contract=contract,
        waiting=waiting,
        told=[] if waiting else beliefs.history(contract, as_of=now),
        save="Lock it in",
    )


def _waiting(person: Person, contract: Contract, now: datetime) -> int | None:
    """The id of the newest answer that waits sealed for a belief, if one does."""
    if not outlooks.visible_to(person).filter(contract=contract.pk, sealed=True).exists():
        return None
    given = answers.intents_given([contract.customer_id], as_of=now)
    live = [one for one in given.get(contract.customer_id, ()) if one.live and not one.flagged]
    return live[-1].answer_id if live else None
