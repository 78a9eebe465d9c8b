"""No more mail, all of it or some, by the wish of whoever gets it: from the page behind a link, or by mail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.actions import contacts
from arbiter.voice.actions import suppressions
from arbiter.voice.models import SuppressionCause, SuppressionScope

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

SOME = (SuppressionScope.SURVEYS, SuppressionScope.EDUCATION)
"""What may be stopped alone. Anything else stops everything, as a mail program means it that says nothing of scopes."""


@transaction.atomic
def stop(*, contact: Contact, at: datetime, scope: str = "") -> Contact:
    """Write to a contact no more, as they wish; who gets nothing already goes on getting nothing.

    Args:
        contact: whose wish it is.
        at: when they said so.
        scope: one of `SOME`; everything unless it is one of them.
    """
    if contact.unsubscribed_at is not None:
        return contact
    if scope in SOME and contact.email:
        suppressions.suppress(
            address=contact.email,
            scope=scope,
            cause=SuppressionCause.UNSUBSCRIBED,
            by=contact,
            at=at,
            contact=contact,
        )
        return contact
    return contacts.unsubscribe(contact=contact, by=contact, at=at)
