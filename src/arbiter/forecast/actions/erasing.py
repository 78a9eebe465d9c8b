"""A contact is erased: what a post-mortem quotes of them goes, and their name from what customers are found by.

A listener of the journal, in the transaction of `accounts.contact_erased`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arbiter.forecast.models import PostMortem, Standing
from arbiter.foundation import guards
from arbiter.foundation.erasing import MARK

if TYPE_CHECKING:
    from arbiter.foundation.journal import Told


def hear(facts: Sequence[Told]) -> None:
    """Erase what forecast holds of whoever was erased; the read model is written anew after the commit."""
    for fact in facts:
        if fact.name != "accounts.contact_erased":
            continue
        quoted = PostMortem.objects.filter(quoted=fact.subject_id).exclude(quote="")
        if quoted.exists():
            with guards.opened(PostMortem._meta.db_table):
                quoted.update(quote=MARK)
        Standing.objects.filter(customer=fact.customer_id).update(words="")
