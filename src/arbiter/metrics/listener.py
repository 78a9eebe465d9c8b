"""News that makes stored numbers old: they are computed anew, soon and in the background."""

from __future__ import annotations

from collections.abc import Sequence

from arbiter.foundation.journal import Told
from arbiter.metrics.actions import computations

MAKES_OLD = frozenset(
    {
        "connectors.import_finished",
        "connectors.import_undone",
        "foundation.company_edited",
        "metrics.business_model_chosen",
        "metrics.rate_set",
        "metrics.rate_withdrawn",
        "usage.looked_back",
    }
)


def hear(facts: Sequence[Told]) -> None:
    """Want all measures computed anew when a fact changes more than a day's worth of them.

    What a single customer says or does waits for the night.
    """
    known_at = [fact.recorded_at for fact in facts if fact.name in MAKES_OLD]
    if known_at:
        computations.mark_wanted(at=max(known_at))
