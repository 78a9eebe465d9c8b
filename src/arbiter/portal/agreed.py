"""The parts of a revision that a later one carries on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arbiter.outcomes.models import Revision

FIELDS = (
    "measure",
    "unit",
    "direction",
    "baseline",
    "baseline_on",
    "target",
    "due_on",
    "source",
    "measured_by",
    "cadence",
    "guard_measure",
    "guard_limit",
    "money_per_unit",
    "currency",
)


def fields_of(revision: Revision | None) -> dict[str, Any]:
    """Return what stands agreed, as the verb takes it."""
    return {name: getattr(revision, name) for name in FIELDS} if revision else {}
