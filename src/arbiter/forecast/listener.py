"""News from below: every fact about a customer marks its standing as stale, in the same transaction.

What a colleague did shows at once: their standing is written right after the commit. What came from a
customer, what is deferred, and what a job did while nobody looked on, waits for the job that looks every few seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from arbiter.forecast.actions import audits, standings
from arbiter.foundation import journal
from arbiter.foundation.journal import Told

AUDITS_ANEW = frozenset({"connectors.import_finished", "connectors.import_undone"})
"""After these facts the numbers that are trusted are tested anew; a single decision waits for the night."""
AT_ONCE = 50
"""More customers than this are left to the job: nobody should wait for them in a request."""


def hear(facts: Sequence[Told]) -> None:
    """Mark the customers that facts are about; write their standings after the commit where that is quick."""
    changed = [fact.recorded_at for fact in facts if fact.name in AUDITS_ANEW]
    if changed:
        audits.mark_wanted(at=max(changed))
    about = {fact.customer_id for fact in facts if fact.customer_id is not None}
    if not about:
        return
    known_at = max(fact.recorded_at for fact in facts)
    standings.mark(about, since=known_at)
    ours = all(fact.by_kind == "person" for fact in facts)
    waits = standings.is_deferred() or journal.is_unwatched()
    if ours and not waits and len(about) <= AT_ONCE:
        # A lambda, not a partial: Django names the function when it logs that it failed.
        transaction.on_commit(lambda: _refresh(known_at), robust=True)


def _refresh(as_of: datetime) -> None:
    standings.refresh_stale(as_of=as_of, most=AT_ONCE)
