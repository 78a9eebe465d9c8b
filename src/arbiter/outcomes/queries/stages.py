"""Stages of a customer's life and what success means in each, for a segment and a product or for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from arbiter.outcomes.models import Stage


def standing() -> QuerySet[Stage]:
    """Every stage that is not archived, in order."""
    return Stage.objects.filter(archived_at=None).order_by("position", "name", "segment", "product")


def archived() -> QuerySet[Stage]:
    """The stages that were put away, the last first."""
    return Stage.objects.exclude(archived_at=None).order_by("-archived_at", "pk")


def get(pk: int) -> Stage | None:
    """A stage by number."""
    return Stage.objects.filter(pk=pk).first()


def expected_of(
    stages: Iterable[Stage], name: str, segment: str, products: Collection[str]
) -> list[Stage]:
    """The stages whose success has a day for such a customer: those of the stage they are in.

    Several may lie within one: a stage named "trial: first report" belongs to "trial" as well.
    """
    fitting = [stage for stage in stages if success_day(stage) and _fits(stage, segment, products)]
    within = [stage for stage in fitting if name and stage.name.split(":")[0].strip() == name]
    exact: dict[str, Stage] = {}
    for stage in sorted(within, key=_particular):
        exact[stage.name] = stage
    return sorted(exact.values(), key=lambda stage: (stage.position, stage.pk))


def meaning_for(
    stages: Iterable[Stage], name: str, segment: str, products: Collection[str]
) -> Stage | None:
    """What success means in a stage for such a customer: the most particular meaning there is."""
    fitting = [stage for stage in stages if stage.name == name and _fits(stage, segment, products)]
    return max(fitting, key=_particular, default=None)


def success_day(stage: Stage) -> int:
    """After how many days from the customer's beginning success should have come; 0 where nobody said."""
    if stage.success_within_days is None:
        return 0
    return (stage.starts_after_days or 0) + stage.success_within_days


def _fits(stage: Stage, segment: str, products: Collection[str]) -> bool:
    return stage.segment in ("", segment) and (not stage.product or stage.product in products)


def _particular(stage: Stage) -> int:
    return bool(stage.product) * 2 + bool(stage.segment)
