"""What is used of a product: features, by how many people, how often and on how many days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions.activity import WINDOW

Features = Mapping[str, Sequence[str]]
"""The name of each feature with the names of the events that show its use."""


def breadth(
    events: ibis.Table, *, features: Features, until: date, days: int = WINDOW
) -> ibis.Table:
    """Return for each customer and feature how much it was used in so many days.

    Breadth is the number of a customer's rows ÷ features, depth the same over the features that serve its goal,
    frequency `active_days` ÷ days or `events` ÷ `users`.

    Returns:
        `customer_id`, `feature`, `users`, `events`, `active_days`; no row for a feature that was not used.

    Raises:
        ValueError: no feature names an event.
    """
    layers = _layers(features)
    used = [
        done.mutate(feature=done.event.cases(*sorted(layer.items()), else_=ibis.null("string")))
        for layer in layers
        for done in [log.done(events, until=until, days=days, names=sorted(layer))]
    ]
    every = used[0].union(*used[1:]) if len(used) > 1 else used[0]
    return every.group_by("customer_id", "feature").aggregate(
        users=_.user_id.nunique(), events=_.count(), active_days=_.day.nunique()
    )


def _layers(features: Features) -> list[dict[str, str]]:
    """Maps of event to feature. The first holds all but those of an event that serves several features."""
    layers: list[dict[str, str]] = []
    for feature, names in sorted(features.items()):
        for name in sorted(set(names)):
            free = next((layer for layer in layers if name not in layer), None)
            if free is None:
                layers.append(free := {})
            free[name] = feature
    if not layers:
        raise ValueError("No feature names an event.")
    return layers
