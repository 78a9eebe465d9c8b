"""Sets of behaviours are defined, revised into a new version, and retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import wanted
from arbiter.usage.models import BehaviourSet
from arbiter.usage.rules import behaviours

LONGEST_NAME = 100


class SetUnnamed(Refusal):
    """A set has a name."""


class SetNamed(Refusal):
    """Another set has this name."""


class RuleUnsound(Refusal):
    """The rule cannot be told: no event, more of them than it names, or a run without a period."""


class SetRetired(Refusal):
    """The set is not looked for any more, or a newer version is."""


class SetStands(Refusal):
    """The set is looked for, so there is nothing to bring back."""


@transaction.atomic
def define(
    *,
    name: str,
    rule: Mapping[str, Any],
    by: Person,
    at: datetime,
    segment: str = "",
    stage: str = "",
    means_value: bool = False,
) -> BehaviourSet:
    """Define a set of behaviours.

    Args:
        rule: as `arbiter.usage.expressions.rules.Rule`, in plain words of JSON.
        segment: whose customers it is for; everybody's unless given.
        stage: which stage's customers it is for; every stage's unless given.
        means_value: whoever completes it got something out of the product for the first time.

    Raises:
        NotAllowed: the role may not.
        SetUnnamed: there is no name.
        SetNamed: another set has it.
        RuleUnsound: the rule cannot be told.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    found = BehaviourSet(
        name=_name(name),
        rule=_rule(rule),
        segment=segment.strip(),
        stage=stage.strip(),
        means_value=means_value,
        made_at=at,
        made_by=by,
    )
    _demand_alone(found)
    found.save()
    found.line = found.pk
    found.save(update_fields=["line"])
    _tell("set_defined", found, by, at)
    wanted.mark(at=at)
    return found


@transaction.atomic
def revise(
    *,
    behaviour_set: BehaviourSet,
    name: str,
    rule: Mapping[str, Any],
    by: Person,
    at: datetime,
    segment: str = "",
    stage: str = "",
    means_value: bool = False,
) -> BehaviourSet:
    """Make a new version of a set; the one before is kept, retired. What did not change makes none.

    Raises:
        NotAllowed: the role may not.
        SetRetired: it is not the version that stands.
        SetUnnamed: there is no name.
        SetNamed: another set has it.
        RuleUnsound: the rule cannot be told.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    _demand_standing(behaviour_set)
    told = {
        "name": _name(name),
        "rule": _rule(rule),
        "segment": segment.strip(),
        "stage": stage.strip(),
        "means_value": means_value,
    }
    if all(getattr(behaviour_set, field) == value for field, value in told.items()):
        return behaviour_set
    behaviour_set.retired_at = at
    behaviour_set.save(update_fields=["retired_at"])
    found = BehaviourSet(
        line=behaviour_set.line,
        version=behaviour_set.version + 1,
        made_at=at,
        made_by=by,
        **told,
    )
    _demand_alone(found)
    found.save()
    _tell("set_revised", found, by, at)
    wanted.mark(at=at)
    return found


@transaction.atomic
def retire(*, behaviour_set: BehaviourSet, by: Person, at: datetime) -> BehaviourSet:
    """Look for a set no longer.

    Raises:
        NotAllowed: the role may not.
        SetRetired: it is not looked for any more.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    _demand_standing(behaviour_set)
    behaviour_set.retired_at = at
    behaviour_set.save(update_fields=["retired_at"])
    _tell("set_retired", behaviour_set, by, at)
    return behaviour_set


@transaction.atomic
def restore(*, behaviour_set: BehaviourSet, by: Person, at: datetime) -> BehaviourSet:
    """Look for a retired set again.

    Raises:
        NotAllowed: the role may not.
        SetStands: it is looked for, itself or in a newer version.
        SetNamed: another set has its name by now.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    of_line = BehaviourSet.objects.filter(line=behaviour_set.line)
    newer = of_line.filter(version__gt=behaviour_set.version)
    if behaviour_set.retired_at is None or newer.exists():
        raise SetStands(f"“{behaviour_set.name}” is looked for.")
    _demand_alone(behaviour_set)
    behaviour_set.retired_at = None
    behaviour_set.save(update_fields=["retired_at"])
    _tell("set_restored", behaviour_set, by, at)
    wanted.mark(at=at)
    return behaviour_set


def _name(text: str) -> str:
    named = text.strip()[:LONGEST_NAME]
    if not named:
        raise SetUnnamed("Give the set a name.", field="name")
    return named


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    problem = behaviours.problem_of(rule)
    if problem:
        raise RuleUnsound(problem, field="rule")
    return behaviours.plain(rule)


def _demand_alone(found: BehaviourSet) -> None:
    others = BehaviourSet.objects.filter(name=found.name, retired_at=None).exclude(pk=found.pk)
    if others.exists():
        raise SetNamed(f"There is a set “{found.name}” already.", field="name")


def _demand_standing(found: BehaviourSet) -> None:
    if found.retired_at is not None:
        raise SetRetired(f"“{found.name}” is not looked for any more.")


def _tell(what: str, found: BehaviourSet, by: Person, at: datetime) -> None:
    journal.record(
        f"usage.{what}", subject=found, by=by, at=at, line=found.line, version=found.version
    )
