"""What success means in each stage is written down, changed and put away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.models import Stage

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class MayNotSetStages(Refusal):
    """What success means is set by whoever may change settings."""


class StageUnnamed(Refusal):
    """A stage has a name, and a meaning of success."""


class StageThere(Refusal):
    """The stage has a meaning for this segment and product already."""


class StageArchived(Refusal):
    """The stage was put away."""


class StageStanding(Refusal):
    """The stage was not put away."""


@transaction.atomic
def add(
    *,
    name: str,
    meaning: str,
    by: Person,
    at: datetime,
    segment: str = "",
    product: str = "",
    starts_after_days: int | None = None,
    success_within_days: int | None = None,
    position: int | None = None,
) -> Stage:
    """Write down what success means in a stage, for a segment and a product or for all.

    Args:
        name: as customers' records name it; several may lie within one: "trial: first report" belongs to "trial".
        meaning: what has to be so for the customer to have succeeded there.
        by: who says so.
        at: when.
        segment: only for customers of this segment; all of them when empty.
        product: only for customers of this product; all of them when empty.
        starts_after_days: when it begins, from the day the customer began.
        success_within_days: when success should have come, from then.
        position: its place in the order; the last unless given.

    Raises:
        MayNotSetStages: the role may not.
        StageUnnamed: the name or the meaning is empty.
        StageThere: there is a meaning for the same segment and product.
    """
    _demand(by)
    _sound(name, meaning, segment, product, but=None)
    stage = Stage.objects.create(
        name=name.strip(),
        segment=segment,
        product=product,
        meaning=meaning.strip(),
        starts_after_days=starts_after_days,
        success_within_days=success_within_days,
        position=_last() + 1 if position is None else position,
        made_at=at,
    )
    _tell("stage_added", stage, by, at)
    return stage


@transaction.atomic
def edit(
    *,
    stage: Stage,
    name: str,
    meaning: str,
    by: Person,
    at: datetime,
    segment: str = "",
    product: str = "",
    starts_after_days: int | None = None,
    success_within_days: int | None = None,
    position: int | None = None,
) -> Stage:
    """Change what success means in a stage; see `add`.

    Raises:
        MayNotSetStages: the role may not.
        StageArchived: it was put away.
        StageUnnamed, StageThere: what was given cannot be.
    """
    _demand(by)
    if stage.archived_at is not None:
        raise StageArchived(f"“{stage.name}” was put away. Bring it back first.")
    _sound(name, meaning, segment, product, but=stage)
    changes = {
        "name": name.strip(),
        "segment": segment,
        "product": product,
        "meaning": meaning.strip(),
        "starts_after_days": starts_after_days,
        "success_within_days": success_within_days,
        "position": stage.position if position is None else position,
    }
    changed = sorted(key for key, value in changes.items() if getattr(stage, key) != value)
    if changed:
        for key in changed:
            setattr(stage, key, changes[key])
        stage.save(update_fields=changed)
        _tell("stage_edited", stage, by, at, fields=changed)
    return stage


@transaction.atomic
def archive(*, stage: Stage, by: Person, at: datetime) -> Stage:
    """Put a stage away; `restore` brings it back.

    Raises:
        MayNotSetStages: the role may not.
        StageArchived: it was put away.
    """
    _demand(by)
    if stage.archived_at is not None:
        raise StageArchived(f"“{stage.name}” was put away already.")
    stage.archived_at = at
    stage.save(update_fields=["archived_at"])
    _tell("stage_archived", stage, by, at)
    return stage


@transaction.atomic
def restore(*, stage: Stage, by: Person, at: datetime) -> Stage:
    """Bring a stage back.

    Raises:
        MayNotSetStages: the role may not.
        StageStanding: it was not put away.
        StageThere: another took its place meanwhile.
    """
    _demand(by)
    if stage.archived_at is None:
        raise StageStanding(f"“{stage.name}” was not put away.")
    _sound(stage.name, stage.meaning, stage.segment, stage.product, but=stage)
    stage.archived_at = None
    stage.save(update_fields=["archived_at"])
    _tell("stage_restored", stage, by, at)
    return stage


def _demand(by: Person) -> None:
    if not by.may(Permission.MANAGE_SETTINGS):
        raise MayNotSetStages(f"Your role may not {Permission.MANAGE_SETTINGS.description}.")


def _sound(name: str, meaning: str, segment: str, product: str, *, but: Stage | None) -> None:
    if not name.strip():
        raise StageUnnamed("Name the stage.", field="name")
    if not meaning.strip():
        raise StageUnnamed("Say what success means there.", field="meaning")
    others = Stage.objects.filter(
        name=name.strip(), segment=segment, product=product, archived_at=None
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        said = "This stage has a meaning for this segment and product already."
        raise StageThere(said, field="name")


def _last() -> int:
    return Stage.objects.aggregate(last=Max("position"))["last"] or 0


def _tell(name: str, stage: Stage, by: Person, at: datetime, **details: Any) -> None:
    journal.record(f"outcomes.{name}", subject=stage, by=by, at=at, stage=stage.key, **details)
