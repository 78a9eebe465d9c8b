"""How the company does business."""

from __future__ import annotations

from datetime import datetime

from arbiter.metrics.models import Preset
from arbiter.metrics.rules import BusinessModel


def current(as_of: datetime | None = None) -> BusinessModel:
    """The business model that counts, or counted at a moment; contracts until something else is chosen."""
    return BusinessModel(chosen(as_of).business_model)


def chosen(as_of: datetime | None = None) -> Preset:
    """The choice that counts, or counted at a moment; before the first one, contracts with the usual names."""
    choices = Preset.objects.order_by("-at", "-pk")
    if as_of is not None:
        choices = choices.filter(at__lte=as_of)
    return choices.first() or Preset(business_model=BusinessModel.CONTRACT)


def choices() -> list[tuple[str, str, str]]:
    """Every business model with its words and what follows from it."""
    return [(each.value, each.label, each.help) for each in BusinessModel]
