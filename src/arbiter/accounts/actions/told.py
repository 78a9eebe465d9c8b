"""What the journal is told of customers, contacts and contracts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.accounts.permissions import Actor
from arbiter.foundation import journal


def tell(
    what: str,
    subject: Customer | Contact | Contract,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None,
    **details: Any,
) -> None:
    """Record one fact of this capability under the customer it belongs to."""
    customer_id = subject.pk if isinstance(subject, Customer) else subject.customer_id
    journal.record(
        f"accounts.{what}",
        subject=subject,
        by=by,
        at=at,
        customer=customer_id,
        recorded_at=recorded_at,
        **details,
    )
