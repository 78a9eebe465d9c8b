"""A visit to a customer's page: who looks, at whom, when, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person
    from arbiter.workspace.access import SignedInRequest


@dataclass(frozen=True)
class Visit:
    """The customer was found through the door, so whoever looks may see it."""

    person: Person
    customer: Customer
    now: datetime
    may_edit: bool
    may_ask: bool
    may_believe: bool
    may_record: bool

    @property
    def may_survey(self) -> bool:
        """Whether they may be asked a survey from here: nobody in the archive is."""
        return self.may_ask and self.customer.archived_at is None


def enter(request: SignedInRequest, pk: int) -> Visit:
    """Find the customer through the door (404 for whoever may not see it) and read the clock once."""
    person = request.user
    return Visit(
        person=person,
        customer=get_object_or_404(customers.visible_to(person), pk=pk),
        now=timezone.now(),
        may_edit=person.may(Permission.EDIT_CUSTOMERS),
        may_ask=person.may(Permission.ASK_CUSTOMERS),
        may_believe=person.may(Permission.LOG_BELIEFS),
        may_record=person.may(Permission.RECORD_ON_BEHALF),
    )


def link(name: str, *args: int, **query: Any) -> str:
    """Return an address of the workspace."""
    asked = f"?{urlencode(query)}" if query else ""
    return reverse(f"workspace:{name}", args=args) + asked
