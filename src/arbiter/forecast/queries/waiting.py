"""What the read model does not hold yet: customers whose standing waits to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arbiter.accounts.queries import customers
from arbiter.forecast.models import StaleCustomer
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


def count(person: Person) -> int:
    """How many of the customers a person may see wait: one small query over the marks alone."""
    marks = StaleCustomer.objects.all()
    if not person.may(Permission.SEE_ALL_CUSTOMERS):
        marks = marks.filter(customer_id__in=customers.visible_to(person).values("pk"))
    return marks.count()
