"""Rules of asking are made, changed, switched on and off, and put away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.engagement.models import AskingRule
from arbiter.engagement.queries.asking_rules import BY_LETTER
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import When, Whom
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import surveys

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class MayNotRule(Refusal):
    """The role may not decide when surveys are asked."""


class RuleUnnamed(Refusal):
    """A rule has a name."""


class SaysTooLittle(Refusal):
    """What the rule waits for is not said."""


class NoSuchSurvey(Refusal):
    """What it would ask is not there."""


class BeyondAHundred(Refusal):
    """A share lies between 0 and 100."""


class RuleIsOn(Refusal):
    """The rule is switched on."""


class RuleIsOff(Refusal):
    """The rule is switched off."""


class RuleArchived(Refusal):
    """The rule was put away."""


@transaction.atomic
def make(
    *,
    name: str,
    when: When,
    whom: Whom,
    by: Person,
    at: datetime,
    survey_key: str = "",
    sample_percent: int = 100,
    hold_out_percent: int = 0,
) -> AskingRule:
    """Make a rule. It asks nobody until it is switched on.

    Args:
        name: what colleagues call it.
        when: what it waits for.
        whom: the customers and people it is for.
        by: who makes it.
        at: when.
        survey_key: what it asks; empty for the outcome questions, asked by the letter.
        sample_percent: how many of those found are asked, by lot each time.
        hold_out_percent: how many people it never asks, by lot once and for all.

    Raises:
        MayNotRule: the role may not.
        RuleUnnamed, SaysTooLittle, NoSuchSurvey, BeyondAHundred: what was given cannot work.
    """
    _demand(by)
    rule = AskingRule(made_at=at, made_by=by)
    _set(rule, name, when, whom, survey_key, sample_percent, hold_out_percent)
    rule.save(force_insert=True)
    _tell("asking_rule_made", rule, by, at)
    return rule


@transaction.atomic
def change(
    *,
    rule: AskingRule,
    name: str,
    when: When,
    whom: Whom,
    by: Person,
    at: datetime,
    survey_key: str = "",
    sample_percent: int = 100,
    hold_out_percent: int = 0,
) -> AskingRule:
    """Change a rule that is switched off: what it found before keeps what it was found for.

    Raises:
        MayNotRule: the role may not.
        RuleIsOn: switch it off first, so that nobody is asked by half of a rule.
        RuleArchived: it was put away.
        RuleUnnamed, SaysTooLittle, NoSuchSurvey, BeyondAHundred: what was given cannot work.
    """
    _demand(by)
    _demand_standing(rule)
    if rule.on_since is not None:
        raise RuleIsOn("Switch the rule off before you change it.")
    _set(rule, name, when, whom, survey_key, sample_percent, hold_out_percent)
    rule.save()
    _tell("asking_rule_changed", rule, by, at)
    return rule


@transaction.atomic
def switch_on(*, rule: AskingRule, by: Person, at: datetime) -> AskingRule:
    """Let a rule ask from now on. What happened before is no occasion, but a renewal that is near is one.

    Raises:
        MayNotRule: the role may not.
        RuleArchived: it was put away.
        RuleIsOn: it is on.
    """
    _demand(by)
    _demand_standing(rule)
    if not AskingRule.objects.filter(pk=rule.pk, on_since=None).update(on_since=at):
        raise RuleIsOn(f"“{rule.name}” is on already.")
    rule.on_since = at
    _tell("asking_rule_switched_on", rule, by, at)
    return rule


@transaction.atomic
def switch_off(*, rule: AskingRule, by: Person, at: datetime) -> AskingRule:
    """Let a rule ask nobody any more. Whoever waits keeps waiting until it is on again, or until it makes no sense any more.

    Raises:
        MayNotRule: the role may not.
        RuleIsOff: it is off.
    """
    _demand(by)
    if not AskingRule.objects.filter(pk=rule.pk, on_since__isnull=False).update(on_since=None):
        raise RuleIsOff(f"“{rule.name}” is off already.")
    rule.on_since = None
    _tell("asking_rule_switched_off", rule, by, at)
    return rule


@transaction.atomic
def archive(*, rule: AskingRule, by: Person, at: datetime) -> AskingRule:
    """Put a rule away; it is off then, and `restore` brings it back.

    Raises:
        MayNotRule: the role may not.
        RuleArchived: it was put away.
    """
    _demand(by)
    _demand_standing(rule)
    rule.archived_at, rule.on_since = at, None
    rule.save(update_fields=["archived_at", "on_since"])
    _tell("asking_rule_archived", rule, by, at)
    return rule


@transaction.atomic
def restore(*, rule: AskingRule, by: Person, at: datetime) -> AskingRule:
    """Bring a rule back, switched off.

    Raises:
        MayNotRule: the role may not.
        RuleIsOff: it was not put away.
    """
    _demand(by)
    if rule.archived_at is None:
        raise RuleIsOff(f"“{rule.name}” was not put away.")
    rule.archived_at = None
    rule.save(update_fields=["archived_at"])
    _tell("asking_rule_restored", rule, by, at)
    return rule


def _demand(by: Person) -> None:
    if not by.may(Permission.EDIT_SURVEYS):
        raise MayNotRule(f"Your role may not {Permission.EDIT_SURVEYS.description}.")


def _demand_standing(rule: AskingRule) -> None:
    if rule.archived_at is not None:
        raise RuleArchived(f"“{rule.name}” was put away. Bring it back first.")


def _set(
    rule: AskingRule,
    name: str,
    when: When,
    whom: Whom,
    survey_key: str,
    sample_percent: int,
    hold_out_percent: int,
) -> None:
    if not name.strip():
        raise RuleUnnamed("Name the rule.", field="name")
    setting, fault = asking.fault_of(when)
    if fault:
        raise SaysTooLittle(fault, field=setting)
    if survey_key not in BY_LETTER and surveys.by_key(survey_key) is None:
        raise NoSuchSurvey("Choose what it asks.", field="survey_key")
    if not (0 <= sample_percent <= 100 and 0 <= hold_out_percent <= 100):
        raise BeyondAHundred("A share lies between 0 and 100.", field="sample_percent")
    rule.name = name.strip()[:200]
    rule.when, rule.whom = when.stored(), whom.stored()
    rule.survey_key = survey_key
    rule.sample_percent, rule.hold_out_percent = sample_percent, hold_out_percent


def _tell(name: str, rule: AskingRule, by: Person, at: datetime) -> None:
    journal.record(f"engagement.{name}", subject=rule, by=by, at=at, rule=rule.key)
