"""The catalogue, for faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arbiter.metrics import catalogue
from arbiter.metrics.measures.measure import Measure, Part
from arbiter.metrics.rules import BusinessModel

__all__ = ["Group", "Measure", "Part", "all_measures", "find", "groups", "not_fitting"]


@dataclass(frozen=True)
class Group:
    """Measures that are shown together."""

    name: str
    title: str
    lead: str
    measures: tuple[Measure, ...]


def all_measures() -> tuple[Measure, ...]:
    """Every measure, outcomes first."""
    return catalogue.everything()


def groups(business_model: BusinessModel | None = None) -> list[Group]:
    """The measures by what they are about; only those that fit a business where one is given."""
    return [
        Group(group.name, group.title, group.lead, found)
        for group in catalogue.GROUPS
        if (found := _of(group.name, business_model))
    ]


def find(name: str) -> Measure | None:
    """The measure of a name; None when there is none."""
    return next((each for each in all_measures() if each.name == name), None)


def not_fitting(business_model: BusinessModel) -> Sequence[tuple[Measure, str]]:
    """The measures that say nothing in a way of doing business, each with the reason."""
    return [
        (each, business_model.told.measures[each.judged_as].because)
        for each in all_measures()
        if each.judged_as and not each.fits(business_model)
    ]


def _of(group: str, business_model: BusinessModel | None) -> tuple[Measure, ...]:
    return tuple(
        each
        for each in all_measures()
        if each.group == group and (business_model is None or each.fits(business_model))
    )
