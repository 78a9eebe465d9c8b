"""Where usage stands: of customers, of features, of segments. Read from the read model, never from the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arbiter.science.adoption import seat_adoption
from arbiter.science.estimate import Estimate, proportion
from arbiter.usage.models import AdoptionFigure, Feature, FeatureStanding, UsageStanding
from arbiter.usage.rules import signals

if TYPE_CHECKING:
    from datetime import date

DERIVED = frozenset(
    {
        "usage.adoptionfigure",
        "usage.completion",
        "usage.completiontimes",
        "usage.featurestanding",
        "usage.pulse",
        "usage.usagestanding",
    }
)
"""What is counted from the log again and again: nobody's work."""
SIGNALS = signals.NAMES
USERS, BREADTH = signals.USERS, signals.BREADTH


@dataclass(frozen=True)
class Figure:
    """What the whole product, or one feature, is to everybody or to a segment."""

    feature: Feature | None
    segment: str
    until: date
    customers: int
    using: int
    users: int
    events: int
    seats: int
    on_seats: int
    means: Mapping[str, Any]

    @property
    def share(self) -> Estimate:
        """The share of the customers that use it."""
        return proportion(self.using, self.customers) if self.customers else Estimate.too_few(0)

    @property
    def adoption(self) -> Estimate:
        """People active ÷ seats provisioned; people beyond a customer's seats count as its seats."""
        return seat_adoption(self.on_seats, self.seats)


def of(customer_ids: Collection[int]) -> dict[int, UsageStanding]:
    """The rows of many customers, in one query; those not counted yet have none."""
    return UsageStanding.objects.in_bulk(list(customer_ids))


def uses_of(
    customer_id: int, features: Collection[int] | None = None
) -> dict[int, FeatureStanding]:
    """What a customer does with some features, or with all that are counted, by feature."""
    found = FeatureStanding.objects.filter(customer=customer_id, feature__retired_at=None)
    if features is not None:
        found = found.filter(feature__in=features)
    return {row.feature_id: row for row in found.select_related("feature").order_by("-users", "pk")}


def whole(segment: str = "") -> Figure | None:
    """What the product is to everybody or to a segment; None before it was counted."""
    found = AdoptionFigure.objects.filter(feature=None, segment=segment).first()
    return _figure(found) if found else None


def by_feature(segment: str = "") -> list[Figure]:
    """What each feature is to everybody or to a segment, the most used first."""
    rows = AdoptionFigure.objects.filter(segment=segment, feature__retired_at=None)
    rows = rows.exclude(feature=None)
    return [_figure(row) for row in rows.select_related("feature").order_by("-using", "feature")]


def by_segment(feature: Feature | None) -> list[Figure]:
    """What a feature, or the whole product, is to everybody and then to each segment, by name."""
    rows = AdoptionFigure.objects.filter(feature=feature).select_related("feature")
    return [_figure(row) for row in rows.order_by("segment")]


def segments() -> list[str]:
    """The segments of which there are figures, by name."""
    rows = AdoptionFigure.objects.filter(feature=None).exclude(segment="")
    return list(rows.order_by("segment").values_list("segment", flat=True))


def _figure(row: AdoptionFigure) -> Figure:
    return Figure(
        feature=row.feature,
        segment=row.segment,
        until=row.until,
        customers=row.customers,
        using=row.using,
        users=row.users,
        events=row.events,
        seats=row.seats,
        on_seats=row.on_seats,
        means=row.means,
    )
