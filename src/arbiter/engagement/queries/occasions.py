"""Occasions to ask: who waits, who was asked, and who was not and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from arbiter.accounts import permissions
from arbiter.engagement.models import AskingRule, Occasion, OccasionState
from arbiter.voice.rules.budget import OUTCOME

if TYPE_CHECKING:
    from arbiter.engagement.queries.asking_rules import Reading
    from arbiter.foundation.models import Person

WAITING = OccasionState.WAITING
# An outcome question due within this time goes before a survey.
AHEAD = timedelta(days=7)


def visible_to(person: Person) -> QuerySet[Occasion]:
    """Every occasion at the customers this person may see."""
    reach = permissions.within_reach(person, via="contact__customer__")
    return Occasion.objects.filter(reach).select_related("contact__customer", "rule")


def known(numbers: Collection[str]) -> set[str]:
    """Which of these were written down before."""
    return set(Occasion.objects.filter(number__in=numbers).values_list("number", flat=True))


def is_any_due(at: datetime) -> bool:
    """Say whether anybody waits to be asked now."""
    on = Occasion.objects.filter(state=WAITING, look_at__lte=at, rule__on_since__isnull=False)
    return on.exists()


def rules_due(at: datetime) -> set[int]:
    """The numbers of the rules for which anybody waits to be asked now."""
    rows = Occasion.objects.filter(state=WAITING, look_at__lte=at)
    return set(rows.order_by().values_list("rule_id", flat=True).distinct())


def due(rule: AskingRule, *, at: datetime, after: int, most: int) -> list[Occasion]:
    """Who waits for a rule and is worth a look now, in the order they were found."""
    rows = Occasion.objects.filter(rule=rule, state=WAITING, look_at__lte=at, pk__gt=after)
    return list(rows.select_related("contact__customer__owner").order_by("pk")[:most])


def outcomes_pending(
    contact_ids: Collection[int], readings: Iterable[Reading], *, at: datetime
) -> set[int]:
    """Which of these people an outcome question of some rules waits for that is due within days."""
    rules = [each.rule.pk for each in readings if each.purpose == OUTCOME]
    rows = Occasion.objects.filter(
        rule_id__in=rules, state=WAITING, contact_id__in=contact_ids, look_at__lte=at + AHEAD
    )
    return set(rows.filter(lapses_at__gt=at).values_list("contact_id", flat=True))


def unsent(person: Person, *, code: str = "", rule_id: int | None = None) -> QuerySet[Occasion]:
    """Who was not asked, is held out, or waits with a reason, the newest first."""
    found = visible_to(person).exclude(state=OccasionState.ASKED).exclude(reason_code="")
    if code:
        found = found.filter(reason_code=code)
    if rule_id is not None:
        found = found.filter(rule_id=rule_id)
    return found.order_by("-pk")


def counts(person: Person) -> dict[str, int]:
    """How many were not asked, by reason."""
    found = visible_to(person).exclude(state=OccasionState.ASKED).exclude(reason_code="")
    rows = found.order_by().values_list("reason_code").annotate(Count("pk"))
    return dict(rows)
