"""The sets that are looked for, and who has completed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower

from arbiter.usage.models import BehaviourSet, Completion
from arbiter.usage.rules import behaviours

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer

problem_of = behaviours.problem_of
words = behaviours.words


def every() -> QuerySet[BehaviourSet]:
    """Every version of every set; every colleague may see what is looked for."""
    return BehaviourSet.objects.select_related("made_by")


def standing() -> QuerySet[BehaviourSet]:
    """The sets that are looked for, those that mean value first, by name."""
    return every().filter(retired_at=None).order_by("-means_value", Lower("name"), "pk")


def versions(found: BehaviourSet) -> QuerySet[BehaviourSet]:
    """Every version of a set, the newest first."""
    return every().filter(line=found.line).order_by("-version")


def fits(found: BehaviourSet, *, segment: str, stage: str) -> bool:
    """Say whether a set is for a customer of a segment in a stage."""
    return found.segment in ("", segment) and found.stage in ("", stage)


def of_value(sets: Sequence[BehaviourSet], *, segment: str, stage: str) -> BehaviourSet | None:
    """The set by which first value is told for a customer: the one that is most its own."""
    fitting = [
        each for each in sets if each.means_value and fits(each, segment=segment, stage=stage)
    ]
    return max(
        fitting,
        key=lambda each: (each.stage != "", each.segment != "", -each.pk),
        default=None,
    )


def standing_completions() -> QuerySet[Completion]:
    """Who has completed which of the sets that are looked for, in no order."""
    return Completion.objects.filter(behaviour_set__retired_at=None)


def completed_by(customer: Customer) -> QuerySet[Completion]:
    """The sets that stand which a customer has completed, the latest first."""
    done = Completion.objects.filter(customer=customer, behaviour_set__retired_at=None)
    return done.select_related("behaviour_set").order_by("-first_at", "pk")


def retired() -> list[BehaviourSet]:
    """The sets that are not looked for any more, in their last version, by name."""
    newest: dict[int | None, BehaviourSet] = {}
    for each in every().order_by("version"):
        newest[each.line] = each
    return sorted(
        (each for each in newest.values() if each.retired_at is not None),
        key=lambda each: each.name.lower(),
    )


def newer(found: BehaviourSet) -> BehaviourSet | None:
    """The version that followed on a set, the last one; None where it is the last itself."""
    newest = versions(found).first()
    return newest if newest != found else None


def counts() -> dict[int, int]:
    """How many customers have completed each set, in one query."""
    counted = Completion.objects.order_by().values("behaviour_set").annotate(times=Count("pk"))
    return dict(counted.values_list("behaviour_set", "times"))
