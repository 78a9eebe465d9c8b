"""News from below: a contact is erased, and so is what they did in the product.

A job does it, for the log cannot be written within somebody's transaction. It waits with the key sealed: nobody can
read it from the queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contacts
from arbiter.foundation import sealing
from arbiter.usage import jobs

if TYPE_CHECKING:
    from arbiter.foundation.journal import Told


def hear(facts: Sequence[Told]) -> None:
    """Queue the erasing of the events of whoever was erased (a listener of the journal)."""
    for fact in facts:
        if fact.name == "accounts.contact_erased" and fact.subject_id is not None:
            jobs.erase_user.enqueue(sealing.seal(contacts.one(fact.subject_id).key))
