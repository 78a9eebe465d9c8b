"""Who may see and log touchpoints: as the customer they are with."""

from __future__ import annotations

from django.db.models import Q

from arbiter.accounts.permissions import Actor, NotAllowed, demand, within_reach
from arbiter.foundation.models import Person

__all__ = ["Actor", "NotAllowed", "demand", "reach"]


def reach(person: Person) -> Q:
    """Return the condition for touchpoints with customers within a person's reach."""
    return within_reach(person, via="customer__")
