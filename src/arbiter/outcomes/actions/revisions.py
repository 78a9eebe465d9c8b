"""What is agreed about goals. Each agreement follows the last; none is changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.foundation.models.stored import new_key
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import FromElsewhere, ReasonMissing, demand_standing
from arbiter.outcomes.models import Goal, Revision
from arbiter.outcomes.permissions import Actor
from arbiter.outcomes.queries import revisions

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

STILL_RIGHT = "Still right"
TERMS = frozenset(
    {
        "measure",
        "unit",
        "direction",
        "baseline",
        "baseline_on",
        "target",
        "due_on",
        "source",
        "measured_by",
        "cadence",
        "guard_measure",
        "guard_limit",
        "money_per_unit",
        "currency",
    }
)


class CurrencyMissing(Refusal):
    """A worth without a currency says nothing."""


class NobodyAgreed(Refusal):
    """That a goal is still right is the customer's to say."""


@transaction.atomic
def revise(
    *,
    goal: Goal,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    reason: str = "",
    agreed_by: Contact | None = None,
    **terms: Any,
) -> Revision:
    """Agree how a goal is measured, from where to where and by when, keeping every earlier agreement.

    It belongs to the customer's present stage: when the customer moves on, the goal is asked anew.

    Args:
        reason: why it changes; needed from the second agreement on.
        agreed_by: the contact who agreed; the contact who acts unless given.
        terms: what is agreed, by the names in TERMS: measure, unit, direction, baseline, target, due_on, a
            guard and its limit, and `money_per_unit`, which is what one unit is worth to them a year.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: the goal was set aside.
        ReasonMissing: an agreement stands, and no word says why it changes.
        FromElsewhere: the contact is another customer's.
        CurrencyMissing: a worth without its currency.
        TypeError: a term of another name, which is a mistake in the caller.
    """
    if unknown := terms.keys() - TERMS:
        raise TypeError(f"nothing of that name is agreed: {sorted(unknown)}")
    permissions.demand_edit(by, goal)
    _hold(goal)
    if not reason.strip() and goal.revisions.exists():
        raise ReasonMissing("Say why the agreement changes.", field="reason")
    if terms.get("money_per_unit") is not None and not terms.get("currency"):
        raise CurrencyMissing("Say in which currency.", field="currency")
    revision = goal.revisions.create(
        at=at,
        recorded_at=recorded_at or at,
        reason=reason.strip(),
        agreed_by=_agreed_by(goal, agreed_by, by),
        stage=goal.customer.stage,
        **terms,
    )
    told.of(
        "goal_revised",
        goal,
        by=by,
        at=at,
        recorded_at=recorded_at,
        contact=revision.agreed_by_id,
        baseline=revision.baseline,
        target=revision.target,
        due_on=revision.due_on,
    )
    return revision


@transaction.atomic
def reconfirm(
    *,
    goal: Goal,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    agreed_by: Contact | None = None,
) -> Revision:
    """Note that a contact says the goal is still right: the same agreement, dated anew.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: the goal was set aside.
        NobodyAgreed: no contact is named.
        FromElsewhere: the contact is another customer's.
    """
    permissions.demand_edit(by, goal)
    _hold(goal)
    contact = _agreed_by(goal, agreed_by, by)
    if contact is None:
        raise NobodyAgreed("Who said that it is still right?", field="agreed_by")
    current = revisions.current([goal.pk], as_of=recorded_at or at)
    revision = current.get(goal.pk) or Revision(goal=goal)
    revision.pk = None
    revision.key, revision.custom, revision.import_id = new_key(), {}, None
    revision.at, revision.recorded_at = at, recorded_at or at
    revision.reason, revision.agreed_by = STILL_RIGHT, contact
    revision.stage = goal.customer.stage
    revision.save(force_insert=True)
    told.of("goal_reconfirmed", goal, by=by, at=at, recorded_at=recorded_at, contact=contact.pk)
    return revision


def _hold(goal: Goal) -> None:
    """Lock the goal, so that two agreements at once follow each other."""
    demand_standing(Goal.objects.select_for_update().get(pk=goal.pk))


def _agreed_by(goal: Goal, agreed_by: Contact | None, by: Actor) -> Contact | None:
    if agreed_by is None and by.actor_kind == "contact":
        return by  # type: ignore[return-value]
    if agreed_by is not None and agreed_by.customer_id != goal.customer_id:
        raise FromElsewhere(f"{agreed_by.name} is not at {goal.customer.name}.", field="agreed_by")
    return agreed_by
