"""Features are named, described anew, retired and brought back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import wanted
from arbiter.usage.models import Feature

LONGEST_NAME = 100
MOST_EVENTS = 50


class FeatureUnnamed(Refusal):
    """A feature has a name."""


class FeatureNamed(Refusal):
    """Another feature has this name."""


class EventsMissing(Refusal):
    """A feature is known by the events that its use sends."""


class FeatureRetired(Refusal):
    """The feature is no longer counted."""


class FeatureStands(Refusal):
    """The feature is counted, so there is nothing to bring back."""


@transaction.atomic
def name(*, name: str, events: Iterable[str], by: Person, at: datetime) -> Feature:
    """Name a feature by the events that mean its use.

    Raises:
        NotAllowed: the role may not.
        FeatureUnnamed: there is no name.
        FeatureNamed: another one has it.
        EventsMissing: no event, or too many.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    feature = Feature(name=_name(name), events=_events(events), made_at=at, made_by=by)
    _demand_alone(feature)
    feature.save()
    _tell("feature_named", feature, by, at)
    wanted.mark(at=at)
    return feature


@transaction.atomic
def describe(
    *, feature: Feature, name: str, events: Iterable[str], by: Person, at: datetime
) -> Feature:
    """Call a feature otherwise, or know it by other events. Its figures follow when usage is counted next.

    Raises:
        NotAllowed: the role may not.
        FeatureRetired: it is not counted any more.
        FeatureUnnamed: there is no name.
        FeatureNamed: another one has it.
        EventsMissing: no event, or too many.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    _demand_standing(feature)
    feature.name, feature.events = _name(name), _events(events)
    _demand_alone(feature)
    feature.save(update_fields=["name", "events"])
    _tell("feature_described", feature, by, at)
    wanted.mark(at=at)
    return feature


@transaction.atomic
def retire(*, feature: Feature, by: Person, at: datetime) -> Feature:
    """Count a feature no longer.

    Raises:
        NotAllowed: the role may not.
        FeatureRetired: it is not counted any more.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    _demand_standing(feature)
    feature.retired_at = at
    feature.save(update_fields=["retired_at"])
    _tell("feature_retired", feature, by, at)
    return feature


@transaction.atomic
def restore(*, feature: Feature, by: Person, at: datetime) -> Feature:
    """Count a retired feature again.

    Raises:
        NotAllowed: the role may not.
        FeatureStands: it is counted.
        FeatureNamed: another one has its name by now.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    if feature.retired_at is None:
        raise FeatureStands(f"“{feature.name}” is counted.")
    _demand_alone(feature)
    feature.retired_at = None
    feature.save(update_fields=["retired_at"])
    _tell("feature_restored", feature, by, at)
    wanted.mark(at=at)
    return feature


def _name(text: str) -> str:
    named = text.strip()[:LONGEST_NAME]
    if not named:
        raise FeatureUnnamed("Give the feature a name.", field="name")
    return named


def _events(events: Iterable[str]) -> list[str]:
    """The names as they are sent, each once and in the order given."""
    named = list(dict.fromkeys(event.strip() for event in events if event.strip()))
    if not 0 < len(named) <= MOST_EVENTS:
        raise EventsMissing(
            f"Name from one to {MOST_EVENTS} events that mean its use.", field="events"
        )
    return named


def _demand_alone(feature: Feature) -> None:
    others = Feature.objects.filter(name=feature.name, retired_at=None).exclude(pk=feature.pk)
    if others.exists():
        raise FeatureNamed(f"There is a feature “{feature.name}” already.", field="name")


def _demand_standing(feature: Feature) -> None:
    if feature.retired_at is not None:
        raise FeatureRetired(f"“{feature.name}” was retired. Bring it back first.")


def _tell(what: str, feature: Feature, by: Person, at: datetime) -> None:
    journal.record(f"usage.{what}", subject=feature, by=by, at=at, events=len(feature.events))
