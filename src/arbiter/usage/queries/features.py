"""The features that are counted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from arbiter.usage.models import Feature


def every() -> QuerySet[Feature]:
    """Every feature, the retired ones last; every colleague may see what is counted."""
    return Feature.objects.order_by(F("retired_at").asc(nulls_first=True), Lower("name"), "pk")


def standing() -> QuerySet[Feature]:
    """The features that are counted, by name."""
    return Feature.objects.filter(retired_at=None).order_by(Lower("name"), "pk")


def events_by_feature(features: Iterable[Feature]) -> dict[str, list[str]]:
    """The events of each feature by its number as text, as the expressions want them."""
    return {str(feature.pk): list(feature.events) for feature in features}
