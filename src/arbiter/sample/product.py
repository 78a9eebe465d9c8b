"""What Ledgerly's product is made of: its features by name, and what a customer does who has made a habit of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from arbiter.accounts.queries import customers
from arbiter.foundation.models import Person
from arbiter.outcomes.actions import servings
from arbiter.outcomes.queries import goals
from arbiter.sample import heroes
from arbiter.usage.actions import behaviour_sets, features
from arbiter.usage.queries import behaviour_sets as known_sets
from arbiter.usage.queries import features as known_features

FEATURES = {
    "Invoicing": ["Invoice Drafted", "Invoice Sent"],
    "Reminders": ["Reminder Sent"],
    "Close checklist": ["Checklist Completed", "Journal Posted"],
    "Period close": ["Period Closed"],
    "Leak detection": ["Leak Found", "Leak Recovered"],
    "Audit trail": ["Evidence Attached", "Audit Trail Exported"],
    "Reports": ["Report Exported"],
}
SERVING = {
    "Close": ["Close checklist", "Period close"],
    "Invoicing": ["Invoicing", "Reminders"],
    "Leakage": ["Leak detection"],
    "Audit": ["Audit trail"],
}
"""Which features serve the goals of a customer who bought a product."""
A_HABIT: Mapping[str, Any] = {
    "of": [
        {"event": "Invoice Sent", "times": 5},
        {"event": "Period Closed", "times": 1},
        {"event": "Leak Recovered", "times": 1},
        {"event": "Evidence Attached", "times": 3},
    ],
    "need": 1,
    "per": "month",
    "consecutive": 3,
}
SETS: Mapping[str, tuple[Mapping[str, Any], bool]] = {
    "In the habit": (A_HABIT, True),
    "Bills every month": (
        {
            "of": [{"event": "Invoice Sent", "times": 5}],
            "need": None,
            "per": "month",
            "consecutive": 3,
        },
        False,
    ),
}
"""Behaviour sets by name, each with whether it means first value."""


def describe(*, by: Person, at: datetime) -> None:
    """Name the features and sets that are not named yet, and say which serve the goals told by hand."""
    named = {feature.name: feature for feature in known_features.standing()}
    for name, events in FEATURES.items():
        if name not in named:
            named[name] = features.name(name=name, events=events, by=by, at=at)
    standing = {found.name for found in known_sets.standing()}
    for name, (rule, means_value) in SETS.items():
        if name not in standing:
            behaviour_sets.define(name=name, rule=rule, means_value=means_value, by=by, at=at)
    numbers = {name: feature.pk for name, feature in named.items()}
    for hero in heroes.told():
        products = hero["contracts"][-1].get("product", "")
        serving = [
            name for product, names in SERVING.items() if product in products for name in names
        ]
        _serve(hero["id"], [numbers[name] for name in serving], by=by, at=at)


def forget(*, by: Person, at: datetime) -> None:
    """Retire the features and sets of the sample company."""
    for feature in known_features.standing():
        if FEATURES.get(feature.name) == feature.events:
            features.retire(feature=feature, by=by, at=at)
    for found in known_sets.standing():
        if found.name in SETS and found.rule == SETS[found.name][0]:
            behaviour_sets.retire(behaviour_set=found, by=by, at=at)


def _serve(customer_key: str, numbers: list[int], *, by: Person, at: datetime) -> None:
    customer = customers.by_key(customer_key)
    if customer is None or not numbers:
        return
    for goal in goals.of(customer, as_of=at).select_related("customer"):
        servings.choose(goal=goal, features=numbers, by=by, at=at)
